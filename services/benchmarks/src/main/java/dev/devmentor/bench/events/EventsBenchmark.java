package dev.devmentor.bench.events;

import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.JavaRuntime;
import dev.devmentor.parts.TopicDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;

/** {@code scripts/bench events}. */
public final class EventsBenchmark {
    static final String TOPIC = "quiz.answered";
    /** The same heap and collector for every contender's JVM, with both compilers. */
    static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

    /** Held here because a logger that nobody holds forgets its level. */
    static final Logger KAFKA_LOG = Logger.getLogger("org.apache.kafka");

    private EventsBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(Path.of(System.getProperty("devmentor.root", ".")), List.of(arguments)));
    }

    static int run(Path root, List<String> arguments) throws Exception {
        KAFKA_LOG.setLevel(Level.WARNING);
        Options options = Options.parse(arguments);
        if (options.inspect) {
            options.postgres.put("shared_preload_libraries", "pg_stat_statements,auto_explain");
            options.postgres.put("pg_stat_statements.track_planning", "on");
            options.postgres.put("track_wal_io_timing", "on");
        }
        // Five rounds of a tenth each warm up, in the process that is measured then.
        Load load = new Load(options.events / 2, options.events);
        try (Parts parts = new Parts(root, options.postgres)) {
            say("starting Kafka and PostgreSQL");
            parts.start();
            parts.kafka()
                    .createTopics(EventTopics.of(
                            "learning-service",
                            List.of(TOPIC, "task.created", "task.completed", "memory.updated", "user.erased"),
                            List.of("review.scheduled", "user.erasure-completed")));
            say("producing %d events, %d of them to warm up", load.total(), load.warmUp());
            Load.Produced produced = load.produce(parts.kafka().bootstrapServers(), TOPIC);
            say(
                    "  %.0f events/s, %.0f bytes of data each",
                    produced.events() / produced.seconds(), produced.meanBytes());
            try (Admin admin = parts.kafka().admin()) {
                if (options.only.contains("parse")) {
                    List<Double> rates = new ArrayList<>();
                    for (int run = 0; run < options.runs; run++) {
                        rates.add(parseOnly(parts, load));
                        say("parse only: %.0f events/s", rates.getLast());
                    }
                }
                if (options.only.contains("streams")) {
                    parts.kafka()
                            .createTopics(List.of(new TopicDefinition(
                                    StreamsApp.OUTPUT, EventTopics.EVENT_PARTITIONS, EventTopics.EVENT_RETENTION)));
                    for (int run = 0; run < options.runs; run++) {
                        say("Kafka Streams: %s", StreamsPeer.measure(parts, admin, options, load, run));
                    }
                }
                if (options.only.contains("ours")) {
                    for (int run = 0; run < options.runs; run++) {
                        try (Ours ours = new Ours(root, parts, options, load, run)) {
                            Ours.Measured measured = ours.measure(admin);
                            say("ours: %s", measured);
                            if (options.inspect) {
                                ours.inspect();
                            }
                        }
                    }
                }
            }
            return 0;
        }
    }

    static void say(String format, Object... values) {
        System.err.println(String.format(Locale.ROOT, format, values));
    }

    private static double parseOnly(Parts parts, Load load) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(JavaRuntime.java());
        command.addAll(JVM);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ParseOnly.class.getName(),
                parts.kafka().bootstrapServers(),
                TOPIC,
                String.valueOf(load.warmUp()),
                String.valueOf(load.measured())));
        Process process = new ProcessBuilder(command)
                .redirectError(parts.home().resolve("parse.log").toFile())
                .start();
        String line;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            line = out.readLine();
        }
        if (process.waitFor() != 0 || line == null) {
            throw new IllegalStateException("the consumer that only parses failed");
        }
        String[] result = line.split(" ");
        try (Admin admin = parts.kafka().admin()) {
            new GroupProgress(admin, "bench-parse", TOPIC).forget();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return Long.parseLong(result[1]) * 1e9 / Long.parseLong(result[0]);
    }
}
