package dev.devmentor.clientcrypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.srp6.SRP6CryptoParams;
import com.nimbusds.srp6.SRP6Exception;
import com.nimbusds.srp6.SRP6ServerSession;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SrpClientTest {
    private static final SRP6CryptoParams PARAMS = SRP6CryptoParams.getInstance(3072, "SHA-256");
    private static final MasterKey KEY = MasterKey.of(new byte[32]);
    private static final KdfParams KDF = new KdfParams("AAECAwQFBgcICQoLDA0ODw", 600_000);

    @Test
    void computesTheNumbersOfTheDocument() throws CryptoFailed {
        for (JsonNode vector : Vectors.ALL.get("srp")) {
            MasterKey key = Vectors.master(vector.get("master"));
            KdfParams kdf = new KdfParams(vector.get("salt").asText(), 600_000);
            SrpClient client = new SrpClient(new BigInteger(vector.get("a").asText(), 16));
            String note = vector.get("note").asText();

            assertThat(SrpClient.verifier(key, kdf))
                    .as(note)
                    .isEqualTo(vector.get("v").asText());
            assertThat(client.publicValue()).as(note).isEqualTo(vector.get("A").asText());
            assertThat(client.prove(key, kdf, vector.get("B").asText()))
                    .as(note)
                    .isEqualTo(vector.get("M1").asText());
            client.verifyServer(vector.get("M2").asText());
        }
    }

    @Test
    void agreesWithTheLibrarysOwnServer() throws CryptoFailed, SRP6Exception {
        SRP6ServerSession server = new SRP6ServerSession(PARAMS);
        BigInteger verifier = new BigInteger(SrpClient.verifier(KEY, KDF), 16);
        BigInteger b = server.step1("who", BigInteger.ONE, verifier);
        SrpClient client = new SrpClient(new SecureRandom());

        String proof = client.prove(KEY, KDF, b.toString(16));
        BigInteger answer = server.step2(new BigInteger(client.publicValue(), 16), new BigInteger(proof, 16));

        client.verifyServer(answer.toString(16));
    }

    @Test
    void refusesAServerThatDoesNotKnowTheVerifier() throws CryptoFailed {
        SrpClient client = new SrpClient(new SecureRandom());
        client.prove(KEY, KDF, "5");

        assertThatThrownBy(() -> client.verifyServer("5")).isInstanceOf(CryptoFailed.class);
    }

    @Test
    void refusesAProofBeforeTheChallenge() {
        SrpClient client = new SrpClient(new SecureRandom());

        assertThatThrownBy(() -> client.verifyServer("0")).isInstanceOf(CryptoFailed.class);
    }

    @Test
    void refusesAPublicValueThatIsNoneOfTheGroup() {
        SrpClient client = new SrpClient(new SecureRandom());

        for (String b : new String[] {
            "0", PARAMS.N.toString(16), PARAMS.N.add(BigInteger.ONE).toString(16), "", "xyz", "-5"
        }) {
            assertThatThrownBy(() -> client.prove(KEY, KDF, b)).as(b).isInstanceOf(CryptoFailed.class);
        }
    }
}
