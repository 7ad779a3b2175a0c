package dev.devmentor.cli.identity;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.TypedSecrets;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.Http;
import dev.devmentor.clientcrypto.ServerRefused;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;

/** A login by a password that is proven and not sent (SRP-6a, RFC 5054; docs/zero-knowledge.md). */
public final class ZeroKnowledge {
    private ZeroKnowledge() {}

    /**
     * Logs in; the key in the answer opens the vault, too.
     *
     * @param secrets where the code of a second factor comes from, if the account has one
     */
    public static ZeroKnowledgeLogin.LoggedIn login(
            Http http, String email, char[] password, SecureRandom random, TypedSecrets secrets)
            throws InterruptedException {
        try {
            ZeroKnowledgeLogin login = new ZeroKnowledgeLogin(http, random);
            try {
                return login.login(email, password);
            } catch (ServerRefused refusal) {
                if (!refusal.type().equals(PasswordLogin.REQUIRED)) {
                    throw refusal;
                }
                return login.login(email, password, new String(secrets.next(PasswordLogin.CODE)));
            }
        } catch (ServerRefused refusal) {
            throw new Failed(
                    refusal.status() == 401 && !refusal.type().equals(PasswordLogin.WRONG)
                            ? "mail address or password is wrong, or the account has an ordinary password"
                                    + " (then log in without --zero-knowledge)"
                            : "you are not logged in: " + refusal.getMessage(),
                    refusal);
        } catch (CryptoFailed untrusted) {
            throw new Failed("you are not logged in: " + untrusted.getMessage(), untrusted);
        } catch (IOException e) {
            throw new Failed("you are not logged in: " + e.getMessage(), e);
        }
    }

    /** What was granted with it. */
    public static TokenAnswer.Granted granted(ZeroKnowledgeLogin.LoggedIn login) {
        return new TokenAnswer.Granted(
                login.accessToken(), login.refreshToken(), Duration.ofSeconds(login.expiresIn()));
    }
}
