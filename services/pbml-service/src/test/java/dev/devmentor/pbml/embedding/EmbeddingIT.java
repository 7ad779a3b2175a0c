package dev.devmentor.pbml.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.HttpIT;
import dev.devmentor.pbml.engine.embedding.Embedder;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EmbeddingIT extends HttpIT {
    private static final String EMBEDDINGS = "/api/pbml/embeddings";

    private static String input(String... texts) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode input = body.putArray("input");
        for (String text : texts) {
            input.add(text);
        }
        return body.toString();
    }

    private static double cosine(JsonNode a, JsonNode b) {
        double dot = 0;
        for (int i = 0; i < a.size(); i++) {
            dot += a.get(i).doubleValue() * b.get(i).doubleValue();
        }
        return dot;
    }

    @Test
    void givesTheNumbersOfTheEngineInTheOrderOfTheTexts() {
        String[] texts = {
            "NullPointerException in Basket.total", "the basket's total is null", "deploy the helm chart", "?!"
        };

        JsonNode answer = ok(as(fresh("embed")).body(input(texts)).post(EMBEDDINGS));

        assertThat(answer.get("model").textValue()).isEqualTo("devmentor-hash-384/1");
        assertThat(answer.get("dimensions").intValue()).isEqualTo(384);
        JsonNode data = answer.get("data");
        assertThat(data).hasSize(4);
        for (int i = 0; i < texts.length; i++) {
            assertThat(data.get(i).get("index").intValue()).isEqualTo(i);
            float[] expected = new Embedder().embed(texts[i]).values();
            for (int j = 0; j < expected.length; j++) {
                assertThat((float) data.get(i).get("embedding").get(j).doubleValue())
                        .isEqualTo(expected[j]);
            }
        }
        JsonNode first = data.get(0).get("embedding");
        assertThat(cosine(first, first)).isEqualTo(1, within(1e-5));
        assertThat(cosine(first, data.get(1).get("embedding")))
                .isGreaterThan(cosine(first, data.get(2).get("embedding")));
        assertThat(cosine(data.get(3).get("embedding"), first)).isZero();
    }

    @Test
    void takesAMebibyteAndNotMore() {
        String person = fresh("limits");
        String[] full = new String[16];
        java.util.Arrays.fill(full, "\u00e9".repeat(32 * 1024));
        assertThat(ok(as(person).body(input(full)).post(EMBEDDINGS)).get("data"))
                .hasSize(16);

        String[] more = java.util.Arrays.copyOf(full, 17);
        more[16] = "x";
        problem(as(person).body(input(more)).post(EMBEDDINGS), 413, "too-large");
        problem(as(person).body(input("x".repeat(64 * 1024 + 1))).post(EMBEDDINGS), 413, "too-large");
        String[] many = new String[257];
        java.util.Arrays.fill(many, "x");
        problem(as(person).body(input(many)).post(EMBEDDINGS), 413, "too-large");
        for (String bad :
                List.of("{}", "{\"input\":[]}", "{\"input\":[null]}", "{\"input\":[\"x\"],\"model\":\"m\"}")) {
            problem(as(person).body(bad).post(EMBEDDINGS), 400, "invalid-request");
        }
    }
}
