package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static dev.devmentor.learning.engine.plan.Cards.card;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExamTest {
    private static final int DAY = TODAY + 10;
    private static final ExpectedRecall<Fsrs6Memory> EXPECTED = ExpectedRecall.by(Fsrs6.DEFAULT);

    /** FSRS-6 with the stability equal to the interval. */
    private static final Exam.Forecast FORECAST = (card, reviewDays, day) -> EXPECTED.on(
            new Fsrs6Memory(Math.max(1, card.intervalDays()), card.difficulty()), card.lastDay(), reviewDays, day);

    private static Exam exam(int lastDays, int perDay) {
        return new Exam(DAY, Set.of("java", "sql"), 0.85, lastDays, perDay, EasyDays.NONE);
    }

    private static PlannedCard of(String item, String skill, int due, int interval) {
        return card(item, item, List.of(skill), due, interval);
    }

    @Test
    void everyCardOfTheSkillsIsReviewedInTheLastDaysAndOthersStay() {
        List<PlannedCard> cards = List.of(
                of("after", "java", DAY + 90, 120),
                of("on the day", "sql", DAY, 30),
                of("other", "git", DAY + 5, 30),
                of("overdue", "java", TODAY - 4, 9));

        Exam.Result result = exam(10, 5).plan(cards, TODAY, FORECAST);

        assertThat(result.cards()).isEqualTo(3);
        assertThat(result.feasible()).isTrue();
        assertThat(result.plan().moves())
                .extracting(Move::item)
                .containsExactlyInAnyOrder("after", "on the day", "overdue");
        assertThat(result.plan().moves()).allMatch(move -> move.toDay() >= TODAY && move.toDay() < DAY);
        assertThat(result.plan().moves()).allMatch(move -> move.reason().equals("the last review before the exam"));
        assertThat(result.lowestRecall()).isGreaterThanOrEqualTo(0.85);
        assertThat(result.meanRecall()).isGreaterThan(result.meanRecallWithout());
        assertThat(result.plan().notes()).isEmpty();
    }

    @Test
    void whatIsDueBeforeTheLastDaysKeepsItsDayAndIsCounted() {
        List<PlannedCard> cards = List.of(of("soon", "java", TODAY + 1, 3), of("in them", "java", DAY - 2, 20));

        Exam.Result result = exam(3, 5).plan(cards, TODAY, FORECAST);

        assertThat(result.later()).isEqualTo(1);
        assertThat(result.plan().moves()).extracting(Move::item).doesNotContain("soon");
        assertThat(result.plan().notes()).containsExactly("1 card due before these days: moved once answered");
    }

    @Test
    void whatIsAnsweredLaterComesBackOnceMoreBeforeTheExam() {
        PlannedCard answered = of("answered", "java", DAY + 30, 40);
        int[] load = new int[DAY + 1];
        load[DAY - 1] = 5;

        assertThat(exam(3, 5).keep(answered, TODAY, day -> load[day], FORECAST)).hasValueSatisfying(move -> {
            assertThat(move.toDay()).as("the last day with room").isEqualTo(DAY - 2);
            assertThat(move.reason()).isEqualTo("the last review before the exam");
        });
        assertThat(exam(3, 5).keep(answered, TODAY, _ -> 5, FORECAST))
                .as("no room")
                .isEmpty();
        assertThat(exam(3, 5).keep(of("other", "git", DAY + 30, 40), TODAY, _ -> 0, FORECAST))
                .isEmpty();
        assertThat(exam(3, 5).keep(of("comes", "java", DAY - 1, 5), TODAY, _ -> 0, FORECAST))
                .as("due before the exam")
                .isEmpty();
        assertThat(exam(3, 5).keep(of("known", "java", DAY + 29, 31), DAY - 2, _ -> 0, FORECAST))
                .as("answered in the last days and known well enough")
                .isEmpty();
        assertThat(exam(3, 5).keep(answered, DAY, _ -> 0, FORECAST))
                .as("the exam is today")
                .isEmpty();
    }

    @Test
    void whatWasReviewedInTheLastDaysAndWillBeKnownIsDone() {
        List<PlannedCard> cards = List.of(of("known", "java", TODAY + 29, 30), of("weak", "java", TODAY + 1, 2));

        Exam.Result result = exam(12, 5).plan(cards, TODAY, FORECAST);

        assertThat(result.done()).isEqualTo(1);
        assertThat(result.cards()).isEqualTo(2);
        assertThat(result.plan().moves()).extracting(Move::item).containsExactly("weak");
    }

    @Test
    void theDailyLimitHoldsWithOtherCardsInIt() {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            cards.add(of("exam-" + i, "java", DAY + 20 + i, 60));
        }
        for (int i = 0; i < 3; i++) {
            cards.add(of("other-" + i, "git", DAY - 1, 10));
        }

        Exam.Result result = exam(3, 4).plan(cards, TODAY, FORECAST);

        assertThat(result.unplaced()).isZero();
        assertThat(result.neededPerDay()).isEqualTo(4);
        assertThat(Cards.load(result.plan(), DAY - 1)).isEqualTo(4);
        assertThat(Cards.load(result.plan(), DAY - 2)).isEqualTo(4);
        assertThat(Cards.load(result.plan(), DAY - 3)).isEqualTo(4);
    }

    @Test
    void saysWithNumbersWhatCannotBe() {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            cards.add(of("exam-%02d".formatted(i), "java", DAY + 20, 60));
        }
        PlannedCard hopeless = new PlannedCard(
                "a-hopeless",
                "a-hopeless",
                List.of("sql"),
                TODAY - 50,
                TODAY - 51,
                1,
                40,
                20,
                10.0,
                0.9,
                elapsed -> Fsrs6.DEFAULT.retrievability(0.02, elapsed));
        Exam.Forecast forecast =
                (card, reviewDays, day) -> card == hopeless ? 0.5 : FORECAST.recall(card, reviewDays, day);
        cards.add(hopeless);

        Exam.Result result = exam(5, 4).plan(cards, TODAY, forecast);

        assertThat(result.feasible()).isFalse();
        assertThat(result.unplaced()).isEqualTo(11);
        assertThat(result.belowTarget()).isEqualTo(1);
        assertThat(result.neededPerDay()).isEqualTo(7);
        assertThat(result.plan().notes())
                .containsExactly(
                        "no place for 11 of 31 cards with 4 reviews a day on the 5 days before the exam; 7 a day would do",
                        "below 85 % on the day: 1 of 31 cards, the lowest at 50 %",
                        "1 card due before these days: moved once answered");
    }

    @Test
    void noCardThatCouldReachTheTargetMissesItForAnotherThatCanToo() {
        // Weak cards reach the target from the last day only; strong ones from any.
        Exam.Forecast forecast = (card, reviewDays, day) -> {
            int ahead = day - reviewDays[reviewDays.length - 1];
            return card.item().startsWith("weak") ? 0.95 - 0.1 * ahead : 0.99 - 0.01 * ahead;
        };
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            cards.add(of("strong-" + i, "java", DAY + 20, 60));
            cards.add(of("weak-" + i, "java", DAY + 20, 60));
        }

        Exam.Result result = exam(2, 3).plan(cards, TODAY, forecast);

        Map<String, Integer> days = result.plan().moves().stream().collect(Collectors.toMap(Move::item, Move::toDay));
        assertThat(result.feasible()).isTrue();
        assertThat(days).containsEntry("weak-0", DAY - 1).containsEntry("strong-0", DAY - 2);
        assertThat(result.lowestRecall()).isCloseTo(0.85, within(1e-12));
    }

    @Test
    void whateverTheCardsTheLimitHoldsAndTheOrderDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(56);
        for (int round = 0; round < 60; round++) {
            List<PlannedCard> cards = Cards.random(random, 80, TODAY - 5, TODAY + 60);
            int perDay = random.nextInt(5, 40);
            int lastDays = random.nextInt(1, 12);
            Exam.Result result = exam(lastDays, perDay).plan(cards, TODAY, FORECAST);

            Set<String> moved = new HashSet<>();
            for (Move move : result.plan().moves()) {
                assertThat(move.toDay()).isBetween(Math.max(TODAY, DAY - lastDays), DAY - 1);
                assertThat(move.toDay())
                        .isGreaterThan(Cards.byItem(cards, move.item()).lastDay());
                assertThat(moved.add(move.item())).isTrue();
            }
            assertThat(result.unplaced() == 0).isEqualTo(result.neededPerDay() <= perDay);
            assertThat(exam(lastDays, perDay).plan(Cards.shuffled(cards, round), TODAY, FORECAST))
                    .isEqualTo(result);
        }
    }

    @Test
    void expectedRecallIsTheMeanOverPassAndFail() {
        Fsrs6Memory memory = new Fsrs6Memory(10, 5);
        Fsrs6 model = Fsrs6.DEFAULT;
        double recall = model.retrievability(10, 12);
        Fsrs6Memory passed = model.next(memory, Grade.GOOD, 12);
        Fsrs6Memory failed = model.next(model.next(memory, Grade.AGAIN, 12), Grade.GOOD, 0);

        double expected = EXPECTED.on(memory, 100, new int[] {112}, 117);

        assertThat(expected)
                .isCloseTo(
                        recall * model.retrievability(passed.stability(), 5)
                                + (1 - recall) * model.retrievability(failed.stability(), 5),
                        within(1e-15));
        assertThat(EXPECTED.on(memory, 100, new int[0], 110)).isCloseTo(0.9, within(1e-12));
        assertThat(EXPECTED.on(memory, 100, new int[] {105, 112}, 117)).isGreaterThan(expected);
    }

    @Test
    void expectedRecallByFsrs7IsTheMeanOverPassAndFailToo() {
        Fsrs7 model = Fsrs7.DEFAULT;
        Fsrs7Memory memory = new Fsrs7Memory(10, 8, 5);
        double recall = model.retrievability(memory, 12);
        Fsrs7Memory passed = model.next(memory, Grade.GOOD, 12);
        Fsrs7Memory failed = model.next(model.next(memory, Grade.AGAIN, 12), Grade.GOOD, 10.0 / (24 * 60));

        assertThat(ExpectedRecall.by(model).on(memory, 100, new int[] {112}, 117))
                .isCloseTo(
                        recall * model.retrievability(passed, 5) + (1 - recall) * model.retrievability(failed, 5),
                        within(1e-15));
    }

    @Test
    void namesSkillsOfWhichThereIsNoCard() {
        assertThat(exam(3, 4).skillsWithoutCards(List.of(of("a", "java", DAY, 3))))
                .containsExactly("sql");
    }

    @Test
    void refusesAnExamThatIsNotAhead() {
        assertThatThrownBy(() -> exam(3, 4).plan(List.of(), DAY, FORECAST))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Exam(DAY, Set.of(), 0.9, 3, 4, EasyDays.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
