package dev.devmentor.bench.events;

import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.PartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * {@code scripts/bench events}: the same records through a consumer that only parses, through Kafka Streams, and through
 * the learning service as shipped, one after another on one machine; then the time from send to visible.
 *
 * <p>Every run is a process of its own that begins at the beginning of the topic: as many events of other learners
 * warm it up (five rounds of a fifth each), and the clock runs over the rest.
 */
public final class EventsBenchmark implements Benchmark {
    static final String TOPIC = "quiz.answered";
    /** Heap and collector of every contender's JVM. */
    static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

    /** Held here because a logger that nobody holds forgets its level. */
    private static final Logger KAFKA_LOG = Logger.getLogger("org.apache.kafka");

    /** Says only what goes wrong. */
    static void quietKafka() {
        KAFKA_LOG.setLevel(Level.SEVERE);
    }

    static void say(String format, Object... values) {
        System.err.println(String.format(Locale.ROOT, format, values));
    }

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        quietKafka();
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            throw new BenchmarkFailed(Options.USAGE);
        }
        if (options.inspect) {
            options.postgres.put("shared_preload_libraries", "pg_stat_statements");
            options.postgres.put("pg_stat_statements.track_planning", "on");
        }
        Load load = new Load(options.events, options.events);
        try (Parts parts = new Parts(root, options.postgres)) {
            say("starting Kafka and PostgreSQL");
            parts.start();
            return measure(root, parts, options, load);
        } catch (PartFailed | IllegalStateException e) {
            throw new BenchmarkFailed(String.valueOf(e.getMessage()));
        }
    }

    private static Report measure(Path root, Parts parts, Options options, Load load) throws Exception {
        parts.kafka()
                .createTopics(EventTopics.of(
                        Ours.SERVICE,
                        List.of(
                                TOPIC,
                                "task.created",
                                "task.completed",
                                "memory.updated",
                                "user.erased",
                                "pattern.learned"),
                        List.of("review.scheduled", "achievement.unlocked", "user.erasure-completed")));
        say("producing %d events, the first %d of them to warm up", load.total(), load.warmUp());
        Load.Produced produced = load.produce(parts.kafka().bootstrapServers(), TOPIC);
        say("  %.0f events/s, %.0f bytes of data each", produced.eventsPerSecond(), produced.meanBytes());

        List<Double> parse = new ArrayList<>();
        List<StreamsPeer.Measured> streams = new ArrayList<>();
        List<Ours.Measured> ours = new ArrayList<>();
        Latency.Measured latency = null;
        try (Admin admin = parts.kafka().admin()) {
            for (int run = 0; options.only.contains("parse") && run < options.runs; run++) {
                parse.add(ParsePeer.measure(parts, admin, List.of(TOPIC), load.warmUp(), load.measured()));
                say("parse only: %.0f events/s", parse.getLast());
            }
            for (int run = 0; options.only.contains("streams") && run < options.runs; run++) {
                streams.add(StreamsPeer.measure(parts, admin, options, load, run));
                say("Kafka Streams: %s", streams.getLast());
            }
            for (int run = 0; options.only.contains("ours") && run < options.runs; run++) {
                try (Ours contender = new Ours(root, parts, options, load, run)) {
                    ours.add(contender.measure(admin));
                    say("learning service: %s", ours.getLast());
                    if (options.inspect) {
                        contender.inspect();
                    }
                    contender.verify();
                    boolean last = run == options.runs - 1;
                    if (last && !streams.isEmpty()) {
                        contender.expectDueDates(StreamsPeer.dueDates(parts, load));
                        say("Kafka Streams came to the same due dates");
                    }
                    if (last && options.only.contains("latency")) {
                        latency = new Latency(parts, contender, load).measure(options.latencySeconds);
                        say(
                                "send to visible: p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                                latency.p50(), latency.p99(), latency.longest());
                        if (options.inspect) {
                            contender.inspect();
                        }
                    }
                }
            }
        }
        return report(parts, options, load, produced, parse, streams, ours, latency);
    }

    private static Report report(
            Parts parts,
            Options options,
            Load load,
            Load.Produced produced,
            List<Double> parse,
            List<StreamsPeer.Measured> streams,
            List<Ours.Measured> ours,
            Latency.@org.jspecify.annotations.Nullable Measured latency)
            throws Exception {
        Report report = new Report("", "events/s", "CPU/event", "Kafka CPU/event", "runs");
        double parseRate = median(parse, rate -> rate);
        double streamsRate = median(streams, StreamsPeer.Measured::eventsPerSecond);
        double oursRate = median(ours, Ours.Measured::eventsPerSecond);
        if (!parse.isEmpty()) {
            report.row("parse only, one thread", number(parseRate), "", "", runs(parse, rate -> rate));
            report.value("parse_eps", Math.round(parseRate));
        }
        if (!streams.isEmpty()) {
            report.row(
                    "Kafka Streams, exactly_once_v2, commit 100 ms",
                    number(streamsRate),
                    micros(median(streams, StreamsPeer.Measured::micros)),
                    micros(median(streams, StreamsPeer.Measured::kafkaMicros)),
                    runs(streams, StreamsPeer.Measured::eventsPerSecond));
            report.value("streams_eps", Math.round(streamsRate));
        }
        if (!ours.isEmpty()) {
            double serviceMicros = median(ours, Ours.Measured::serviceMicros);
            double postgresMicros = median(ours, Ours.Measured::postgresMicros);
            report.row(
                    "learning service into PostgreSQL, fsync on",
                    number(oursRate),
                    micros(serviceMicros) + " + PostgreSQL " + micros(postgresMicros),
                    micros(median(ours, Ours.Measured::kafkaMicros)),
                    runs(ours, Ours.Measured::eventsPerSecond));
            report.value("ours_eps", Math.round(oursRate));
            if (!streams.isEmpty()) {
                report.value("ratio_streams", rounded(oursRate / streamsRate, 100));
            }
            if (!parse.isEmpty()) {
                report.value("ratio_parse", rounded(oursRate / parseRate, 1000));
            }
            report.value("service_us_per_event", rounded(serviceMicros, 10));
            report.value("pg_us_per_event", rounded(postgresMicros, 10));
            report.note(
                    "Each run of the service: %d events counted in the log, every card folded again and equal;"
                            + " the outbox was empty %.2f s after the last event.",
                    load.total(), median(ours, Ours.Measured::drainSeconds));
        }
        if (latency != null) {
            report.note(
                    "Send to visible by GET at %.0f events/s: p50 %.1f ms, p99 %.1f ms, longest %.1f ms (%d probes).",
                    latency.eventsPerSecond(), latency.p50(), latency.p99(), latency.longest(), latency.probes());
            report.note(
                    "CPU per event at that rate: service %.0f us, PostgreSQL %.0f us, Kafka %.0f us.",
                    latency.cpu().service(),
                    latency.cpu().postgres(),
                    latency.cpu().kafka());
            report.value("p50_ms", rounded(latency.p50(), 10)).value("p99_ms", rounded(latency.p99(), 10));
        }
        report.note(
                "%d events (%d learners x %d cards, %.0f bytes of data each) after %d to warm up; median of %d.",
                load.measured(),
                Load.learners(load.measured()),
                Load.CARDS_PER_LEARNER,
                produced.meanBytes(),
                load.warmUp(),
                options.runs);
        return report.value("events", load.measured())
                .value("runs", options.runs)
                .value("cpu", cpuModel())
                .value("cores", Runtime.getRuntime().availableProcessors())
                .value("java", Runtime.version().toString())
                .value("kafka_client", AppInfoParser.getVersion())
                .value("postgresql", parts.postgresVersion());
    }

    static <T> double median(List<T> runs, ToDoubleFunction<T> value) {
        double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    static <T> String runs(List<T> runs, ToDoubleFunction<T> value) {
        return String.join(
                " ", runs.stream().map(run -> number(value.applyAsDouble(run))).toList());
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ');
    }

    static String micros(double value) {
        return String.format(Locale.ROOT, "%.1f us", value);
    }

    static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }

    static String cpuModel() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
