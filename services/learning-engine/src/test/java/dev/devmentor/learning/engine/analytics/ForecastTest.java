package dev.devmentor.learning.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.analytics.RetentionAdviser.Advice;
import dev.devmentor.learning.engine.analytics.RetentionAdviser.Option;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final int TODAY = 20_000;
    private static final MemoryModel FSRS6 = MemoryModel.of(Fsrs6.DEFAULT);
    private static final Habits HABITS = Habits.of(new Logs().history(), TODAY);

    @Test
    void aRangeHasAsManyBelowAsItSays() {
        Forecast.Range range = Forecast.Range.of(
                IntStream.rangeClosed(1, 10).mapToDouble(i -> i).toArray());

        assertThat(range).isEqualTo(new Forecast.Range(5.5, 1, 5, 9));
        assertThat(Forecast.Range.of(new double[] {3})).isEqualTo(new Forecast.Range(3, 3, 3, 3));
    }

    @Test
    void whatIsPlannedIsCertainAndWhatComesBackIsExpected() {
        // stability 10 days, asked after 10 days: recalled with .9, and then not due again within two days
        List<SimulatedCard> cards = IntStream.range(0, 100)
                .mapToObj(i -> new SimulatedCard(10, 0, 5, TODAY - 10, 3, TODAY))
                .toList();

        Forecast forecast = Forecast.of(FSRS6, cards, HABITS, plan(2, 0), 200, Progress.UNWATCHED);

        Forecast.Day first = forecast.days().getFirst();
        assertThat(first.planned()).isEqualTo(100);
        assertThat(first.reviews()).isEqualTo(new Forecast.Range(100, 100, 100, 100));
        Forecast.Day second = forecast.days().get(1);
        assertThat(second.planned()).isZero();
        // of the 10 that are forgotten nearly all are relearnt to a stability of less than a day and a half
        assertThat(second.reviews().mean()).isBetween(5.0, 10.5);
        assertThat(second.reviews().low()).isLessThan(second.reviews().high());
        assertThat(forecast.runs()).isEqualTo(200);
    }

    @Test
    void overdueCardsArePlannedForTheFirstDay() {
        List<SimulatedCard> cards = List.of(
                new SimulatedCard(10, 0, 5, TODAY - 30, 3, TODAY - 20),
                new SimulatedCard(10, 0, 5, TODAY - 5, 3, TODAY + 3),
                new SimulatedCard(10, 0, 5, TODAY - 5, 3, TODAY + 90));

        Forecast forecast = Forecast.of(FSRS6, cards, HABITS, plan(5, 0), 20, Progress.UNWATCHED);

        assertThat(forecast.days().stream().map(Forecast.Day::planned)).containsExactly(1, 0, 0, 1, 0);
    }

    @Test
    void aForecastIsTheSameEveryTime() {
        List<SimulatedCard> cards = List.of(new SimulatedCard(3, 2, 6, TODAY - 4, 3, TODAY));
        MemoryModel fsrs7 = MemoryModel.of(Fsrs7.DEFAULT);

        assertThat(Forecast.of(fsrs7, cards, HABITS, plan(30, 2), 30, Progress.UNWATCHED))
                .isEqualTo(Forecast.of(fsrs7, cards, HABITS, plan(30, 2), 30, Progress.UNWATCHED));
    }

    @Test
    void largeCollectionsNeedFewerCourses() {
        assertThat(Forecast.runsFor(0)).isEqualTo(200);
        assertThat(Forecast.runsFor(2_000)).isEqualTo(200);
        assertThat(Forecast.runsFor(4_000)).isEqualTo(100);
        assertThat(Forecast.runsFor(1_000_000)).isEqualTo(20);
    }

    @Test
    void moreRetentionCostsMoreAndKeepsMore() {
        Advice advice = RetentionAdviser.advise(FSRS6, List.of(), HABITS, plan(365, 5), Progress.UNWATCHED);

        assertThat(advice.options()).hasSize(28);
        assertThat(advice.options().getFirst().retention()).isEqualTo(0.70);
        assertThat(advice.options().getLast().retention()).isEqualTo(0.97);
        Option low = at(advice, 0.75);
        Option middle = at(advice, 0.85);
        Option high = at(advice, 0.95);
        assertThat(low.minutesPerDay()).isLessThan(middle.minutesPerDay());
        assertThat(middle.minutesPerDay()).isLessThan(high.minutesPerDay());
        assertThat(low.memorised()).isLessThan(middle.memorised());
        assertThat(middle.memorised()).isLessThan(high.memorised());
        assertThat(high.recallRate()).isEqualTo(0.95, within(0.02));
        assertThat(advice.cards()).isEqualTo(1_825);
        assertThat(advice.current()).isEqualTo(at(advice, 0.9));
        assertThat(advice.options())
                .allSatisfy(option -> assertThat(option.minutesPerCard())
                        .isGreaterThanOrEqualTo(advice.leastWork().minutesPerCard()));
        assertThat(middle.minutesPerCard()).isEqualTo(middle.minutesPerDay() * 365 / middle.memorised(), within(1e-9));
        assertThat(advice.sentence())
                .startsWith("At a wanted retention of 0.90 you would work %.1f minutes a day"
                        .formatted(advice.current().minutesPerDay()))
                .contains("%.2f".formatted(advice.leastWork().retention()));
    }

    @Test
    void withNothingToSimulateThereIsNoAdvice() {
        assertThatThrownBy(() -> RetentionAdviser.advise(FSRS6, List.of(), HABITS, plan(365, 0), Progress.UNWATCHED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMeanDayIsTheMeanOfItsCourses() {
        List<Course> courses = Forecast.courses(FSRS6, List.of(), HABITS, plan(20, 3), 3, Progress.UNWATCHED);

        Workload workload = Workload.of(courses);

        assertThat(workload.days()).hasSize(20);
        assertThat(workload.days().get(19).minutes())
                .isEqualTo(
                        courses.stream()
                                        .mapToDouble(
                                                course -> course.days().get(19).minutes())
                                        .sum()
                                / 3,
                        within(1e-12));
        assertThat(workload.days().get(19).introduced()).isEqualTo(3);
        assertThat(workload.cards()).isEqualTo(60);
        assertThat(workload.minutesPerDay().low())
                .isLessThanOrEqualTo(workload.minutesPerDay().high());
    }

    private static Option at(Advice advice, double retention) {
        return advice.options().get((int) Math.round((retention - 0.70) * 100));
    }

    private static Plan plan(int days, double newPerDay) {
        return new Plan(TODAY, days, newPerDay, Integer.MAX_VALUE, Integer.MAX_VALUE, Wanted.of(0.9), 36_500, 1);
    }
}
