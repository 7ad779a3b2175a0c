package dev.devmentor.cli.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.cli.identity.ClientHttp;
import dev.devmentor.cli.identity.LoggedIn;
import dev.devmentor.cli.identity.ZeroKnowledge;
import dev.devmentor.cli.platform.Actors;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.cli.terminal.TypedSecrets;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.Http;
import dev.devmentor.clientcrypto.KdfParams;
import dev.devmentor.clientcrypto.KeySet;
import dev.devmentor.clientcrypto.MasterKey;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What a command needs of the vault of whoever is logged in.
 *
 * @param http to the auth service
 * @param person who is logged in
 * @param secrets where the passphrase comes from
 * @param stretching makes keys of passphrases, which takes a while
 * @param seen what this data directory has seen of vaults
 * @param out takes a line of output
 * @param hints takes a line for the person beside it
 */
record VaultAccess(
        Http http,
        Person person,
        TypedSecrets secrets,
        Stretching stretching,
        FileSeenVersions seen,
        SecureRandom random,
        Consumer<String> out,
        Consumer<String> hints) {
    private static final JsonMapper JSON = new JsonMapper();

    /** How a key is made of a passphrase. */
    @FunctionalInterface
    interface Stretching {
        MasterKey derive(char[] passphrase, KdfParams kdf) throws CryptoFailed;
    }

    /** Who is logged in. */
    interface Person {
        /** A token that is good for a while. */
        String accessToken();

        /** Their mail address. */
        String email();

        /** Takes a fresh login in the place of the present one. */
        void logInAnew(ZeroKnowledgeLogin.LoggedIn login);
    }

    static VaultAccess of(Home home, TypedSecrets secrets) {
        LoggedIn loggedIn = Actors.of(home).loggedIn();
        if (loggedIn.who().isEmpty()) {
            throw new Failed("nobody is logged in (scripts/devmentor login)");
        }
        return new VaultAccess(
                new ClientHttp(loggedIn.auth(), Actors.LIMIT),
                new Kept(loggedIn),
                secrets,
                MasterKey::derive,
                new FileSeenVersions(home.secrets().resolve("vault-seen.json")),
                new SecureRandom(),
                Terminal.stdout()::line,
                Terminal.stderr()::line);
    }

    private record Kept(LoggedIn login) implements Person {
        @Override
        public String accessToken() {
            return login.accessToken();
        }

        @Override
        public String email() {
            String email = login.auth().me(login.accessToken()).path("email").asText();
            if (email.isEmpty()) {
                throw new Failed("your account has no mail address");
            }
            return email;
        }

        @Override
        public void logInAnew(ZeroKnowledgeLogin.LoggedIn fresh) {
            login.begin(ZeroKnowledge.granted(fresh));
        }
    }

    VaultClient client() {
        return new VaultClient(http, person::accessToken, seen, random);
    }

    /** Whether the account's own password opens the vault, which the server never sees. */
    boolean zeroKnowledge() throws IOException, InterruptedException {
        Http.Answer answer = http.send("GET", "/api/auth/srp", person.accessToken(), null);
        if (answer.status() != 200) {
            throw new Failed("the server answered with status " + answer.status());
        }
        try {
            JsonNode json = JSON.readTree(answer.body());
            return json.path("enabled").asBoolean();
        } catch (JsonProcessingException e) {
            throw new Failed("the server answered with something else than JSON", e);
        }
    }

    /** Proves the account's password, which is a fresh login as well. */
    ZeroKnowledgeLogin.LoggedIn prove(char[] password) throws InterruptedException {
        ZeroKnowledgeLogin.LoggedIn login = ZeroKnowledge.login(http, person.email(), password, random, secrets);
        person.logInAnew(login);
        return login;
    }

    /** The vault, opened with the passphrase. */
    Vault open() throws IOException, InterruptedException, CryptoFailed {
        VaultClient client = client();
        KeySet keys = client.status().keys();
        if (keys == null) {
            throw new Failed("there is no vault yet (scripts/devmentor vault setup)");
        }
        char[] passphrase = secrets.next("passphrase of the vault");
        try (MasterKey key = stretching.derive(passphrase, keys.kdf())) {
            return client.unlock(key);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** A new passphrase; a person types it twice. */
    char[] newPassphrase() {
        char[] first = secrets.next("new passphrase for the vault");
        // NIST SP 800-63B would take 8; what nobody counts the attempts at needs more. The page asks for as many.
        if (new String(first).codePointCount(0, first.length) < 12) {
            throw new Failed("a passphrase has at least 12 characters; several random words are easy to keep");
        }
        if (secrets.isPerson()) {
            char[] second = secrets.next("the same once more");
            boolean same = Arrays.equals(first, second);
            Arrays.fill(second, '\0');
            if (!same) {
                throw new Failed("the two are not the same, so nothing was done");
            }
        }
        return first;
    }

    /** Yes or no of a person. */
    boolean agreed(String question) {
        return secrets.isPerson()
                && System.console() != null
                && "yes".equals(System.console().readLine("%s", question));
    }
}
