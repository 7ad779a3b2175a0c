package dev.devmentor.bench.forecast;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.learning.engine.analytics.AnswerHistory;
import dev.devmentor.learning.engine.analytics.HeatMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A log cut between two days: the first half ends with the day on which half of the answers are given.
 *
 * @param whole the log
 * @param before what may be learnt from
 * @param today the first day of the later half
 * @param days how many it has, those without answers included
 */
record Halves(AnswerHistory whole, AnswerHistory before, int today, int days) {

    /** A month says little, but less says nothing. */
    private static final int FEWEST_DAYS = 14;

    static Halves of(AnswerHistory log) throws BenchmarkFailed {
        int half = (log.size() + 1) / 2;
        if (half < 100) {
            throw new BenchmarkFailed("only " + log.size() + " answers");
        }
        int today = log.day(half - 1) + 1;
        int rows = half;
        while (rows < log.size() && log.day(rows) < today) {
            rows++;
        }
        int days = log.day(log.size() - 1) - today + 1;
        if (days < FEWEST_DAYS) {
            throw new BenchmarkFailed("the later half has only " + days + " days");
        }
        return new Halves(log, log.prefix(rows), today, days);
    }

    int firstRow() {
        return before.size();
    }

    /** What happened on each day of the later half. */
    double[] happened(ToDoubleFunction<HeatMap.Day> value) {
        return perDay(whole, today, days, value);
    }

    /** What happened on each of so many days before it. */
    double[] past(int daysBack, ToDoubleFunction<HeatMap.Day> value) {
        return perDay(before, today - daysBack, daysBack, value);
    }

    /** Days from the log's first to the last before today. */
    int pastDays() {
        return today - before.day(0);
    }

    private static double[] perDay(AnswerHistory log, int from, int days, ToDoubleFunction<HeatMap.Day> value) {
        List<HeatMap.Day> worked = HeatMap.of(log, from, from + days - 1);
        Map<Integer, HeatMap.Day> byDay = new HashMap<>();
        worked.forEach(day -> byDay.put(day.day(), day));
        double[] values = new double[days];
        for (int i = 0; i < days; i++) {
            HeatMap.Day day = byDay.get(from + i);
            values[i] = day == null ? 0 : value.applyAsDouble(day);
        }
        return values;
    }
}
