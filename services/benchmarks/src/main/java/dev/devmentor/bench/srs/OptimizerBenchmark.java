package dev.devmentor.bench.srs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.NodePeer;
import dev.devmentor.bench.Report;
import dev.devmentor.bench.scheduler.ReviewLog;
import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.learning.engine.fit.Fsrs6Trainer;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer.Targets;
import dev.devmentor.learning.engine.fit.Recall;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** How long fits take on one thread, FSRS-6 beside fsrs-rs, and whose weights predict a held-out tail better. */
public final class OptimizerBenchmark implements Benchmark {

    private static final int WARM_UPS = 5;
    private static final int RUNS = 15;
    private static final int GENERATED_CARDS = 4_200; // 84 000 reviews
    private static final long SEED = 20_260_102;
    private static final double TOLERANCE = 0.0005;

    /**
     * Wall time over CPU time of a run on one thread, and its inverse. Above it somebody else had the core for a fifth of the
     * time, and the run says nothing of the fit; an idle machine gives .99 to 1.01. Below its inverse more than one thread
     * worked.
     */
    private static final double MOST_WALL_PER_CPU = 1.25;

    /** How often a run that was disturbed is made again, before the machine counts as too busy to measure on. */
    private static final int REPEATS = 3;

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        Path file = arguments.isEmpty()
                ? root.resolve("services/cli/src/main/resources/demo/revlog.csv")
                : Path.of(arguments.getFirst());
        if (!Files.isRegularFile(file)) {
            throw new BenchmarkFailed("there is no file " + file);
        }
        ReviewFile read = ReviewFile.read(file);
        ReviewHistory real = read.history();
        ReviewHistory generated = generated();
        NodePeer peer = new NodePeer(root, "fsrs-rs", "@open-spaced-repetition/binding");

