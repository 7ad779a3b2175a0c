package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.clientcrypto.CryptoFailed.Why;
import java.io.IOException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Logs in without sending the password. */
public final class ZeroKnowledgeLogin {
    private static final String CHALLENGE = "/api/auth/srp/challenge";
    private static final String PROOF = "/api/auth/srp/proof";
    private static final String PASSWORD = "/api/auth/srp/password";

    private final Http http;
    private final SecureRandom random;

    public ZeroKnowledgeLogin(Http http, SecureRandom random) {
        this.http = http;
        this.random = random;
    }

    /**
     * Somebody who is logged in.
     *
     * @param refreshToken null if the server gave none
     * @param expiresIn seconds that the access token is good for
     * @param key to open the vault with, if it has the same password
     * @param kdf how the key was made
     */
    public record LoggedIn(
            String accessToken, @Nullable String refreshToken, int expiresIn, MasterKey key, KdfParams kdf) {}

    /** What a registration sends in the place of a password: {@code salt}, {@code iterations}, {@code verifier} as JSON. */
    public static String parameters(MasterKey key, KdfParams kdf) throws CryptoFailed {
        return parametersNode(key, kdf).toString();
    }

    private static ObjectNode parametersNode(MasterKey key, KdfParams kdf) throws CryptoFailed {
        ObjectNode json = Json.object();
        json.put("salt", kdf.salt());
        json.put("iterations", kdf.iterations());
        json.put("verifier", SrpClient.verifier(key, kdf));
        return json;
    }

    /**
     * Logs in.
     *
     * @throws ServerRefused 401 if address and password do not belong together, or {@code second-factor-required}
     * @throws CryptoFailed if the server does not know the account; then its tokens are not used
     */
    public LoggedIn login(String email, char[] password) throws IOException, InterruptedException, CryptoFailed {
        return login(email, password, null);
    }

    /**
     * The same with the code of a second factor.
     *
     * @param code of the app, or a recovery code; null without
     */
    public LoggedIn login(String email, char[] password, @Nullable String code)
            throws IOException, InterruptedException, CryptoFailed {
        Started started = start(email, password);
        ObjectNode proof = started.proof();
        if (code != null) {
            proof.put("code", code);
        }
        JsonNode answer = finish(PROOF, started, proof, null);
        return new LoggedIn(
                Json.text(answer, "access_token"),
                answer.hasNonNull("refresh_token") ? Json.text(answer, "refresh_token") : null,
                Json.number(answer, "expires_in"),
                started.key(),
                started.kdf());
    }

    /**
     * Changes the password, and the vault's with it.
     *
     * @param keys of the vault in their new wrapping; null if it has another password or there is none
     */
    public void change(
            String email, char[] old, MasterKey next, KdfParams kdf, @Nullable KeySet keys, String accessToken)
            throws IOException, InterruptedException, CryptoFailed {
        Started started = start(email, old);
        ObjectNode body = started.proof();
        body.set("new", parametersNode(next, kdf));
        if (keys != null) {
            body.set("keys", Json.parse(keys.json()));
        }
        finish(PASSWORD, started, body, accessToken);
    }

    private record Started(String id, SrpClient client, String m1, MasterKey key, KdfParams kdf) {
        ObjectNode proof() {
            ObjectNode json = Json.object();
            json.put("id", id);
            json.put("A", client.publicValue());
            json.put("M1", m1);
            return json;
        }
    }

    private Started start(String email, char[] password) throws IOException, InterruptedException, CryptoFailed {
        ObjectNode body = Json.object();
        body.put("email", email);
        JsonNode challenge = send(CHALLENGE, body.toString(), null);
        if (!Json.text(challenge, "group").equals(SrpClient.GROUP)) {
            throw new CryptoFailed(Why.UNREADABLE, "the server uses a group that this program does not know");
        }
        KdfParams kdf;
        try {
            kdf = new KdfParams(Json.text(challenge, "salt"), Json.number(challenge, "iterations"));
        } catch (IllegalArgumentException unsafe) {
            throw new CryptoFailed(Why.TAMPERED, String.valueOf(unsafe.getMessage()));
        }
        MasterKey key = MasterKey.derive(password, kdf);
        SrpClient client = new SrpClient(random);
        String m1 = client.prove(key, kdf, Json.text(challenge, "B"));
        return new Started(Json.text(challenge, "id"), client, m1, key, kdf);
    }

    private JsonNode finish(String path, Started started, ObjectNode body, @Nullable String accessToken)
            throws IOException, InterruptedException, CryptoFailed {
        JsonNode answer = send(path, body.toString(), accessToken);
        started.client().verifyServer(Json.text(answer, "M2"));
        return answer;
    }

    private JsonNode send(String path, String body, @Nullable String accessToken)
            throws IOException, InterruptedException, CryptoFailed {
        Http.Answer answer = http.send("POST", path, accessToken, body);
        if (answer.status() != 200) {
            throw ServerRefused.of(answer);
        }
        return Json.parse(answer.body());
    }
}
