package dev.devmentor.auth.vault;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.KdfParams;
import dev.devmentor.clientcrypto.MasterKey;
import dev.devmentor.clientcrypto.RecoveryCode;
import dev.devmentor.clientcrypto.SeenVersions;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/** Somebody with an open vault. */
record VaultPerson(
        Account account, TokenAnswer tokens, VaultClient client, Vault vault, MasterKey key, RecoveryCode code) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static VaultPerson of(Account account, TokenAnswer tokens) throws IOException, InterruptedException, CryptoFailed {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        MasterKey key = MasterKey.of(bytes);
        VaultClient client = client(tokens, new Memory());
        VaultClient.SetUp setUp = client.setUp(key, KdfParams.fresh(RANDOM));
        return new VaultPerson(account, tokens, client, setUp.vault(), key, setUp.code());
    }

    static VaultClient client(TokenAnswer tokens, SeenVersions seen) {
        return new VaultClient(new RecordingHttp(), tokens::accessToken, seen, RANDOM);
    }

    /** A device that remembers as long as it runs. */
    static final class Memory implements SeenVersions {
        private final Map<String, Integer> versions = new HashMap<>();

        @Override
        public int highest(String owner, String entryId) {
            return versions.getOrDefault(owner + " " + entryId, 0);
        }

        @Override
        public void seen(String owner, String entryId, int version) {
            versions.merge(owner + " " + entryId, version, Math::max);
        }

        @Override
        public void deleted(String owner, String entryId) {
            versions.remove(owner + " " + entryId);
        }
    }
}