        Report report =
                new Report("fit, one thread", "reviews", "targets", "median ms", "best ms", "CPU / wall", "tail loss");
        Pair small = measure(report, file.getFileName().toString(), real, peer);
        Pair large = measure(report, "generated", generated, peer);
        return report.note(
                        "%d warm-ups, median of %d; what is read is built beforehand on both sides.%s",
                        WARM_UPS, RUNS, read.skipped().sentence())
                .note(
                        "A run whose wall time is above %.2f x its CPU time is made again, up to %d times; then the benchmark fails.",
                        MOST_WALL_PER_CPU, REPEATS)
                .note("Tail loss: mean log loss on the last fifth of the targets, of weights fitted to the rest.")
                .note(
                        "fsrs-rs by @open-spaced-repetition/binding %s, looking for its end every ms instead of every 500.",
                        small.version())
                .value("fsrs6_ms", rounded(small.fsrs6()))
                .value("fsrsrs_ms", rounded(small.fsrsRs()))
                .value("ratio_small", rounded(small.fsrs6() / small.fsrsRs()))
                .value("ratio_large", rounded(large.fsrs6() / large.fsrsRs()))
                .value("fsrs7_ms", rounded(small.fsrs7()))
                .value("fsrs6_large_ms", rounded(large.fsrs6()))
                .value("fsrsrs_large_ms", rounded(large.fsrsRs()))
                .value("fsrs7_large_ms", rounded(large.fsrs7()))
                .value("tail_loss_minus_fsrsrs_small", rounded(small.tailDifference()))
                .value("tail_loss_minus_fsrsrs_large", rounded(large.tailDifference()));
    }

    /** Medians in ms. */
    private record Pair(double fsrs6, double fsrsRs, double fsrs7, double tailDifference, String version) {}

    private static Pair measure(Report report, String name, ReviewHistory history, NodePeer peer) throws Exception {
        int[] targets = Trial.longTerm(history);
        int headTargets = targets.length - targets.length / 5;
        int headRows = targets[headTargets];
        System.err.println(name + ": fsrs-rs");
        JsonNode theirs = peer.run(input(history, headRows));
        if (theirs.get("items").asInt() != targets.length) {
            throw new BenchmarkFailed("fsrs-rs got " + theirs.get("items") + " items of " + targets.length);
        }
        Times fsrsRs = new Times(NodePeer.numbers(theirs.get("wallMs")), NodePeer.numbers(theirs.get("cpuMs")));
        for (int i = 0; i < fsrsRs.wall().length; i++) {
            refuseDisturbed("fsrs-rs, " + name, fsrsRs.wall()[i], fsrsRs.cpu()[i]);
        }
        System.err.println(name + ": ours");
        Times fsrs6 = time("FSRS-6, " + name, () -> Fsrs6Trainer.fit(history));
        Times fsrs7 = time("FSRS-7, " + name, () -> Fsrs7Trainer.fit(history, Targets.LONG_TERM));

        ReviewHistory head = history.prefix(headRows);
        double ourLoss = tailLoss(Fsrs6Trainer.fit(head), history, headRows);
        double theirLoss = tailLoss(Fsrs6Weights.of(NodePeer.numbers(theirs.get("headWeights"))), history, headRows);
        row(report, "FSRS-6, " + name, history, targets.length, fsrs6, ourLoss);
        row(report, "fsrs-rs, " + name, history, targets.length, fsrsRs, theirLoss);
        row(report, "FSRS-7, " + name, history, targets.length, fsrs7, Double.NaN);
        if (!(ourLoss <= theirLoss + TOLERANCE)) {
            throw new BenchmarkFailed(name + ": our tail loss is " + ourLoss + ", that of fsrs-rs " + theirLoss);
        }
        String version = theirs.get("version").asText();
        return new Pair(fsrs6.median(), fsrsRs.median(), fsrs7.median(), ourLoss - theirLoss, version);
    }

    private static ObjectNode input(ReviewHistory history, int headRows) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode input = json.createObjectNode();
        input.put("warmUps", WARM_UPS).put("runs", RUNS).put("headRows", headRows);
        input.put("mostWallPerCpu", MOST_WALL_PER_CPU).put("repeats", REPEATS);
        IntStream rows = IntStream.range(0, history.size());
        input.set("card", json.valueToTree(rows.map(history::card).toArray()));
        input.set(
                "grade",
                json.valueToTree(
                        IntStream.range(0, history.size()).map(history::grade).toArray()));
        input.set(
                "days",
                json.valueToTree(
                        IntStream.range(0, history.size()).map(history::days).toArray()));
        return input;
    }

    private static Times time(String name, Supplier<Object> fit) throws BenchmarkFailed {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Object first = fit.get();
        for (int i = 1; i < WARM_UPS; i++) {
            refuseOther(first, fit.get());
        }
        double[] wall = new double[RUNS];
        double[] cpu = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            for (int attempt = 0; attempt == 0 || attempt <= REPEATS && isDisturbed(wall[i], cpu[i]); attempt++) {
                long cpuBegun = threads.getCurrentThreadCpuTime();
                long begun = System.nanoTime();
                Object result = fit.get();
                wall[i] = (System.nanoTime() - begun) / 1e6;
                cpu[i] = (threads.getCurrentThreadCpuTime() - cpuBegun) / 1e6;
                refuseOther(first, result);
            }
            refuseDisturbed(name, wall[i], cpu[i]);
        }
        return new Times(wall, cpu);
    }

    /** Whether others had the core for part of a run, or another thread helped; both times in the same unit. */
    static boolean isDisturbed(double wall, double cpu) {
        return !(wall <= MOST_WALL_PER_CPU * cpu && cpu <= MOST_WALL_PER_CPU * wall);
    }

    static void refuseDisturbed(String name, double wall, double cpu) throws BenchmarkFailed {
        if (isDisturbed(wall, cpu)) {
            throw new BenchmarkFailed(String.format(
                    Locale.ROOT,
                    "%s: a run took %.1f ms of wall time and %.1f ms of CPU, after %d repeats: %s",
                    name,
                    wall,
                    cpu,
                    REPEATS,
                    wall > cpu ? "the machine is busy" : "more than one thread worked"));
        }
    }

    private static void refuseOther(Object first, Object result) throws BenchmarkFailed {
        if (!result.equals(first)) {
            throw new BenchmarkFailed("two fits of the same history differ");
        }
    }

    private static double tailLoss(Fsrs6Weights weights, ReviewHistory history, int from) {
        double[] p = Recall.of(new Fsrs6(weights), history);
        double sum = 0;
        int count = 0;
        for (int r = from; r < history.size(); r++) {
            if (history.isLongTerm(r)) {
                sum -= DeterministicMath.log(history.grade(r) > 1 ? p[r] : 1 - p[r]);
                count++;
            }
        }
        return sum / count;
    }

    private static ReviewHistory generated() {
        ReviewLog log = ReviewLog.random(GENERATED_CARDS, SEED);
        double[] elapsed = new double[log.size()];
        long[] time = new long[log.size()];
        for (int i = 0; i < log.size(); i++) {
            elapsed[i] = Math.max(log.elapsedDays()[i], 0.01);
            time[i] = log.day()[i] * 86_400_000L + i % 86_400_000;
        }
        return ReviewHistory.of(log.card(), log.grade(), log.elapsedDays(), elapsed, time);
    }

    private static void row(Report report, String name, ReviewHistory history, int targets, Times times, double loss) {
        report.row(
                name,
                String.format(Locale.ROOT, "%,d", history.size()),
                String.format(Locale.ROOT, "%,d", targets),
                String.format(Locale.ROOT, "%.1f", times.median()),
                String.format(Locale.ROOT, "%.1f", times.best()),
                String.format(Locale.ROOT, "%.2f", times.cpuPerWall()),
                Double.isNaN(loss) ? "" : String.format(Locale.ROOT, "%.4f", loss));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /** Milliseconds of several runs. */
    private record Times(double[] wall, double[] cpu) {
        double median() {
            double[] sorted = Arrays.stream(wall).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        double best() {
            return Arrays.stream(wall).min().orElseThrow();
        }

        /** 1 for one busy thread; less where others took the core. */
        double cpuPerWall() {
            return Arrays.stream(cpu).sum() / Arrays.stream(wall).sum();
        }
    }
}
