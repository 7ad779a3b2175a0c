package dev.devmentor.pbml.engine.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Any characters in any order: no failure, a length of 1 or 0, and the same again. */
class EmbedderFuzzTest {

    private static final int INPUTS = Boolean.getBoolean("devmentor.long") ? 10_000_000 : 100_000;
    private static final String MARKS =
            "/\\.:_-$'\"`<>(){}[]= \n\t\u00a0\u2019\u0301\ud83d\udd25\ud800\udc00\ufdfa0x1aZé数か한";

    @Test
    void nothingBreaksIt() {
        SplittableRandom random = new SplittableRandom(41);
        Embedder embedder = new Embedder();
        for (int i = 0; i < INPUTS; i++) {
            String text = text(random, random.nextInt(1_000) == 0 ? 70_000 : 60);
            Embedding embedding = embedder.embed(text);
            double squares = embedding.cosine(embedding);
            if (!(Math.abs(squares - 1) < 1e-6 || squares == 0 && embedding.isEmpty())) {
                throw new AssertionError("a length of " + squares + " at input " + i);
            }
            if (i % 100 == 0) {
                assertThat(embedder.embed(new StringBuilder(text))).isEqualTo(embedding);
                assertThat(embedding.quantised().isEmpty()).isEqualTo(embedding.isEmpty());
            }
        }
    }

    private static String text(SplittableRandom random, int most) {
        int kind = random.nextInt(5);
        int length = random.nextInt(most);
        StringBuilder text = new StringBuilder(length + 8);
        while (text.length() < length) {
            switch (kind) {
                case 0 -> text.append((char) random.nextInt(32, 127));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.appendCodePoint(random.nextInt(0x110000));
                case 3 -> text.append(MARKS.charAt(random.nextInt(MARKS.length())));
                default ->
                    text.append(
                            random.nextInt(3) == 0
                                    ? MARKS.charAt(random.nextInt(MARKS.length()))
                                    : (char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }
}
