package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static dev.devmentor.learning.engine.plan.Cards.card;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VacationTest {
    private static final int FROM = TODAY + 10;
    private static final int TO = TODAY + 13;

    private static Vacation vacation(int perDay) {
        return new Vacation(FROM, TO, perDay, 3, 3, EasyDays.NONE);
    }

    @Test
    void longIntervalsCanWaitAndShortOnesComeNearTheirDay() {
        List<PlannedCard> cards = List.of(
                card("first day", FROM, 40), // a day early costs less than four late
                card("last day", TO, 40), // a day late costs less than four early
                card("short", FROM, 12)); // a day early: a twelfth

        Plan plan = vacation(1).plan(cards, TODAY).plan();

        assertThat(plan.moves()).extracting(Move::item).containsExactly("first day", "short", "last day");
        assertThat(plan.moves()).extracting(Move::toDay).containsExactly(FROM - 2, FROM - 1, TO + 1);
        assertThat(plan.moves().getFirst().reason()).isEqualTo("answered before the break");
        assertThat(plan.moves().getLast().reason()).isEqualTo("answered after the break");
    }

    @Test
    void whatIsAnsweredLaterKeepsOutOfTheBreakOnADayWithLittleToDo() {
        PlannedCard card = card("later", FROM, 100);
        int[] load = new int[TO + 100];
        load[FROM - 1] = 3;

        assertThat(vacation(10).keep(card, TODAY, day -> load[day])).hasValueSatisfying(move -> {
            assertThat(move.toDay()).as("a hundredth of the interval earlier").isEqualTo(FROM - 3);
            assertThat(move.fromDay()).isEqualTo(FROM);
            assertThat(move.reason()).isEqualTo("answered before the break");
        });
        assertThat(vacation(10).keep(card("short", TO, 3), TODAY, day -> load[day]))
                .as("a day late of three, not four early")
                .hasValueSatisfying(move -> assertThat(move.toDay()).isEqualTo(TO + 1));
    }

    @Test
    void whatIsNotDueInTheBreakOrFindsNoRoomOrIsAskedAgainAtOnceStays() {
        assertThat(vacation(10).keep(card("before", FROM - 1, 30), TODAY, _ -> 0))
                .isEmpty();
        assertThat(vacation(10).keep(card("after", TO + 1, 30), TODAY, _ -> 0)).isEmpty();
        assertThat(vacation(10).keep(card("full", FROM, 30), TODAY, _ -> 10)).isEmpty();
        assertThat(vacation(10).keep(card("over", TO, 30), TO + 1, _ -> 0)).isEmpty();
        assertThat(vacation(10).keep(card("again", FROM + 1, 0), FROM + 1, _ -> 0))
                .isEmpty();
    }

    @Test
    void theDaysAroundAreFilledToOneLevelWithWhatIsDueThereAnyway() {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            cards.add(card("break-" + i, FROM + i % 4, 60));
        }
        for (int i = 0; i < 6; i++) {
            cards.add(card("before-" + i, FROM - 1, 30));
        }

        Vacation.Result result = vacation(100).plan(cards, TODAY);

        assertThat(result.inBreak()).isEqualTo(40);
        assertThat(result.unplaced()).isZero();
        assertThat(result.neededPerDay()).as("46 reviews on six days").isEqualTo(8);
        for (int day = FROM; day <= TO; day++) {
            assertThat(Cards.load(result.plan(), day)).isZero();
        }
        for (int day : new int[] {FROM - 3, FROM - 2, FROM - 1, TO + 1, TO + 2, TO + 3}) {
            assertThat(Cards.load(result.plan(), day)).isBetween(6, 8);
        }
    }

    @Test
    void saysWhatDoesNotFitAndWhatWould() {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            cards.add(card("break-" + i, FROM + i % 4, 60));
        }

        Vacation.Result result = vacation(5).plan(cards, TODAY);

        assertThat(result.unplaced()).isEqualTo(10);
        assertThat(result.plan().moves()).hasSize(30);
        assertThat(result.plan().notes())
                .containsExactly("no place for 10 of 40 cards with 5 reviews a day on the 6 days around the break;"
                        + " 7 a day would do; what finds none waits until the break is over");
        assertThat(vacation(7).plan(cards, TODAY).unplaced()).isZero();
        assertThat(vacation(6).plan(cards, TODAY).unplaced()).isPositive();
    }

    @Test
    void aBreakThatBeginsTodayTakesWhatIsOverdueAlong() {
        List<PlannedCard> cards = List.of(card("overdue", TODAY - 3, 10), card("today", TODAY, 10));

        Vacation.Result result = new Vacation(TODAY, TODAY + 2, 10, 5, 5, EasyDays.NONE).plan(cards, TODAY);

        assertThat(result.plan().moves()).extracting(Move::toDay).containsExactly(TODAY + 3, TODAY + 4);
        assertThat(result.plan().load())
                .extracting(DayLoad::after)
                .as("today to the second day after it")
                .containsExactly(0, 0, 0, 1, 1);
    }

    @Test
    void aCardThatWasAnsweredTodayIsNotAskedAgainToday() {
        List<PlannedCard> cards = List.of(card("a", TODAY + 1, 1));

        Plan plan = new Vacation(TODAY + 1, TODAY + 5, 10, 1, 3, EasyDays.NONE)
                .plan(cards, TODAY)
                .plan();

        assertThat(plan.moves()).extracting(Move::toDay).containsExactly(TODAY + 6);
    }

    @Test
    void easyDaysTakeLessOrNothing() {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            cards.add(card("break-" + i, FROM + 1, 60));
        }
        EasyDays easy = new EasyDays(
                EasyDays.NONE.weekdays(),
                Map.of(FROM - 1, 0.0, FROM - 2, 0.5, FROM - 3, 0.0, TO + 2, 0.0, TO + 3, 0.0));

        Vacation.Result result = new Vacation(FROM, TO, 20, 3, 3, easy).plan(cards, TODAY);

        assertThat(Cards.load(result.plan(), FROM - 2)).isEqualTo(3);
        assertThat(Cards.load(result.plan(), TO + 1)).isEqualTo(7);
        assertThat(result.neededPerDay()).isEqualTo(7);
    }

    @Test
    void nothingElseMovesNothingStaysInTheBreakAndNoDayHasMoreThanTheLevel() {
        SplittableRandom random = new SplittableRandom(52);
        for (int round = 0; round < 100; round++) {
            List<PlannedCard> cards = Cards.random(random, 150, TODAY - 3, TODAY + 25);
            int perDay = random.nextInt(3, 30);
            Vacation.Result result = vacation(perDay).plan(cards, TODAY);

            int inBreak = 0;
            for (PlannedCard card : cards) {
                inBreak += card.dueDay() >= FROM && card.dueDay() <= TO ? 1 : 0;
            }
            assertThat(result.inBreak()).isEqualTo(inBreak);
            assertThat(result.plan().moves()).hasSize(inBreak - result.unplaced());
            for (Move move : result.plan().moves()) {
                assertThat(move.fromDay()).isBetween(FROM, TO);
                assertThat(move.toDay() >= FROM - 3 && move.toDay() < FROM
                                || move.toDay() > TO && move.toDay() <= TO + 3)
                        .isTrue();
                assertThat(move.toDay())
                        .isGreaterThan(Cards.byItem(cards, move.item()).lastDay());
            }
            int level = Math.min(perDay, result.neededPerDay());
            for (DayLoad load : result.plan().load()) {
                if (load.after() > load.before()) {
                    assertThat(load.after()).isLessThanOrEqualTo(level);
                }
            }
            assertThat(result.unplaced() == 0).isEqualTo(result.neededPerDay() <= perDay);
            assertThat(vacation(perDay).plan(Cards.shuffled(cards, round), TODAY))
                    .isEqualTo(result);
        }
    }

    @Test
    void theLossIsNeverMoreThanByPuttingEverythingOffInOrder() {
        SplittableRandom random = new SplittableRandom(53);
        double ours = 0;
        double naive = 0;
        for (int round = 0; round < 50; round++) {
            List<PlannedCard> cards = Cards.random(random, 60, FROM, TO);
            Vacation.Result result = vacation(1_000).plan(cards, TODAY);
            double loss = result.lossBefore() + result.lossAfter();
            List<Move> moves = result.plan().moves();
            // The same places, given away in the order of due days.
            List<Integer> places = moves.stream().map(Move::toDay).sorted().toList();
            List<PlannedCard> inOrder = cards.stream()
                    .sorted(java.util.Comparator.comparingInt(PlannedCard::dueDay))
                    .toList();
            double other = 0;
            for (int i = 0; i < places.size(); i++) {
                other += Math.abs(inOrder.get(i).strainOn(places.get(i)));
            }
            assertThat(loss).isLessThanOrEqualTo(other + 1e-9);
            ours += loss;
            naive += other;
        }
        assertThat(ours / naive).isLessThan(0.8);
    }

    @Test
    void refusesABreakThatIsOverOrHasNoLength() {
        assertThatThrownBy(() -> vacation(5).plan(List.of(), TO + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Vacation(5, 4, 1, 1, 1, EasyDays.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
