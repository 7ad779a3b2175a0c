package dev.devmentor.bench.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.learning.engine.analytics.AnswerHistory;
import dev.devmentor.learning.engine.analytics.HeatMap;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HalvesTest {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    @Test
    void theFirstHalfEndsWithTheDayOnWhichHalfOfTheAnswersAreGiven() throws BenchmarkFailed {
        Halves halves = Halves.of(log(40, 10, 3));

        assertThat(halves.whole().size()).isEqualTo(400);
        assertThat(halves.before().size()).isEqualTo(200);
        assertThat(halves.today()).isEqualTo(1_020);
        assertThat(halves.days()).isEqualTo(20);
        assertThat(halves.before().day(199)).isEqualTo(1_019);
    }

    @Test
    void whatComesLaterChangesNothingThatIsSaidBefore() throws BenchmarkFailed {
        Halves one = Halves.of(log(40, 10, 3));
        Halves other = Halves.of(log(40, 10, 1));

        Foresight first = Foresight.of(Predictor.FSRS6_FITTED, one.before(), one.today(), one.days());
        Foresight second = Foresight.of(Predictor.FSRS6_FITTED, other.before(), other.today(), other.days());

        assertThat(first.forecast()).isEqualTo(second.forecast());
        assertThat(first.advice()).isEqualTo(second.advice());
        assertThat(one.happened(day -> day.answers().hits()))
                .isNotEqualTo(other.happened(day -> day.answers().hits()));
    }

    @Test
    void daysWithoutAnswersAreCountedAsNone() throws BenchmarkFailed {
        Halves halves = Halves.of(log(40, 10, 3));

        assertThat(halves.happened(HeatMap.Day::minutes)).hasSize(20).contains(10 * 6_000 / 60_000.0);
        assertThat(halves.past(30, day -> day.answers().count()))
                .as("ten days before the log began, and twenty of it")
                .startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10)
                .endsWith(10);
    }

    @Test
    void aShortLogIsRefused() {
        assertThatThrownBy(() -> Halves.of(log(10, 10, 3))).isInstanceOf(BenchmarkFailed.class);
        assertThatThrownBy(() -> Halves.of(log(20, 50, 3))).isInstanceOf(BenchmarkFailed.class);
    }

    @Test
    void errorsOfAWeekMayMakeUpForOneAnother() {
        double[] expected = {1, 2, 3, 4, 5};
        double[] happened = {2, 1, 3, 6, 100};

        assertThat(ForecastBenchmark.error(expected, happened, 1)).isEqualTo((1 + 1 + 0 + 2 + 95) / 5.0, within(1e-12));
        assertThat(ForecastBenchmark.error(expected, happened, 2)).isEqualTo((0 + 2) / 2.0, within(1e-12));
    }

    /** So many days of so many answers over 60 cards, six seconds each; from day 20 on each of them with one grade. */
    private static AnswerHistory log(int days, int perDay, int lateGrade) {
        int rows = days * perDay;
        int[] card = new int[rows];
        int[] day = new int[rows];
        long[] at = new long[rows];
        int[] grade = new int[rows];
        int[] took = new int[rows];
        Arrays.fill(took, 6_000);
        for (int i = 0; i < rows; i++) {
            card[i] = i % 60;
            day[i] = 1_000 + i / perDay;
            at[i] = day[i] * MICROS_PER_DAY + i;
            grade[i] = i >= 20 * perDay ? lateGrade : i % 7 == 0 ? 1 : 3;
        }
        return AnswerHistory.of(card, day, at, grade, took);
    }
}
