package dev.devmentor.bench;

import dev.devmentor.bench.choice.ChoiceBenchmark;
import dev.devmentor.bench.cochange.CochangeBenchmark;
import dev.devmentor.bench.drift.DriftBenchmark;
import dev.devmentor.bench.embeddings.EmbeddingsBenchmark;
import dev.devmentor.bench.events.EventsBenchmark;
import dev.devmentor.bench.events.PbmlEventsBenchmark;
import dev.devmentor.bench.flow.FlowBenchmark;
import dev.devmentor.bench.forecast.ForecastBenchmark;
import dev.devmentor.bench.gateway.GatewayBenchmark;
import dev.devmentor.bench.kt.KtBenchmark;
import dev.devmentor.bench.scheduler.SchedulerBenchmark;
import dev.devmentor.bench.sequences.SequencesBenchmark;
import dev.devmentor.bench.srs.GuardBenchmark;
import dev.devmentor.bench.srs.OptimizerBenchmark;
import dev.devmentor.bench.srs.SrsBenchmark;
import dev.devmentor.bench.templates.TemplatesBenchmark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What {@code scripts/bench NAME} starts. Progress goes to standard error, results to standard output. */
public final class Bench {

    /** Every benchmark there is; a further one is a line here. */
    private static final Map<String, Benchmark> BENCHMARKS = new TreeMap<>(Map.ofEntries(
            Map.entry("choice", new ChoiceBenchmark()),
            Map.entry("cochange", new CochangeBenchmark()),
            Map.entry("drift", new DriftBenchmark()),
            Map.entry("embeddings", new EmbeddingsBenchmark()),
            Map.entry("events", new EventsBenchmark()),
            Map.entry("flow", new FlowBenchmark()),
            Map.entry("forecast", new ForecastBenchmark()),
            Map.entry("gateway", new GatewayBenchmark()),
            Map.entry("guard", new GuardBenchmark()),
            Map.entry("kt", new KtBenchmark()),
            Map.entry("pbml-events", new PbmlEventsBenchmark()),
            Map.entry("optimizer", new OptimizerBenchmark()),
            Map.entry("scheduler", new SchedulerBenchmark()),
            Map.entry("sequences", new SequencesBenchmark()),
            Map.entry("srs", new SrsBenchmark()),
            Map.entry("templates", new TemplatesBenchmark())));

    private Bench() {}

    /** Runs the benchmark named by the first argument; ends with 1 if it failed, 2 if there is none of that name. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        Benchmark benchmark = arguments.length == 0 ? null : BENCHMARKS.get(arguments[0]);
        if (benchmark == null) {
            System.err.println("usage: scripts/bench NAME [inputs], where NAME is one of: "
                    + String.join(", ", BENCHMARKS.keySet()));
            return 2;
        }
        Path root = Path.of(System.getProperty("devmentor.root", "."));
        try {
            benchmark
                    .run(root, Arrays.asList(arguments).subList(1, arguments.length))
                    .print(System.out);
            return 0;
        } catch (BenchmarkFailed e) {
            System.err.println("bench " + arguments[0] + ": " + e.getMessage());
            return 1;
        } catch (Exception e) {
            System.err.println("bench " + arguments[0] + " broke:");
            e.printStackTrace();
            return 1;
        }
    }
}
