package dev.devmentor.pbml.engine.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.pbml.engine.embedding.Families.Family;
import dev.devmentor.pbml.engine.embedding.Families.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FamiliesTest {

    private static final Embedder EMBEDDER = new Embedder();

    private static List<Item> items(String... texts) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            items.add(new Item(i, EMBEDDER.embed(texts[i]).quantised()));
        }
        return items;
    }

    @Test
    void whatMeansTheSameIsAFamily() {
        List<Family> families = Families.of(
                items(
                        "java.net.ConnectException: Connection refused",
                        "java.lang.NullPointerException",
                        "connect ECONNREFUSED 127.0.0.1:5432",
                        "NPE in OrderService",
                        "disk full",
                        "dial tcp 10.0.3.7:6379: connect: connection refused",
                        "..."),
                .45);
        assertThat(families)
                .extracting(Family::members)
                .containsExactly(List.of(0L, 2L, 5L), List.of(1L, 3L), List.of(4L), List.of(6L));
        assertThat(families.getLast().cohesion()).isEqualTo(1);
    }

    @Test
    void theOrderOfTheTextsChangesNothing() {
        List<Item> items = random(400);
        List<Family> families = Families.of(items, .5);
        assertThat(families).hasSizeBetween(5, 300);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(items, new Random(i));
            assertThat(Families.of(items, .5)).isEqualTo(families);
        }
    }

    @Test
    void everyTextIsInOneFamilyWithinTheThresholdOfItsLeaderAndLeadersAreApart() {
        List<Item> items = random(500);
        Map<Long, QuantisedEmbedding> embeddings = new HashMap<>();
        items.forEach(item -> embeddings.put(item.id(), item.embedding()));
        List<Family> families = Families.of(items, .5);
        List<Long> members =
                families.stream().flatMap(family -> family.members().stream()).toList();
        assertThat(members).hasSize(500).doesNotHaveDuplicates();
        for (Family family : families) {
            assertThat(family.members()).contains(family.leader()).isSorted();
            for (long member : family.members()) {
                if (member != family.leader()) {
                    double own = embeddings.get(member).cosine(embeddings.get(family.leader()));
                    assertThat(own).isGreaterThanOrEqualTo(.5);
                    for (Family other : families) {
                        assertThat(embeddings.get(member).cosine(embeddings.get(other.leader())))
                                .isLessThanOrEqualTo(own);
                    }
                }
            }
            for (Family other : families) {
                assertThat(family == other
                                || embeddings.get(family.leader()).cosine(embeddings.get(other.leader())) < .5)
                        .isTrue();
            }
        }
    }

    private static List<Item> random(int count) {
        String[] words = "null index cache token order thread file socket parse config deploy retry".split(" ");
        Random random = new Random(3);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = words[random.nextInt(words.length)]
                    + ' '
                    + words[random.nextInt(words.length)]
                    + ' '
                    + words[random.nextInt(words.length)];
            items.add(new Item(i * 7L % 1_009, EMBEDDER.embed(text).quantised()));
        }
        return items;
    }

    @Test
    void noTextsHaveNoFamilies() {
        assertThat(Families.of(List.of(), .5)).isEmpty();
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        Item item = items("a").getFirst();
        assertThatThrownBy(() -> Families.of(List.of(item), 0)).hasMessage("threshold 0.0 is not within 0 and 1");
        assertThatThrownBy(() -> Families.of(List.of(item), Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Families.of(List.of(item, item), .5)).hasMessage("two texts have the id 0");
        assertThatThrownBy(() -> Families.of(Collections.nCopies(10_001, item), .5))
                .hasMessage("10001 texts are more than 10000");
    }
}
