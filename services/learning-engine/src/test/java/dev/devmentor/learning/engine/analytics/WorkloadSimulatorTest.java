package dev.devmentor.learning.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadSimulatorTest {

    private static final int TODAY = 20_000;
    private static final MemoryModel FSRS6 = MemoryModel.of(Fsrs6.DEFAULT);
    private static final MemoryModel FSRS7 = MemoryModel.of(Fsrs7.DEFAULT);
    private static final Habits HABITS = Habits.of(new Logs().history(), TODAY);

    @Test
    void whatIsDueIsAskedOnItsDay() {
        List<SimulatedCard> cards = List.of(due(TODAY - 5), due(TODAY), due(TODAY + 2), due(TODAY + 1_000));

        Course course = run(FSRS6, cards, plan(3, 0, 0.9));

        assertThat(course.days().get(0).reviews()).isEqualTo(2);
        assertThat(course.days().get(0).waiting()).isZero();
        assertThat(course.days().get(2).reviews()).isGreaterThanOrEqualTo(1);
        assertThat(course.cards()).isEqualTo(4);
    }

    @Test
    void recallComesAboutAsOftenAsTheModelSays() {
        // asked 10 days after the answer, with a stability of 5 days
        List<SimulatedCard> cards = IntStream.range(0, 20_000)
                .mapToObj(i -> new SimulatedCard(5, 0, 5, TODAY - 10, 3, TODAY))
                .toList();

        Course course = run(FSRS6, cards, plan(1, 0, 0.9));

        double expected = Fsrs6.DEFAULT.retrievability(5, 10);
        assertThat(course.days().getFirst().reviews()).isEqualTo(20_000);
        assertThat(course.recallRate()).isEqualTo(expected, within(3 * Math.sqrt(expected * (1 - expected) / 20_000)));
    }

    @Test
    void inTheLongRunTheWantedRetentionIsReached() {
        for (MemoryModel model : List.of(FSRS6, FSRS7)) {
            for (double wanted : new double[] {0.75, 0.9}) {
                Course course = run(model, List.of(), plan(1_000, 10, wanted));

                double late = course.days().stream()
                                .skip(500)
                                .mapToInt(Course.Day::recalled)
                                .sum()
                        / (double) course.days().stream()
                                .skip(500)
                                .mapToInt(Course.Day::reviews)
                                .sum();
                // a little below it: no interval is shorter than a day, however soon a card fades
                assertThat(late).isBetween(wanted - 0.03, wanted + 0.01);
            }
        }
    }

    @Test
    void newCardsComeUntilThereAreNoMoreAndFractionsAreCarriedOver() {
        Course course =
                run(FSRS6, List.of(), new Plan(TODAY, 10, 1.5, 7, Integer.MAX_VALUE, Wanted.of(0.9), 36_500, 1));

        assertThat(course.days().stream().map(Course.Day::introduced)).containsExactly(1, 2, 1, 2, 1, 0, 0, 0, 0, 0);
        assertThat(course.cards()).isEqualTo(7);
    }

    @Test
    void whatIsOverTheLimitWaitsAndTheLongestDueComesFirst() {
        List<SimulatedCard> cards = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            cards.add(due(TODAY + i / 20)); // 20 today, 5 tomorrow
        }

        Course course = run(FSRS6, cards, new Plan(TODAY, 3, 0, 0, 10, Wanted.of(0.9), 36_500, 1));

        assertThat(course.days().get(0).reviews()).isEqualTo(10);
        assertThat(course.days().get(0).waiting()).isEqualTo(10);
        assertThat(course.days().get(1).reviews()).isEqualTo(10);
        assertThat(course.days().get(1).waiting()).isGreaterThanOrEqualTo(5);
        assertThat(course.days().get(2).reviews()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void nothingIsDoneOnADayOff() {
        Logs log = new Logs();
        for (int week = 1; week <= 4; week++) {
            log.answer(0, TODAY - 7 * week, 3);
        }
        Habits habits = Habits.of(log.history(), TODAY);

        Course course =
                WorkloadSimulator.run(FSRS6, List.of(due(TODAY)), habits, plan(700, 3, 0.9), Progress.UNWATCHED);

        assertThat(course.days()).filteredOn(day -> !day.worked()).isNotEmpty().allSatisfy(day -> {
            assertThat(day.reviews()).isZero();
            assertThat(day.introduced()).isZero();
            assertThat(day.minutes()).isZero();
        });
        double share =
                (double) course.days().stream().filter(Course.Day::worked).count() / 700;
        double expected = IntStream.range(TODAY, TODAY + 7)
                        .mapToDouble(habits::attendance)
                        .sum()
                / 7;
        assertThat(share).isEqualTo(expected, within(3 * Math.sqrt(expected * (1 - expected) / 700)));
    }

    @Test
    void minutesAreThoseOfTheAnswers() {
        Course course = run(FSRS6, List.of(), plan(200, 5, 0.9));

        double fastest = 8.03 / 60;
        double slowest = 19.58 / 60;
        assertThat(course.days())
                .allSatisfy(day -> assertThat(day.minutes())
                        .isBetween(day.answers() * fastest - 1e-9, day.answers() * slowest + 1e-9));
        assertThat(course.answersPerDay()).isGreaterThan(course.reviewsPerDay() + 5);
    }

    @Test
    void memorisedIsTheSumOfRecall() {
        Course course = run(
                FSRS6,
                List.of(new SimulatedCard(5, 0, 5, TODAY - 10, 3, TODAY + 90), due(TODAY + 90)),
                plan(2, 0, 0.9));

        assertThat(course.days().get(1).memorised())
                .isEqualTo(Fsrs6.DEFAULT.retrievability(5, 11) + Fsrs6.DEFAULT.retrievability(10, 6), within(1e-12));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedDoesNot() {
        Plan plan = plan(120, 8, 0.9);

        assertThat(run(FSRS7, List.of(due(TODAY)), plan)).isEqualTo(run(FSRS7, List.of(due(TODAY)), plan));
        assertThat(run(FSRS7, List.of(due(TODAY)), plan))
                .isNotEqualTo(run(FSRS7, List.of(due(TODAY)), plan.withSeed(2)));
    }

    @Test
    void anUnknownDueDayIsDrawnFromHowCardsWereAskedSoFar() {
        SimulatedCard waiting = new SimulatedCard(10, 0, 5, TODAY - 5, 3, SimulatedCard.NOT_KNOWN);
        double atTen = Fsrs6.DEFAULT.retrievability(10, 10);
        double atTwenty = Fsrs6.DEFAULT.retrievability(10, 20);
        Plan plan = plan(30, 0, 0.9);
        Plan drawn = new Plan(
                TODAY, 30, 0, 0, Integer.MAX_VALUE, Wanted.drawnFrom(TODAY - 1, atTwenty, atTen, 0.999), 36_500, 1);

        int onDayFive = 0;
        int onDayFifteen = 0;
        for (int seed = 0; seed < 400; seed++) {
            Course course = run(FSRS6, List.of(waiting), drawn.withSeed(seed));
            int first = IntStream.range(0, 30)
                    .filter(i -> course.days().get(i).reviews() > 0)
                    .findFirst()
                    .orElseThrow();
            assertThat(first).isIn(5, 15);
            onDayFive += first == 5 ? 1 : 0;
            onDayFifteen += first == 15 ? 1 : 0;
        }

        assertThat(onDayFive).isBetween(160, 240);
        assertThat(onDayFifteen).isEqualTo(400 - onDayFive);
        assertThat(plan.retention().mean()).isEqualTo(0.9);
    }

    @Test
    void aCardThatWaitsLongerThanAnyEverDidWasPutAside() {
        SimulatedCard forgotten = new SimulatedCard(1, 0, 5, TODAY - 400, 3, SimulatedCard.NOT_KNOWN);
        Plan plan =
                new Plan(TODAY, 30, 0, 0, Integer.MAX_VALUE, Wanted.drawnFrom(TODAY - 1, 0.85, 0.9, 0.95), 36_500, 1);

        Course course = run(FSRS6, List.of(forgotten), plan);

        assertThat(course.days()).allSatisfy(day -> assertThat(day.reviews()).isZero());
        assertThat(course.cards()).isZero();
        assertThat(course.memorised()).isZero();
    }

    @Test
    void aCardThatFailedTodayIsAskedAgainToday() {
        SimulatedCard failed = new SimulatedCard(1, 0, 5, TODAY, 1, TODAY);

        Course.Day today = run(FSRS6, List.of(failed), plan(1, 0, 0.9)).days().getFirst();

        assertThat(today.reviews()).isEqualTo(1);
        assertThat(today.answers()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void itEndsWhenNobodyWantsItAnyMore() {
        List<Double> heard = new ArrayList<>();

        assertThatThrownBy(() -> WorkloadSimulator.run(FSRS6, List.of(), HABITS, plan(100, 1, 0.9), share -> {
                    heard.add(share);
                    return share < 0.5;
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(heard).hasSize(51).isSorted();
    }

    @Test
    void impossiblePlansAreRefused() {
        assertThatThrownBy(() -> plan(0, 0, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan(1_827, 0, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan(1, -1, 0.9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wanted.of(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wanted.drawnFrom(TODAY)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Course run(MemoryModel model, List<SimulatedCard> cards, Plan plan) {
        return WorkloadSimulator.run(model, cards, HABITS, plan, Progress.UNWATCHED);
    }

    private static Plan plan(int days, double newPerDay, double wanted) {
        return new Plan(TODAY, days, newPerDay, Integer.MAX_VALUE, Integer.MAX_VALUE, Wanted.of(wanted), 36_500, 1);
    }

    /** Answered five days ago, stability ten days. */
    private static SimulatedCard due(int day) {
        return new SimulatedCard(10, 10, 5, TODAY - 5, 3, day);
    }
}
