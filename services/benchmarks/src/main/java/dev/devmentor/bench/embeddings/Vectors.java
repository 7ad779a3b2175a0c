package dev.devmentor.bench.embeddings;

import dev.devmentor.pbml.engine.embedding.Embedder;
import dev.devmentor.pbml.engine.embedding.QuantisedEmbedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Texts compared by the cosine of vectors that depend on nothing but the text.
 *
 * @param title of the peer
 * @param vector of a text, of length 1
 */
record Vectors(String title, Function<String, float[]> vector) implements Peer {

    /** The shipped embedding with its 32-bit numbers. */
    static Vectors ours() {
        Embedder embedder = new Embedder();
        return new Vectors("ours, float", text -> embedder.embed(text).values());
    }

    /** The shipped embedding as it is stored. */
    static Peer oursQuantised() {
        Embedder embedder = new Embedder();
        return new Peer() {
            @Override
            public String title() {
                return "ours, int8";
            }

            @Override
            public Scorer over(List<String> texts) {
                List<QuantisedEmbedding> all = texts.stream()
                        .map(text -> embedder.embed(text).quantised())
                        .toList();
                return query -> {
                    QuantisedEmbedding asked = embedder.embed(query).quantised();
                    return all.stream().mapToDouble(asked::cosine).toArray();
                };
            }
        };
    }

    /** The words of {@link Tokens} alone, each at one place of as many as ours has (Weinberger et al. 2009). */
    static Vectors hashedWords() {
        return new Vectors("hashed words, 384", text -> {
            float[] sums = new float[Embedder.DIMENSION];
            for (String token : Tokens.of(text)) {
                int hash = token.hashCode() * 0x9e3779b1;
                hash ^= hash >>> 15;
                sums[Math.floorMod(hash >> 1, sums.length)] += (hash & 1) == 0 ? 1 : -1;
            }
            return normalised(sums);
        });
    }

    /** A neural model that runs in this process. */
    static Vectors neural(String title, EmbeddingModel model) {
        Map<String, float[]> known = new HashMap<>();
        return new Vectors(
                title,
                text -> known.computeIfAbsent(
                        text, one -> normalised(model.embed(one).content().vector())));
    }

    @Override
    public Scorer over(List<String> texts) {
        float[][] all = texts.stream().map(vector).toArray(float[][]::new);
        return query -> {
            float[] asked = vector.apply(query);
            double[] scores = new double[all.length];
            for (int i = 0; i < all.length; i++) {
                scores[i] = dot(asked, all[i]);
            }
            return scores;
        };
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static float[] normalised(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += value * value;
        }
        double length = squares > 0 ? Math.sqrt(squares) : 1;
        float[] unit = new float[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (values[i] / length);
        }
        return unit;
    }
}
