package dev.devmentor.bench.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.pbml.engine.drift.Adwin;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Delays of changes of the rate of hits after stationary streams of different lengths, false alarms in stationary ones, and
 * the calibration of the confidence in generated patterns.
 */
public final class DriftBenchmark implements Benchmark {

    private static final long SEED = 20_261_129;
    private static final int SHIFTS = 1_000;
    private static final int OTHER_SHIFTS = 200;
    private static final int STATIONARY_RUNS = 200;
    private static final int STATIONARY_EVENTS = 100_000;

    /** Stationary events before a change. */
    private static final int[] BEFORE = {100, 300, 1_000, 3_000, 10_000, 30_000, 100_000};

    /** A change that is not found within so many events is missed. */
    private static final int PATIENCE = 20_000;

    private static final int TIMED = 1_000_000;
    private static final int WARM_UPS = 5;

    /** Time of this thread, not of the clock: other work on the machine does not count. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private record Shift(String name, double from, double to, int over) {}

    /** Delays in events, sorted, and how many changes were missed. */
    private record Delays(int[] sorted, int missed, int early) {
        double mean() {
            return Arrays.stream(sorted).average().orElse(Double.NaN);
        }

        int quantile(double q) {
            return sorted.length == 0 ? -1 : sorted[Math.min(sorted.length - 1, (int) (q * sorted.length))];
        }

        int max() {
            return sorted.length == 0 ? -1 : sorted[sorted.length - 1];
        }
    }

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        if (!arguments.isEmpty()) {
            throw new BenchmarkFailed("takes no inputs, but got " + String.join(" ", arguments));
        }
        Report report =
                new Report("change", "over", "changes", "delay mean", "median", "p95", "max", "missed", "false before");
        Delays headline = null;
        ObjectNode others = new ObjectMapper().createObjectNode();
        List<Shift> shifts = List.of(
                new Shift(".2 to .8", 0.2, 0.8, 0),
                new Shift(".8 to .2", 0.8, 0.2, 0),
                new Shift(".05 to .3", 0.05, 0.3, 0),
                new Shift(".9 to .7", 0.9, 0.7, 0),
                new Shift(".5 to .7", 0.5, 0.7, 0),
                new Shift(".5 to .6", 0.5, 0.6, 0),
                new Shift(".2 to .8", 0.2, 0.8, 500),
                new Shift(".2 to .8", 0.2, 0.8, 5_000),
                new Shift(".5 to .7", 0.5, 0.7, 1_000));
        for (Shift shift : shifts) {
            System.err.println(shift);
            Delays delays = delays(shift, headline == null ? SHIFTS : OTHER_SHIFTS);
            headline = headline == null ? delays : headline;
            report.row(
                    shift.name,
                    shift.over == 0 ? "at once" : shift.over + " events",
                    Integer.toString(delays.sorted.length + delays.missed),
                    one(delays.mean()),
                    Integer.toString(delays.quantile(0.5)),
                    Integer.toString(delays.quantile(0.95)),
                    Integer.toString(delays.max()),
                    Integer.toString(delays.missed),
                    Integer.toString(delays.early));
            others.put(shift.name + (shift.over == 0 ? "" : " over " + shift.over), round(delays.mean()));
        }
        if (headline == null) {
            throw new BenchmarkFailed("nothing was measured");
        }
        double falseAlarms = stationary(report);
        double[] calibration = GeneratedPatterns.calibrationErrors(new SplittableRandom(SEED));
        report.note(
                "ece of generated patterns: %.4f of the posterior mean, %.4f of a model that is too sure after the calibration layer (%.4f before).",
                calibration[0], calibration[2], calibration[1]);
        double speed = speed();
        report.note("%.1f M events/s on one core in a stationary stream.", speed / 1e6);
        return report.value("delay_mean", round(headline.mean()))
                .value("delay_p95", headline.quantile(0.95))
                .value("delay_max", headline.max())
                .value("missed", headline.missed)
                .value("false_alarms_per_100k", falseAlarms)
                .value("ece", round(calibration[0], 5))
                .value("ece_raw", round(calibration[1], 5))
                .value("ece_calibrated", round(calibration[2], 5))
                .value("events_per_s", Math.round(speed))
                .value("delay_means", others)
                .value("seed", SEED);
    }

    private static Delays delays(Shift shift, int changes) {
        SplittableRandom random = new SplittableRandom(SEED + Double.hashCode(shift.from * 31 + shift.to) + shift.over);
        int[] found = new int[changes];
        int count = 0;
        int missed = 0;
        int early = 0;
        for (int run = 0; run < changes; run++) {
            Adwin adwin = new Adwin();
            int before = BEFORE[run % BEFORE.length];
            for (int i = 0; i < before; i++) {
                early += adwin.add(random.nextDouble() < shift.from) == null ? 0 : 1;
            }
            int delay = 0;
            for (int i = 1; i <= PATIENCE && delay == 0; i++) {
                double share = shift.over == 0 ? 1 : Math.min(1, (double) i / shift.over);
                double rate = shift.from + share * (shift.to - shift.from);
                delay = adwin.add(random.nextDouble() < rate) == null ? 0 : i;
            }
            if (delay == 0) {
                missed++;
            } else {
                found[count++] = delay;
            }
        }
        int[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return new Delays(sorted, missed, early);
    }

    /** False alarms in 100 000 events, over rates from .05 to .95. */
    private static double stationary(Report report) throws BenchmarkFailed {
        SplittableRandom seeds = new SplittableRandom(SEED);
        long alarms = 0;
        int most = 0;
        for (int run = 0; run < STATIONARY_RUNS; run++) {
            if (run % 20 == 0) {
                System.err.println("stationary " + run + "/" + STATIONARY_RUNS);
            }
            double rate = 0.05 * (1 + run % 19);
            SplittableRandom random = seeds.split();
            Adwin adwin = new Adwin();
            int own = 0;
            for (int i = 0; i < STATIONARY_EVENTS; i++) {
                own += adwin.add(random.nextDouble() < rate) == null ? 0 : 1;
            }
            if (own == 0 && adwin.width() != STATIONARY_EVENTS) {
                throw new BenchmarkFailed("the window lost events without an alarm");
            }
            alarms += own;
            most = Math.max(most, own);
        }
        double per100k = alarms / (STATIONARY_RUNS * (STATIONARY_EVENTS / 100_000.0));
        report.note(
                "%d false alarms in %d stationary streams of %d events at rates .05 to .95; at most %d in one.",
                alarms, STATIONARY_RUNS, STATIONARY_EVENTS, most);
        return per100k;
    }

    private static double speed() {
        boolean[] events = new boolean[TIMED];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < TIMED; i++) {
            events[i] = random.nextDouble() < 0.3;
        }
        double[] speeds = new double[2 * WARM_UPS + 1];
        for (int run = 0; run < speeds.length; run++) {
            Adwin adwin = new Adwin();
            long start = CPU.getCurrentThreadCpuTime();
            for (boolean event : events) {
                adwin.add(event);
            }
            speeds[run] = TIMED / ((CPU.getCurrentThreadCpuTime() - start) / 1e9);
        }
        double[] warm = Arrays.copyOfRange(speeds, WARM_UPS, speeds.length);
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static double round(double value) {
        return round(value, 2);
    }

    private static double round(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
