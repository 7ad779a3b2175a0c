package dev.devmentor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeySetTest {
    private static final TestKey KEY = new TestKey("key-1");

    private static JsonObject set(JsonObject... keys) {
        JsonArray list = new JsonArray();
        for (JsonObject key : keys) {
            list.add(key);
        }
        return new JsonObject().put("keys", list);
    }

    @Test
    void readsRsaKeysForSignatures() {
        JsonObject bare = KEY.jwk();
        bare.remove("use");
        bare.remove("alg");
        assertThat(KeySet.read(set(KEY.jwk(), bare.put("kid", "key-2"))))
                .isEqualTo(Map.of("key-1", KEY.publicKey(), "key-2", KEY.publicKey()));
    }

    @Test
    void passesOverWhatIsOfNoUseHere() {
        JsonObject nameless = KEY.jwk();
        nameless.remove("kid");
        assertThat(KeySet.read(set(
                        KEY.jwk().put("use", "enc"),
                        KEY.jwk().put("alg", "RS512"),
                        KEY.jwk().put("kty", "oct"),
                        KEY.jwk().put("n", "AQAB"),
                        KEY.jwk().put("e", "AQ"),
                        KEY.jwk().put("e", "Ag"),
                        new JsonObject().put("kty", "EC").put("kid", "ec").put("crv", "P-256"),
                        nameless)))
                .isEmpty();
    }

    @Test
    void refusesASetWithTwoKeysOfOneNameAndWhatIsNoSet() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeySet.read(set(KEY.jwk(), KEY.jwk())));
        assertThatIllegalArgumentException().isThrownBy(() -> KeySet.read(new JsonObject()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.read(set(KEY.jwk().put("n", "no base64!"))));
    }
}
