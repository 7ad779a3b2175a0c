package dev.devmentor.learning.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.choice.ReviewCompression.Due;
import dev.devmentor.learning.engine.choice.ReviewCompression.Review;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.engine.skill.SkillGraph;
import dev.devmentor.learning.engine.skill.SkillGraph.Built;
import dev.devmentor.learning.engine.skill.SkillGraph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReviewCompressionTest {
    private static final SkillGraph CHAIN = ((Built) SkillGraph.of(List.of(
                    new Node("bottom", List.of(), 0),
                    new Node("middle", List.of("bottom"), 0),
                    new Node("top", List.of("middle"), 0),
                    new Node("aside", List.of(), 0))))
            .graph();
    private static final ReviewCompression COMPRESSION = new ReviewCompression(ImplicitCredit.DEFAULT, 0.9);

    @Test
    void theReviewThatSettlesMostOthersComesFirst() {
        List<Due> due = List.of(
                new Due("a", List.of("aside"), 0.5),
                new Due("b", List.of("bottom"), 0.88),
                new Due("m", List.of("middle"), 0.85),
                new Due("t", List.of("top"), 0.85));

        assertThat(COMPRESSION.first(CHAIN, due)).isEqualTo(new Review(due.get(3), List.of("b", "m")));
    }

    @Test
    void whatIsTooFarForgottenIsNotSettledByTheWay() {
        List<Due> due = List.of(new Due("m", List.of("middle"), 0.7), new Due("t", List.of("top"), 0.85));

        assertThat(COMPRESSION.order(CHAIN, due, 10))
                .containsExactly(new Review(due.get(0), List.of()), new Review(due.get(1), List.of()));
    }

    @Test
    void theOrderLeavesOutWhatWasSettled() {
        List<Due> due = List.of(
                new Due("a", List.of("aside"), 0.5),
                new Due("b", List.of("bottom"), 0.88),
                new Due("m", List.of("middle"), 0.85),
                new Due("t", List.of("top"), 0.85));

        assertThat(COMPRESSION.order(CHAIN, due, 10).stream()
                        .map(review -> review.due().item()))
                .containsExactly("t", "a");
        assertThat(COMPRESSION.order(CHAIN, due, 1)).hasSize(1);
    }

    @Test
    void anItemOfSeveralSkillsIsSettledOnlyIfAllAreExercised() {
        List<Due> due = List.of(new Due("both", List.of("middle", "aside"), 0.89), new Due("t", List.of("top"), 0.85));

        assertThat(COMPRESSION.first(CHAIN, due)).isEqualTo(new Review(due.get(1), List.of()));
    }

    @Test
    void anotherItemOfTheSameSkillCountsAsOneStepAway() {
        List<Due> due = List.of(new Due("x", List.of("aside"), 0.85), new Due("y", List.of("aside"), 0.82));

        assertThat(COMPRESSION.first(CHAIN, due)).isEqualTo(new Review(due.get(1), List.of("x")));
    }

    @Test
    void cardsThatShareOnlyATagSettleNothing() {
        List<Due> due = List.of(new Due("x", List.of("my-deck"), 0.85), new Due("y", List.of("my-deck"), 0.82));

        assertThat(COMPRESSION.order(CHAIN, due, 10))
                .containsExactly(new Review(due.get(1), List.of()), new Review(due.get(0), List.of()));
    }

    @Test
    void ofManyDueItemsTheFirstIsTheOneThatAComparisonOfAllWithAllFinds() {
        SplittableRandom random = new SplittableRandom(20_271);
        List<List<String>> skills =
                List.of(List.of("bottom"), List.of("middle"), List.of("top", "aside"), List.of("aside"), List.of());
        for (int round = 0; round < 200; round++) {
            List<Due> due = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                due.add(new Due("i" + i, skills.get(random.nextInt(skills.size())), 0.6 + random.nextInt(30) / 100.0));
            }
            Due first = null;
            int most = -1;
            for (Due item : due) {
                int settles = (int) due.stream()
                        .filter(other -> !other.equals(item) && settles(item, other))
                        .count();
                if (first == null
                        || settles > most
                        || settles == most
                                && (item.recall() < first.recall()
                                        || item.recall() == first.recall()
                                                && item.item().compareTo(first.item()) < 0)) {
                    first = item;
                    most = settles;
                }
            }

            Review review = Objects.requireNonNull(COMPRESSION.first(CHAIN, due));

            assertThat(review.due()).isEqualTo(first);
            assertThat(review.settles())
                    .hasSize(most)
                    .doesNotContain(review.due().item());
        }
    }

    /** By the definition, one by one. */
    private static boolean settles(Due one, Due other) {
        double least = 1;
        for (String needed : other.skills()) {
            double share = one.skills().contains(needed)
                    ? 0.5
                    : ImplicitCredit.DEFAULT.of(CHAIN, one.skills(), true).getOrDefault(needed, 0.0);
            least = Math.min(least, share);
        }
        return !other.skills().isEmpty() && other.recall() + (1 - other.recall()) * least >= 0.9;
    }

    @Test
    void itemsWithoutSkillsAreReviewedWorstFirst() {
        List<Due> due =
                List.of(new Due("x", List.of(), 0.85), new Due("y", List.of(), 0.8), new Due("w", List.of(), 0.8));

        assertThat(COMPRESSION.order(CHAIN, due, 10).stream()
                        .map(review -> review.due().item()))
                .containsExactly("w", "y", "x");
        assertThat(COMPRESSION.first(CHAIN, List.of())).isNull();
    }
}
