package dev.devmentor.bench.templates;

import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.pbml.engine.owner.OwnerLimits;
import dev.devmentor.pbml.engine.template.Template;
import dev.devmentor.pbml.engine.template.TemplateMiner;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The template miner as shipped, with its default limits: how well it finds the labelled templates of each set, how many lines
 * a second it learns from, and how long a match takes.
 */
public final class TemplatesBenchmark implements Benchmark {

    private static final long SEED = 20_261_129;
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 5;
    private static final int BLOCK = 50_000;
    private static final int BLOCKS = 20;
    private static final int MATCHES = 500_000;

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        if (arguments.size() != 1) {
            throw new BenchmarkFailed(
                    "usage: scripts/bench templates DIR, where DIR holds NAME/*" + LabelledLog.SUFFIX);
        }
        List<LabelledLog> logs = LabelledLog.all(Path.of(arguments.getFirst()));
        Report report = new Report("set", "GA", "PA", "FGA", "FTA", "templates found", "true");
        double[] sums = new double[4];
        for (LabelledLog log : logs) {
            Accuracy accuracy = accuracy(log);
            row(
                    report,
                    log.name(),
                    accuracy.ga(),
                    accuracy.pa(),
                    accuracy.fga(),
                    accuracy.fta(),
                    accuracy.found(),
                    accuracy.truly());
            sums[0] += accuracy.ga();
            sums[1] += accuracy.pa();
            sums[2] += accuracy.fga();
            sums[3] += accuracy.fta();
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= logs.size();
        }
        report.row("average", three(sums[0]), three(sums[1]), three(sums[2]), three(sums[3]), "", "");
        FreshLines fresh = new FreshLines(logs, SEED);
        double[] linesPerSecond = linesPerSecond(fresh);
        double p99 = matchP99(fresh);
        report.note(
                "%,.0f lines/s on one thread, %,.0f per second of CPU time: medians of %d rounds of %,d lines with fresh values,"
                        + " after %d warm-ups",
                linesPerSecond[0], linesPerSecond[1], ROUNDS, BLOCK * BLOCKS, WARM_UPS);
        report.note("match: 99%% of %,d take at most %.2f µs", MATCHES, p99);
        return report.value("avg_ga", sums[0])
                .value("avg_pa", sums[1])
                .value("avg_fga", sums[2])
                .value("avg_fta", sums[3])
                .value("lines_per_s", Math.round(linesPerSecond[0]))
                .value("match_p99_us", p99);
    }

    private static void row(
            Report report, String name, double ga, double pa, double fga, double fta, int found, int truly) {
        report.row(
                name, three(ga), three(pa), three(fga), three(fta), Integer.toString(found), Integer.toString(truly));
    }

    private static String three(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** A set from first to last line with a new miner; a line's template is what its id means at the end. */
    private static Accuracy accuracy(LabelledLog log) throws BenchmarkFailed {
        TemplateMiner miner = new TemplateMiner(OwnerLimits.DEFAULT.templates());
        long[] ids = new long[log.lines().size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = miner.add(log.lines().get(i)).template();
        }
        verify(miner, ids.length);
        List<String> found = new ArrayList<>(ids.length);
        for (long id : ids) {
            found.add(miner.template(id)
                    .orElseThrow(() -> new BenchmarkFailed(log.name() + ": template " + id + " was forgotten"))
                    .text());
        }
        return Accuracy.of(found, log.templates());
    }

    /** Every line was counted. */
    private static void verify(TemplateMiner miner, long lines) throws BenchmarkFailed {
        long counted = miner.templates().stream().mapToLong(Template::count).sum();
        if (counted != lines) {
            throw new BenchmarkFailed("of " + lines + " lines the templates count " + counted);
        }
    }

    /** By the clock, and by the time that the thread had a core: they differ where others want the core too. */
    private static double[] linesPerSecond(FreshLines fresh) throws BenchmarkFailed {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        double[] rates = new double[ROUNDS];
        double[] cpuRates = new double[ROUNDS];
        String[] block = new String[BLOCK];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            TemplateMiner miner = new TemplateMiner(OwnerLimits.DEFAULT.templates());
            long nanos = 0;
            long cpu = 0;
            for (int b = 0; b < BLOCKS; b++) {
                fresh.fill(block);
                long from = System.nanoTime();
                long cpuFrom = thread.getCurrentThreadCpuTime();
                for (String line : block) {
                    miner.add(line);
                }
                cpu += thread.getCurrentThreadCpuTime() - cpuFrom;
                nanos += System.nanoTime() - from;
            }
            verify(miner, (long) BLOCK * BLOCKS);
            double rate = (double) BLOCK * BLOCKS / nanos * 1e9;
            double cpuRate = (double) BLOCK * BLOCKS / cpu * 1e9;
            System.err.printf(
                    Locale.ROOT,
                    "%s: %,.0f lines/s, %,.0f per second of CPU time, %d templates%n",
                    round < 0 ? "warm-up" : "round",
                    rate,
                    cpuRate,
                    miner.size());
            if (round >= 0) {
                rates[round] = rate;
                cpuRates[round] = cpuRate;
            }
        }
        Arrays.sort(rates);
        Arrays.sort(cpuRates);
        return new double[] {rates[ROUNDS / 2], cpuRates[ROUNDS / 2]};
    }

    private static double matchP99(FreshLines fresh) {
        TemplateMiner miner = new TemplateMiner(OwnerLimits.DEFAULT.templates());
        String[] block = new String[BLOCK];
        fresh.fill(block);
        for (String line : block) {
            miner.add(line);
        }
        long[] nanos = new long[MATCHES];
        long parts = 0;
        for (int i = 0; i < MATCHES; i++) {
            if (i % BLOCK == 0) {
                fresh.fill(block);
            }
            long from = System.nanoTime();
            parts += miner.match(block[i % BLOCK]).map(match -> match.parts()).orElse(0);
            nanos[i] = System.nanoTime() - from;
        }
        System.err.printf(Locale.ROOT, "%,d variable parts in %,d matches%n", parts, MATCHES);
        Arrays.sort(nanos);
        return nanos[(int) Math.ceil(MATCHES * 0.99) - 1] / 1e3;
    }
}
