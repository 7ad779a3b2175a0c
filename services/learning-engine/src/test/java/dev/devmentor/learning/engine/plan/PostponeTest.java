package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static dev.devmentor.learning.engine.plan.Cards.card;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PostponeTest {
    private static Postpone.Result postpone(List<PlannedCard> cards, int count) {
        return new Postpone(count, 36_500, EasyDays.NONE).plan(cards, TODAY);
    }

    @Test
    void longIntervalsWaitBeforeShortOnes() {
        List<PlannedCard> cards = List.of(card("short", TODAY, 4), card("long", TODAY, 100), card("middle", TODAY, 20));

        Postpone.Result result = postpone(cards, 2);

        assertThat(result.plan().moves()).extracting(Move::item).containsExactly("middle", "long");
        Move middle = result.plan().moves().getFirst();
        assertThat(middle.fromDay()).isEqualTo(TODAY);
        assertThat(middle.toDay()).as("5 %% of 20 days").isEqualTo(TODAY + 1);
        assertThat(result.plan().moves().getLast().toDay())
                .as("5 %% of 100 days")
                .isEqualTo(TODAY + 5);
        assertThat(middle.recallAfter()).isLessThan(middle.recallBefore()).isGreaterThan(0.89);
        assertThat(result.due()).isEqualTo(3);
        assertThat(result.harmless()).as("a day more is a quarter of four days").isEqualTo(2);
        assertThat(result.plan().notes()).isEmpty();
    }

    @Test
    void whatIsLongOverdueIsNotPutOffBeforeWhatIsNot() {
        List<PlannedCard> cards = List.of(card("overdue", TODAY - 30, 30), card("due", TODAY, 30));

        assertThat(postpone(cards, 1).plan().moves()).extracting(Move::item).containsExactly("due");
    }

    @Test
    void saysWhenThereIsNotSoMuchAndWhenItHurts() {
        List<PlannedCard> cards = List.of(card("a", TODAY, 2), card("b", TODAY - 9, 10), card("later", TODAY + 1, 50));

        Postpone.Result result = postpone(cards, 5);

        assertThat(result.plan().moves()).hasSize(2);
        assertThat(result.harmless()).isZero();
        assertThat(result.plan().notes())
                .containsExactly(
                        "only 2 of 5 can be put off: 2 are due",
                        "without harm 0 can wait; with 2 more forgetting becomes noticeable");
    }

    @Test
    void nothingIsPutOffBeyondTheLongestInterval() {
        List<PlannedCard> cards = List.of(card("at the end", TODAY, 100), card("before it", TODAY, 95));

        Postpone.Result result = new Postpone(2, 100, EasyDays.NONE).plan(cards, TODAY);

        assertThat(result.plan().moves()).extracting(Move::item).containsExactly("before it");
        assertThat(result.plan().moves().getFirst().toDay()).isEqualTo(TODAY + 5);
        assertThat(result.plan().notes())
                .containsExactly("only 1 of 2 can be put off: 2 are due, and 1 of them is at the longest interval");
    }

    @Test
    void thoseThatWaitAreThoseThatSufferLeast() {
        SplittableRandom random = new SplittableRandom(50);
        for (int round = 0; round < 200; round++) {
            List<PlannedCard> cards = Cards.random(random, 60, TODAY - 40, TODAY + 10);
            int count = random.nextInt(30);
            Plan plan = postpone(cards, count).plan();

            Set<String> moved = new HashSet<>();
            double worst = Double.NEGATIVE_INFINITY;
            for (Move move : plan.moves()) {
                PlannedCard card = Cards.byItem(cards, move.item());
                moved.add(move.item());
                worst = Math.max(worst, strainAfter(card));
                int wait = move.toDay() - TODAY;
                assertThat(wait).isBetween(1, Math.max(1, (int) Math.ceil(card.intervalDays() * 0.1)));
            }
            for (PlannedCard card : cards) {
                if (card.dueDay() <= TODAY && !moved.contains(card.item())) {
                    assertThat(strainAfter(card)).isGreaterThanOrEqualTo(worst);
                }
            }
            assertThat(postpone(Cards.shuffled(cards, round), count).plan()).isEqualTo(plan);
        }
    }

    private static double strainAfter(PlannedCard card) {
        return card.strainOn(TODAY + Math.max(1, (int) Math.round(card.intervalDays() * 0.075)));
    }
}
