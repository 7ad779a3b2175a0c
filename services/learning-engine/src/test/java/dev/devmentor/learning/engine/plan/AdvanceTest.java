package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static dev.devmentor.learning.engine.plan.Cards.card;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdvanceTest {

    @Test
    void whatIsNearestToItsTimeComesFirst() {
        List<PlannedCard> cards = List.of(
                card("half", TODAY + 5, 10),
                card("nearly", TODAY + 5, 100),
                card("answered today", TODAY + 1, 1),
                card("due", TODAY, 10));

        Advance.Result result = new Advance(1).plan(cards, TODAY);

        assertThat(result.plan().moves()).hasSize(1);
        Move move = result.plan().moves().getFirst();
        assertThat(move.item()).isEqualTo("nearly");
        assertThat(move.fromDay()).isEqualTo(TODAY + 5);
        assertThat(move.toDay()).isEqualTo(TODAY);
        assertThat(result.later()).isEqualTo(2);
        assertThat(result.worthIt())
                .as("5 of 100 days early is, 5 of 10 is not")
                .isEqualTo(1);
        assertThat(result.plan().notes()).isEmpty();
    }

    @Test
    void saysWhenNoMoreIsThereAndWhenItIsTooEarly() {
        Advance.Result result = new Advance(3).plan(List.of(card("a", TODAY + 5, 10)), TODAY);

        assertThat(result.plan().notes())
                .containsExactly(
                        "only 1 of 3 can be brought forward: no more is due later",
                        "1 review so early that little is learned by it");
    }

    @Test
    void thoseThatComeAreThoseThatLoseLeast() {
        SplittableRandom random = new SplittableRandom(51);
        for (int round = 0; round < 200; round++) {
            List<PlannedCard> cards = Cards.random(random, 60, TODAY - 10, TODAY + 40);
            Plan plan = new Advance(15).plan(cards, TODAY).plan();
            Set<String> moved = new HashSet<>();
            double earliest = Double.POSITIVE_INFINITY;
            for (Move move : plan.moves()) {
                moved.add(move.item());
                earliest = Math.min(earliest, Cards.byItem(cards, move.item()).strainOn(TODAY));
                assertThat(move.fromDay()).isGreaterThan(TODAY);
            }
            for (PlannedCard card : cards) {
                if (card.dueDay() > TODAY && !moved.contains(card.item())) {
                    assertThat(card.strainOn(TODAY)).isLessThanOrEqualTo(earliest);
                }
            }
            assertThat(new Advance(15).plan(Cards.shuffled(cards, round), TODAY).plan())
                    .isEqualTo(plan);
        }
    }
}
