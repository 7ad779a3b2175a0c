package dev.devmentor.pbml.engine.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.pbml.engine.embedding.NearestEmbeddings.Neighbour;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NearestEmbeddingsTest {

    private static final Embedder EMBEDDER = new Embedder();

    private static QuantisedEmbedding of(String text) {
        return EMBEDDER.embed(text).quantised();
    }

    private static QuantisedEmbedding random(SplittableRandom random) {
        byte[] bytes = new byte[Embedder.DIMENSION];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(-127, 128);
        }
        return QuantisedEmbedding.of(bytes);
    }

    /** The definition, with bytes and nothing packed. */
    private static double cosine(QuantisedEmbedding a, QuantisedEmbedding b) {
        byte[] x = a.toBytes();
        byte[] y = b.toBytes();
        long dot = 0;
        long xx = 0;
        long yy = 0;
        for (int i = 0; i < x.length; i++) {
            dot += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
        return dot / (Math.sqrt(xx) * Math.sqrt(yy));
    }

    @Test
    void findsWhatComparingAllFindsWhileTextsComeAndGo() {
        SplittableRandom random = new SplittableRandom(5);
        NearestEmbeddings nearest = new NearestEmbeddings(3_000);
        Map<Long, QuantisedEmbedding> all = new TreeMap<>();
        for (int i = 0; i < 12_000; i++) {
            long id = random.nextLong(-4_000, 4_000);
            if (random.nextInt(4) == 0) {
                assertThat(nearest.remove(id)).isEqualTo(all.remove(id) != null);
            } else {
                QuantisedEmbedding embedding = random(random);
                boolean room = all.containsKey(id) || all.size() < 3_000;
                assertThat(nearest.put(id, embedding)).isEqualTo(room);
                if (room) {
                    all.put(id, embedding);
                }
            }
            if (i % 500 == 0) {
                QuantisedEmbedding asked = random(random);
                List<Neighbour> expected = all.entrySet().stream()
                        .map(one -> new Neighbour(one.getKey(), cosine(asked, one.getValue())))
                        .filter(one -> one.cosine() >= .02)
                        .sorted(Comparator.comparingDouble(Neighbour::cosine)
                                .reversed()
                                .thenComparingLong(Neighbour::id))
                        .limit(20)
                        .toList();
                assertThat(nearest.nearest(asked, 20, .02)).isEqualTo(expected);
            }
        }
        assertThat(nearest.size()).isEqualTo(all.size()).isGreaterThan(2_000);
    }

    @Test
    void equallyNearOnesComeByTheirIds() {
        NearestEmbeddings nearest = new NearestEmbeddings(10);
        for (long id : new long[] {7, 3, 9, 1}) {
            nearest.put(id, of("connection refused"));
        }
        assertThat(nearest.nearest(of("connection refused"), 3, 0))
                .extracting(Neighbour::id)
                .containsExactly(1L, 3L, 7L);
    }

    @Test
    void anEmptyTextIsNotFoundAndFindsNothing() {
        NearestEmbeddings nearest = new NearestEmbeddings(10);
        nearest.put(1, of("..."));
        nearest.put(2, of("null pointer"));
        assertThat(nearest.nearest(of("NPE"), 10, -1)).extracting(Neighbour::id).containsExactly(2L);
        assertThat(nearest.nearest(of("!"), 10, -1)).isEmpty();
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        assertThatThrownBy(() -> new NearestEmbeddings(0)).hasMessage("capacity 0 is not within 1 and 100000");
        assertThatThrownBy(() -> new NearestEmbeddings(100_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NearestEmbeddings(1).nearest(of("a"), 1_001, 0))
                .hasMessage("1001 neighbours are not within 1 and 1000");
        assertThatThrownBy(() -> QuantisedEmbedding.of(new byte[383]))
                .hasMessage("an embedding has 384 bytes, this has 383");
        NearestEmbeddings full = new NearestEmbeddings(1);
        assertThat(full.put(1, of("a"))).isTrue();
        assertThat(full.put(2, of("b"))).isFalse();
        assertThat(full.put(1, of("b"))).isTrue();
    }
}
