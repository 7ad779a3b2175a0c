package dev.devmentor.pbml.engine.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbedderTest {

    private static final Embedder EMBEDDER = new Embedder();

    private static double cosine(String a, String b) {
        return EMBEDDER.embed(a).cosine(EMBEDDER.embed(b));
    }

    /** A change of it needs another {@link Embedder#MODEL}: stored embeddings could not be compared any more. */
    @Test
    void theBitsBelongToTheModel() {
        assertThat(Embedder.MODEL).isEqualTo("devmentor-hash-384/1");
        SplittableRandom random = new SplittableRandom(7);
        String[] parts = {
            "NullPointerException", "cannot find symbol", "/src/main/App.java", " doesn't", " HTTP 404 ", "ORA-00942",
                    "é", "\n",
            "user_id=17", " 'x' ", "数据库", "0xcafebabe", "https://example.com/a?b=c", " is not defined", "🔥",
                    "com.example.Main"
        };
        long checksum = 1;
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(12); part >= 0; part--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            for (float value : EMBEDDER.embed(text).values()) {
                checksum = checksum * 31 + Float.floatToRawIntBits(value);
            }
        }
        assertThat(checksum).isEqualTo(9182520207655569657L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "null", "HTTP 404", "/", "x 17", "Zeitüberschreitung beim Lesen", "数据库连接失败"})
    void whatSaysSomethingHasLengthOne(String text) {
        Embedding embedding = EMBEDDER.embed(text);
        if (!embedding.isEmpty()) {
            double squares = 0;
            for (float value : embedding.values()) {
                squares += (double) value * value;
            }
            assertThat(squares).isEqualTo(1, within(1e-6));
        }
        assertThat(embedding.isEmpty()).isEqualTo(text.equals("/"));
        assertThat(embedding.values()).hasSize(384);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "...", "--- !? ---", "🔥🔥", "\ud800", "\u0301\u0302"})
    void whatHasNoLetterAndNoDigitIsLikeNothing(String text) {
        assertThat(EMBEDDER.embed(text).isEmpty()).isTrue();
        assertThat(EMBEDDER.embed(text).quantised().isEmpty()).isTrue();
        assertThat(cosine(text, text)).isZero();
        assertThat(cosine(text, "null")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Received block blk_3586508671 of size 67108864 from /10.250.14.38 | Received block blk_-702 of size 911 from /10.2.2.16",
                "user 17 logged in after 32 ms | user 4711 logged in after 1904 ms",
                "request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 failed | request 9b2e04e0-4f89-11d3-9a0c-0305e82cabcd failed",
                "RateLimiterConfig | rate_limiter_config",
                "café fermé | cafe ferme",
                "ＮＵＬＬ ｐｏｉｎｔｅｒ | null pointer"
            })
    void numbersIdsAndSpellingChangeNothing(String a, String b) {
        assertThat(cosine(a, b)).isEqualTo(1, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".9355 | cannot open /var/lib/app/a1/data.db | cannot open /opt/shop/b2/data.db",
                ".8018 | NPE in OrderService | NullPointerException in OrderService",
                ".7957 | OOM while reading the index | OutOfMemoryError while reading the index",
                ".7910 | error: cannot find symbol | error: unresolved reference",
                ".6817 | error: cannot find symbol | ReferenceError: total is not defined",
                ".6807 | connect ECONNREFUSED 127.0.0.1:5432 | java.net.ConnectException: Connection refused",
                ".9590 | RateLimiterConfig | src/main/java/com/example/RateLimiterConfig.java",
                ".7246 | it doesn't start | it does not start",
                ".4899 | 无法连接数据库 | 数据库连接失败"
            })
    void whatMeansTheSameIsNear(double expected, String a, String b) {
        assertThat(cosine(a, b)).isEqualTo(expected, within(5e-5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".0052 | HTTP 404 | HTTP 500",
                ".1016 | java.lang.NullPointerException | java.lang.ArrayIndexOutOfBoundsException",
                "-.1860 | connection refused | permission denied",
                ".0087 | disk full | null pointer",
                ".3493 | user 17 logged in | user 17 logged out"
            })
    void whatMeansSomethingElseIsFar(double expected, String a, String b) {
        assertThat(cosine(a, b)).isEqualTo(expected, within(5e-5));
    }

    @Test
    void ofATextThatIsTooLongTheMiddleIsNotRead() {
        String head = "connection refused ".repeat(Embedder.MOST_CHARACTERS / 19 * 3 / 4);
        String tail = " permission denied".repeat(1_200);
        Embedding whole = EMBEDDER.embed(head + "x".repeat(100_000) + tail);
        Embedding other = EMBEDDER.embed(head + "y".repeat(100_000) + tail);
        assertThat(whole.cosine(other)).isGreaterThan(.99);
        assertThat(whole.cosine(EMBEDDER.embed("connection refused"))).isGreaterThan(.5);
        assertThat(whole.cosine(EMBEDDER.embed("permission denied"))).isGreaterThan(.3);
    }

    @Test
    void aWordThatComesOftenDoesNotDrownTheOthers() {
        assertThat(cosine("deadlock timeout", "timeout")).isEqualTo(.6687, within(5e-5));
        assertThat(cosine("deadlock ".repeat(9) + "timeout", "timeout")).isEqualTo(.2295, within(5e-5));
    }

    @Test
    void aByteANumberChangesACosineLittle() {
        SplittableRandom random = new SplittableRandom(11);
        String[] words = "null index cache token order thread file socket parse config deploy retry schema".split(" ");
        double largest = 0;
        for (int i = 0; i < 5_000; i++) {
            Embedding a = EMBEDDER.embed(sentence(random, words));
            Embedding b = EMBEDDER.embed(sentence(random, words));
            largest = Math.max(largest, Math.abs(a.cosine(b) - a.quantised().cosine(b.quantised())));
            assertThat(QuantisedEmbedding.of(a.quantised().toBytes())).isEqualTo(a.quantised());
        }
        assertThat(largest).isBetween(.001, .01);
    }

    private static String sentence(SplittableRandom random, String[] words) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            text.append(words[random.nextInt(words.length)]).append(' ');
        }
        return text.toString();
    }
}
