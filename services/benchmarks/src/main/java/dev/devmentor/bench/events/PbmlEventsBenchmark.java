package dev.devmentor.bench.events;

import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.PartFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * {@code scripts/bench pbml-events}: the same mixed records through a consumer that only parses, and through the PBML service
 * as shipped: until every event is committed to the log, and until everything is folded.
 *
 * <p>Every run is a process of its own that begins at the beginning of the topics: twice as many events of other learners
 * warm it up, for six types of events take the compiler longer than one, and the clock runs over the rest.
 */
public final class PbmlEventsBenchmark implements Benchmark {
    private static final int PATTERNS = 1_000_000;
    private static final String USAGE = """
            scripts/bench pbml-events [--events N] [--runs N] [--only parse,ours] [--inspect yes]
                                      [--service-env NAME=VALUE]... [--service-flag FLAG]... [--postgres NAME=VALUE]...
            The options but for the first two are for experiments; the figures of record come from a call without them.""";

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        EventsBenchmark.quietKafka();
        Options options = new Options();
        options.events = 200_000;
        options.only = Set.of("parse", "ours");
        try {
            Options.parse(arguments, options);
        } catch (IllegalArgumentException e) {
            throw new BenchmarkFailed(USAGE);
        }
        if (options.inspect) {
            options.postgres.put("shared_preload_libraries", "pg_stat_statements");
            options.postgres.put("pg_stat_statements.track_planning", "on");
        }
        PbmlLoad load = new PbmlLoad(2 * options.events, options.events);
        try (Parts parts = new Parts(root, options.postgres)) {
            EventsBenchmark.say("starting Kafka and PostgreSQL");
            parts.start();
            return measure(root, parts, options, load);
        } catch (PartFailed | IllegalStateException e) {
            throw new BenchmarkFailed(String.valueOf(e.getMessage()));
        }
    }

    private static Report measure(Path root, Parts parts, Options options, PbmlLoad load) throws Exception {
        List<String> consumed = new ArrayList<>(PbmlLoad.TOPICS);
        consumed.add("user.erased");
        parts.kafka()
                .createTopics(EventTopics.of(
                        PbmlService.SERVICE,
                        consumed,
                        List.of("pattern.learned", "pattern.drifted", "user.erasure-completed")));
        EventsBenchmark.say("producing %d events, the first %d of them to warm up", load.total(), load.warmUp());
        Load.Produced produced = load.produce(parts.kafka().bootstrapServers());
        EventsBenchmark.say(
                "  %.0f events/s, %.0f bytes of data each", produced.eventsPerSecond(), produced.meanBytes());

        List<Double> parse = new ArrayList<>();
        List<PbmlService.Measured> ours = new ArrayList<>();
        PbmlService.Start start = null;
        try (Admin admin = parts.kafka().admin()) {
            // One after another in turns, so that a machine that slows down slows both.
            for (int run = 0; run < options.runs; run++) {
                if (options.only.contains("parse")) {
                    parse.add(ParsePeer.measure(parts, admin, PbmlLoad.TOPICS, load.warmUp(), load.measured()));
                    EventsBenchmark.say("parse only: %.0f events/s", parse.getLast());
                }
                if (options.only.contains("ours")) {
                    try (PbmlService service = new PbmlService(root, parts, options, load, run)) {
                        ours.add(service.measure(admin));
                        EventsBenchmark.say("PBML service: %s", ours.getLast());
                        if (options.inspect) {
                            service.inspect();
                        }
                        if (run == options.runs - 1) {
                            start = service.startWith(PATTERNS);
                            EventsBenchmark.say("start with %d more patterns: %s", PATTERNS, start);
                        }
                    }
                }
            }
        }
        return report(parts, options, load, produced, parse, ours, start);
    }

    private static Report report(
            Parts parts,
            Options options,
            PbmlLoad load,
            Load.Produced produced,
            List<Double> parse,
            List<PbmlService.Measured> ours,
            PbmlService.@Nullable Start start)
            throws Exception {
        Report report = new Report("", "events/s", "CPU/event", "runs");
        double parsed = EventsBenchmark.median(parse, rate -> rate);
        double logged = EventsBenchmark.median(ours, PbmlService.Measured::loggedPerSecond);
        double folded = EventsBenchmark.median(ours, PbmlService.Measured::foldedPerSecond);
        if (!parse.isEmpty()) {
            report.row(
                    "parse only, one thread",
                    EventsBenchmark.number(parsed),
                    "",
                    EventsBenchmark.runs(parse, rate -> rate));
            report.value("parse_per_s", Math.round(parsed));
        }
        if (!ours.isEmpty()) {
            double service = EventsBenchmark.median(ours, PbmlService.Measured::serviceMicros);
            double postgres = EventsBenchmark.median(ours, PbmlService.Measured::postgresMicros);
            report.row(
                    "PBML service into PostgreSQL, fsync on",
                    EventsBenchmark.number(logged),
                    EventsBenchmark.micros(service) + " + PostgreSQL " + EventsBenchmark.micros(postgres),
                    EventsBenchmark.runs(ours, PbmlService.Measured::loggedPerSecond));
            report.value("logged_per_s", Math.round(logged));
            if (!parse.isEmpty()) {
                report.value("ratio_parse", EventsBenchmark.rounded(logged / parsed, 1000));
            }
            report.row(
                    "folding all of them afterwards",
                    EventsBenchmark.number(folded),
                    "",
                    EventsBenchmark.runs(ours, PbmlService.Measured::foldedPerSecond));
            report.value("folded_per_s", Math.round(folded));
            if (start != null) {
                report.note(
                        "Started with a million more patterns: ready after %.1f s; the first page of a person's patterns after %.0f ms, the next after %.0f ms.",
                        start.readySeconds(), start.firstMillis(), start.nextMillis());
                report.value("start_1m_s", EventsBenchmark.rounded(start.readySeconds(), 10));
                report.value("first_page_ms", Math.round(start.firstMillis()));
                report.value("next_page_ms", Math.round(start.nextMillis()));
            }
            report.value("service_us_per_event", EventsBenchmark.rounded(service, 10));
            report.value("pg_us_per_event", EventsBenchmark.rounded(postgres, 10));
            report.note("Each run of the service: %d events counted in the log, in all and by owner.", load.total());
        }
        report.note(
                "%d mixed events (%d learners, %d repositories, %.0f bytes of data each) after %d to warm up; median of %d.",
                load.measured(),
                PbmlLoad.LEARNERS,
                PbmlLoad.REPOSITORIES,
                produced.meanBytes(),
                load.warmUp(),
                options.runs);
        return report.value("events", load.measured())
                .value("runs", options.runs)
                .value("cpu", EventsBenchmark.cpuModel())
                .value("cores", Runtime.getRuntime().availableProcessors())
                .value("java", Runtime.version().toString())
                .value("postgresql", parts.postgresVersion());
    }
}
