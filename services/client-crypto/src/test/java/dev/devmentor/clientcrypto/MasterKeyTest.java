package dev.devmentor.clientcrypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MasterKeyTest {
    @Test
    void derivesTheKeysOfTheDocument() throws CryptoFailed {
        for (JsonNode vector : Vectors.ALL.get("kdf")) {
            KdfParams kdf = new KdfParams(
                    vector.get("salt").asText(), vector.get("iterations").asInt());
            MasterKey key = MasterKey.derive(vector.get("password").asText().toCharArray(), kdf);

            assertThat(key.srpSecret()).isEqualTo(vector.get("srpSecret").asText());
            assertThat(HexFormat.of().formatHex(key.vaultWrappingKey()))
                    .isEqualTo(vector.get("vaultKek").asText());
        }
    }

    @Test
    void refusesFewerIterationsThanAreSafeSoThatAServerCannotAskForThem() {
        assertThatThrownBy(() -> new KdfParams("AAAAAAAAAAAAAAAAAAAAAA", 599_999))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KdfParams("AAAAAAAAAAAAAAAAAAAAAA", 10_000_001))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnEmptyPassword() {
        assertThatThrownBy(() -> MasterKey.derive(new char[0], new KdfParams("AAAAAAAAAAAAAAAAAAAAAA", 600_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
