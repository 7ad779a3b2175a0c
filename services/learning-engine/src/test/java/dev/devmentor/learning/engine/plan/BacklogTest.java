package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static dev.devmentor.learning.engine.plan.Cards.card;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.plan.Backlog.Day;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static Backlog.Result plan(List<PlannedCard> cards, int rate, int perDay, ReviewOrder order) {
        return new Backlog(rate, perDay, order, 7, EasyDays.NONE).plan(cards, TODAY, _ -> 0);
    }

    private static List<PlannedCard> overdue(int count) {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cards.add(card("c%03d".formatted(i), TODAY - i % 10, 20));
        }
        return cards;
    }

    @Test
    void worksOffSoManyADayAndSaysWhatRemains() {
        Backlog.Result result = plan(overdue(25), 10, 100, ReviewOrder.DUE_DATE);

        assertThat(result.days())
                .containsExactly(new Day(TODAY, 0, 10, 15), new Day(TODAY + 1, 0, 10, 5), new Day(TODAY + 2, 0, 5, 0));
        assertThat(result.backlog()).isEqualTo(25);
        assertThat(result.unplaced()).isZero();
        assertThat(result.plan().moves()).as("what stays today is due already").hasSize(15);
        assertThat(result.plan().load()).extracting(DayLoad::after).containsExactly(10, 10, 5);
        assertThat(result.plan().load()).extracting(DayLoad::before).containsExactly(25, 0, 0);
    }

    @Test
    void whatFallsDueAnywayGoesBefore() {
        List<PlannedCard> cards = overdue(20);
        for (int i = 0; i < 6; i++) {
            cards.add(card("new-" + i, TODAY + 1, 9));
        }

        Backlog.Result result = plan(cards, 10, 8, ReviewOrder.DUE_DATE);

        assertThat(result.days())
                .containsExactly(
                        new Day(TODAY, 0, 8, 12),
                        new Day(TODAY + 1, 6, 2, 10),
                        new Day(TODAY + 2, 0, 8, 2),
                        new Day(TODAY + 3, 0, 2, 0));
    }

    @Test
    void saysWhatTheHorizonDoesNotReach() {
        List<PlannedCard> cards = overdue(400);

        Backlog.Result result = plan(cards, 1, 100, ReviewOrder.RANDOM);

        assertThat(result.unplaced()).isEqualTo(35);
        assertThat(result.plan().notes())
                .containsExactly("35 of 400 cards left after 365 days; on 0 of them there is no room beside what falls"
                        + " due anyway");
    }

    @Test
    void easyDaysTakeTheirShare() {
        EasyDays easy = new EasyDays(EasyDays.NONE.weekdays(), Map.of(TODAY + 1, 0.5, TODAY + 2, 0.0));

        Backlog.Result result = new Backlog(10, 10, ReviewOrder.DUE_DATE, 0, easy).plan(overdue(30), TODAY, _ -> 0);

        assertThat(result.days()).extracting(Day::worked).containsExactly(10, 5, 0, 10, 5);
    }

    @Test
    void theExpectedRecallIsThatOfEachCardOnItsDay() {
        List<PlannedCard> cards = List.of(card("a", TODAY - 2, 10), card("b", TODAY - 1, 10), card("c", TODAY, 10));

        Backlog.Result result = plan(cards, 1, 10, ReviewOrder.RECALL_ASCENDING);

        assertThat(result.expectedRecalled())
                .isEqualTo(cards.get(0).recallOn(TODAY)
                        + cards.get(1).recallOn(TODAY + 1)
                        + cards.get(2).recallOn(TODAY + 2));
    }

    @Test
    void everyCardHasItsTurnOnceInEveryOrder() {
        SplittableRandom random = new SplittableRandom(55);
        for (ReviewOrder order : ReviewOrder.values()) {
            List<PlannedCard> cards = Cards.random(random, 120, TODAY - 30, TODAY + 10);
            Backlog.Result result = plan(cards, 9, 12, order);

            long backlog = cards.stream().filter(card -> card.dueDay() <= TODAY).count();
            assertThat(result.backlog()).isEqualTo((int) backlog);
            assertThat(result.days().stream().mapToInt(Day::worked).sum()).isEqualTo((int) backlog - result.unplaced());
            assertThat(result.plan().moves())
                    .hasSize((int) backlog - result.days().getFirst().worked() - result.unplaced());
            int remaining = (int) backlog;
            for (Day day : result.days()) {
                remaining -= day.worked();
                assertThat(day.remaining()).isEqualTo(remaining);
                assertThat(day.worked()).isLessThanOrEqualTo(9);
                if (day.worked() > 0) {
                    assertThat(day.worked() + day.dueAnyway()).isLessThanOrEqualTo(12);
                }
            }
            assertThat(plan(Cards.shuffled(cards, 3), 9, 12, order)).isEqualTo(result);
        }
    }
}
