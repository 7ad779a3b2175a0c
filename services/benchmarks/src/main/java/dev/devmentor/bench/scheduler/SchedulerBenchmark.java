package dev.devmentor.bench.scheduler;

import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** SM-2, FSRS-6 and FSRS-7 steps per second on one core, beside ts-fsrs {@code next} on the same review log. */
public final class SchedulerBenchmark implements Benchmark {

    private static final int WARM_UPS = 5;
    private static final int ITERATIONS = 7;
    private static final int FORKS = 3;

    /** ts-fsrs rounds memories to 8 decimals at every step. */
    private static final double TOLERANCE = 1e-5;

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        ReviewLog log = ReviewLog.random(SchedulerSteps.CARDS, SchedulerSteps.SEED);
        System.err.printf("ts-fsrs next, %d + %d passes over %,d answers%n", WARM_UPS, ITERATIONS, log.size());
        TsFsrs.Result peer = new TsFsrs(root).run(log, WARM_UPS, ITERATIONS);
        double difference = largestDifference(log, peer);
        System.err.printf("memories of %,d cards agree within %.1e%n", log.cards(), difference);

        Rate tsFsrs = new Rate(peer.stepsPerSecond());
        Rate fsrs6 = measure("fsrs6");
        Rate fsrs7 = measure("fsrs7");
        Rate fsrs7Memory = measure("fsrs7Memory");
        Rate sm2 = measure("sm2");
        Rate cardFold = measure("cardFold");
        Rate cardReplay = measure("cardReplay");

        Report report = new Report("steps per second, one thread", "median", "best", "x ts-fsrs");
        row(report, "SM-2", sm2, tsFsrs);
        row(report, "FSRS-6", fsrs6, tsFsrs);
        row(report, "FSRS-7", fsrs7, tsFsrs);
        row(report, "FSRS-7, memory without interval", fsrs7Memory, tsFsrs);
        row(report, "card fold (both, with due date)", cardFold, tsFsrs);
        row(report, "card replay (both, last due date)", cardReplay, tsFsrs);
        row(report, "ts-fsrs " + peer.version() + " next", tsFsrs, tsFsrs);
        return report.note(
                        "%,d answers to %,d cards; final memories of FSRS-6 and ts-fsrs differ by at most %.1e (relative).",
                        log.size(), log.cards(), difference)
                .value("fsrs6_per_s", Math.round(fsrs6.median()))
                .value("fsrs7_per_s", Math.round(fsrs7.median()))
                .value("fsrs7_memory_per_s", Math.round(fsrs7Memory.median()))
                .value("sm2_per_s", Math.round(sm2.median()))
                .value("tsfsrs_per_s", Math.round(tsFsrs.median()))
                .value("fold_per_s", Math.round(cardFold.median()))
                .value("replay_100k_ms", Math.round(100_000 / cardReplay.median() * 10_000) / 10.0)
                .value("ratio_tsfsrs", Math.round(fsrs6.median() / tsFsrs.median() * 10) / 10.0);
    }

    private static void row(Report report, String name, Rate rate, Rate peer) {
        report.row(
                name,
                String.format(Locale.ROOT, "%,.0f", rate.median()),
                String.format(Locale.ROOT, "%,.0f", rate.best()),
                String.format(Locale.ROOT, "%.1f", rate.median() / peer.median()));
    }

    private static Rate measure(String name) throws Exception {
        Options options = new OptionsBuilder()
                .include("^" + SchedulerSteps.class.getName().replace(".", "\\.") + "\\." + name + "$")
                .forks(FORKS)
                .threads(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .jvmArgs("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC")
                .build();
        Collection<RunResult> results =
                new Runner(options, OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL)).run();
        if (results.size() != 1) {
            throw new BenchmarkFailed("JMH found " + results.size() + " benchmarks called " + name);
        }
        double[] rates = results.iterator().next().getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .toArray();
        if (rates.length != FORKS * ITERATIONS) {
            throw new BenchmarkFailed("JMH measured " + rates.length + " iterations of " + name);
        }
        return new Rate(rates);
    }

    /** Compares every card's memory after the whole log. */
    private static double largestDifference(ReviewLog log, TsFsrs.Result peer) throws BenchmarkFailed {
        Fsrs6Memory[] ours = new Fsrs6Memory[log.cards()];
        for (int i = 0; i < log.size(); i++) {
            int card = log.card()[i];
            ours[card] = Fsrs6.DEFAULT.next(ours[card], Grade.of(log.grade()[i]), log.elapsedDays()[i]);
        }
        double largest = 0;
        for (int card = 0; card < log.cards(); card++) {
            double stability = relative(ours[card].stability(), peer.stability()[card]);
            double difficulty = relative(ours[card].difficulty(), peer.difficulty()[card]);
            largest = Math.max(largest, Math.max(stability, difficulty));
            if (!(largest <= TOLERANCE)) {
                throw new BenchmarkFailed("card " + card + ": ours is " + ours[card] + ", ts-fsrs has stability "
                        + peer.stability()[card] + " and difficulty " + peer.difficulty()[card]);
            }
        }
        return largest;
    }

    private static double relative(double ours, double theirs) {
        return Math.abs(ours - theirs) / ours;
    }

    /** Steps per second of several passes. */
    private record Rate(double median, double best) {
        Rate(double[] rates) {
            this(median(rates), Arrays.stream(rates).max().orElseThrow());
        }

        private static double median(double[] rates) {
            double[] sorted = Arrays.stream(rates).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}
