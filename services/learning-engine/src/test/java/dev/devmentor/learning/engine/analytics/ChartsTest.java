package dev.devmentor.learning.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.analytics.TrueRetention.Per;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartsTest {

    /** A Monday. */
    private static final int MONDAY = (int) LocalDate.of(2026, 3, 2).toEpochDay();

    @Test
    void wilsonsIntervalIsThatOfTheLiterature() {
        Proportion eightOfTen = new Proportion(10, 8);

        assertThat(eightOfTen.rate()).isEqualTo(0.8);
        assertThat(eightOfTen.low()).isEqualTo(0.4901624715366, within(1e-12));
        assertThat(eightOfTen.high()).isEqualTo(0.9433178485456, within(1e-12));
    }

    @Test
    void wilsonsIntervalStaysWithinBoundsAtTheEnds() {
        assertThat(new Proportion(10, 10).high()).isEqualTo(1);
        assertThat(new Proportion(10, 10).low()).isEqualTo(0.722467200137, within(1e-12));
        assertThat(new Proportion(10, 0).low()).isZero();
        assertThat(new Proportion(0, 0).rate()).isNaN();
        assertThat(new Proportion(0, 0).low()).isZero();
        assertThat(new Proportion(0, 0).high()).isEqualTo(1);
    }

    @Test
    void trueRetentionCountsTheFirstAnswerOfALaterDayAlone() {
        AnswerHistory history = new Logs()
                .answer(0, 100, 1) // new: does not count
                .answer(0, 100, 3) // the same day: does not count
                .answer(0, 101, 1) // counts, failed
                .answer(0, 101, 3) // the same day
                .answer(0, 121, 3) // 20 days: young, passed
                .answer(0, 142, 4) // 21 days: mature, passed
                .history();

        TrueRetention retention = TrueRetention.of(history, 100, 142);

        assertThat(retention.young()).isEqualTo(new Proportion(2, 1));
        assertThat(retention.mature()).isEqualTo(new Proportion(1, 1));
        assertThat(retention.all()).isEqualTo(new Proportion(3, 2));
        assertThat(TrueRetention.of(history, 102, 141).all()).isEqualTo(new Proportion(1, 1));
        assertThat(TrueRetention.of(history, 143, 200)).isEqualTo(TrueRetention.NONE);
    }

    @Test
    void seriesAreCutAtMondaysAndFirstsOfAMonth() {
        int sunday = MONDAY - 1; // 2026-03-01
        AnswerHistory history = new Logs()
                .answer(0, MONDAY - 8, 3)
                .answer(0, MONDAY - 2, 3) // Saturday, February
                .answer(0, sunday, 1) // March
                .answer(0, MONDAY, 3)
                .answer(0, MONDAY + 6, 3)
                .answer(0, MONDAY + 7, 3)
                .history();

        assertThat(TrueRetention.series(history, 0, MONDAY + 30, Per.WEEK))
                .containsExactly(
                        java.util.Map.entry(MONDAY - 7, young(2, 1)),
                        java.util.Map.entry(MONDAY, young(2, 2)),
                        java.util.Map.entry(MONDAY + 7, young(1, 1)));
        assertThat(TrueRetention.series(history, 0, MONDAY + 30, Per.MONTH))
                .containsExactly(
                        java.util.Map.entry((int) LocalDate.of(2026, 2, 1).toEpochDay(), young(1, 1)),
                        java.util.Map.entry(sunday, young(4, 3)));
        assertThat(TrueRetention.series(history, sunday, MONDAY, Per.DAY))
                .containsExactly(java.util.Map.entry(sunday, young(1, 0)), java.util.Map.entry(MONDAY, young(1, 1)));
        assertThat(Per.WEEK.end(MONDAY)).isEqualTo(MONDAY + 6);
        assertThat(LocalDate.ofEpochDay(Per.MONTH.end(MONDAY - 2))).isEqualTo("2026-02-28");
    }

    @Test
    void theHeatMapSumsUpEachDay() {
        AnswerHistory history = new Logs()
                .answer(0, 100, 1, 30_000)
                .answer(0, 100, 3, 15_000)
                .answer(1, 100, 3)
                .answer(0, 103, 4, 700_000) // counted as ten minutes
                .answer(2, 104, 3, 1)
                .history();

        assertThat(HeatMap.of(history, 100, 103))
                .isEqualTo(List.of(
                        new HeatMap.Day(100, new Proportion(3, 2), 2, 0, 2, 0.75),
                        new HeatMap.Day(103, new Proportion(1, 1), 0, 1, 1, 10)));
    }

    @Test
    void calibrationComparesByBin() {
        Calibration calibration = Calibration.of(
                new double[] {0.85, 0.87, 0.95, 1, 0.2},
                new boolean[] {true, false, true, true, false},
                new long[] {1, 1, 1, 1, 2},
                10);

        assertThat(calibration.all()).isEqualTo(new Proportion(5, 3));
        assertThat(calibration.predicted()).isEqualTo(0.774, within(1e-15));
        assertThat(calibration.bins()).hasSize(3);
        assertThat(calibration.bins().get(0)).isEqualTo(new Calibration.Bin(0.2, 0.3, 0.2, new Proportion(1, 0)));
        assertThat(calibration.bins().get(1).observed()).isEqualTo(new Proportion(2, 1));
        assertThat(calibration.bins().get(1).predicted()).isEqualTo(0.86, within(1e-15));
        assertThat(calibration.bins().get(2)).isEqualTo(new Calibration.Bin(0.9, 1, 0.975, new Proportion(2, 2)));
        // -(ln .85 + ln .13 + ln .95 + ln 1 + ln .8) / 5
        assertThat(calibration.logLoss()).isEqualTo(0.495435320745, within(1e-12));
        // bins of RMSE: (.85 + .87 + .95 + 1 - 3) / 4 over four, .2 over one
        assertThat(calibration.rmseBins()).isEqualTo(Math.sqrt((4 * 0.1675 * 0.1675 + 0.2 * 0.2) / 5), within(1e-12));
        assertThat(calibration.auc()).isEqualTo(5.0 / 6, within(1e-15));
    }

    @Test
    void nothingPredictedIsNoFailure() {
        Calibration calibration = Calibration.of(new Logs().history(), new double[0], 0, 20);

        assertThat(calibration.all()).isEqualTo(new Proportion(0, 0));
        assertThat(calibration.bins()).isEmpty();
        assertThat(calibration.logLoss()).isNaN();
    }

    @Test
    void aBinBeginsWithItsLowerBound() {
        Histogram days = Histogram.ofDays(new double[] {0, 0.5, 1, 20.99, 21, 10_000});

        assertThat(days.bins().stream().filter(bin -> bin.count() > 0))
                .containsExactly(
                        new Histogram.Bin(0, 1, 2),
                        new Histogram.Bin(1, 3, 1),
                        new Histogram.Bin(14, 21, 1),
                        new Histogram.Bin(21, 30, 1),
                        new Histogram.Bin(730, Double.POSITIVE_INFINITY, 1));
        assertThat(days.median()).isEqualTo((1 + 20.99) / 2);
        assertThat(days.count()).isEqualTo(6);
        assertThat(Histogram.ofDifficulty(new double[] {1, 10}).bins().getLast())
                .isEqualTo(new Histogram.Bin(9, 10, 1));
        assertThat(Histogram.ofRecall(new double[] {1, 0.95}).bins().getLast().count())
                .isEqualTo(2);
        assertThat(Histogram.ofDays(new double[0]).mean()).isNaN();
    }

    private static TrueRetention young(int count, int hits) {
        return new TrueRetention(new Proportion(count, hits), new Proportion(0, 0));
    }
}
