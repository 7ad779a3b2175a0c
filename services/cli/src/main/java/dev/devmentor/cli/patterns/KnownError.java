package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.engine.trace.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is remembered of one error: what it is known again by, its runs, and what made it go. */
final class KnownError {
    /** Runs and fixes that are kept one by one; of older ones only the count stays. */
    static final int KEPT = 50;

    /** Exact fingerprints that one error may have. */
    private static final int VARIANTS = 32;

    /**
     * A run that had it.
     *
     * @param times how often it came in that run
     */
    record Sighting(String run, Instant at, int times) {}

    /**
     * A run that had it no more.
     *
     * @param how {@code success}, the command ended well; {@code passed}, its part of the build did
     */
    record Gone(String run, Instant at, String how, Fix fix) {}

    final String id;
    /** As it was printed last. */
    private Finding finding;

    private final Set<String> exact = new LinkedHashSet<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<Gone> gone = new ArrayList<>();
    private Instant first;
    private long times;
    private int runs;
    private int goneTimes;
    /** Whether it is gone, as far as is known. */
    private boolean over;

    KnownError(String id, Finding finding, Instant first) {
        this.id = id;
        this.finding = finding;
        this.first = first;
        exact.add(finding.identity().exact());
    }

    void seen(@Nullable Finding as, String run, Instant at) {
        if (as != null) {
            finding = as;
            if (exact.size() < VARIANTS) {
                exact.add(as.identity().exact());
            }
        }
        sightings.add(new Sighting(run, at, 1));
        runs++;
        times++;
        over = false;
        if (sightings.size() > KEPT) {
            sightings.removeFirst();
        }
    }

    /** How often it came in a run, once that is over. */
    void counted(String run, int count) {
        for (int i = sightings.size() - 1; i >= 0; i--) {
            Sighting sighting = sightings.get(i);
            if (sighting.run().equals(run)) {
                times += count - sighting.times();
                sightings.set(i, new Sighting(run, sighting.at(), count));
                return;
            }
        }
    }

    void gone(Gone without) {
        gone.add(without);
        goneTimes++;
        over = true;
        if (gone.size() > KEPT) {
            gone.removeFirst();
        }
    }

    Finding finding() {
        return finding;
    }

    boolean is(String exactFingerprint) {
        return exact.contains(exactFingerprint);
    }

    List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    List<Gone> gones() {
        return List.copyOf(gone);
    }

    Instant first() {
        return first;
    }

    Instant last() {
        return sightings.isEmpty() ? first : sightings.getLast().at();
    }

    /** The run that had it last. */
    String lastRun() {
        return sightings.isEmpty() ? "" : sightings.getLast().run();
    }

    long times() {
        return times;
    }

    int runs() {
        return runs;
    }

    int goneTimes() {
        return goneTimes;
    }

    boolean over() {
        return over;
    }

    /** What made it go the last time; null if it never went. */
    @Nullable Gone lastGone() {
        return gone.isEmpty() ? null : gone.getLast();
    }

    /** When it was seen or seen to be gone last. */
    Instant touched() {
        Gone without = lastGone();
        return without != null && without.at().isAfter(last()) ? without.at() : last();
    }

    static void write(Finding finding, ObjectNode json) {
        json.put("kind", finding.kind().name());
        json.put("exact", finding.identity().exact());
        json.put("loose", finding.identity().loose());
        json.put("root", finding.identity().root());
        json.put("title", finding.title());
        json.put("text", finding.text());
        json.put("context", finding.context());
        finding.files().forEach(json.putArray("files")::add);
    }

    static Finding read(JsonNode json) {
        Finding.Kind kind = Finding.Kind.LOG;
        for (Finding.Kind known : Finding.Kind.values()) {
            kind = known.name().equals(json.path("kind").asText()) ? known : kind;
        }
        List<String> files = new ArrayList<>();
        json.path("files").forEach(file -> files.add(file.asText()));
        return new Finding(
                kind,
                new Fingerprint(
                        json.path("exact").asText(),
                        json.path("loose").asText(),
                        json.path("root").asText()),
                json.path("title").asText(),
                json.path("text").asText(),
                files,
                json.path("context").asText());
    }

    /** All of it as one record. */
    void write(ObjectNode json) {
        json.put("t", "error").put("id", id).put("first", first.toString());
        json.put("times", times).put("runs", runs).put("goneTimes", goneTimes).put("over", over);
        write(finding, json.putObject("error"));
        exact.forEach(json.putArray("variants")::add);
        var seen = json.putArray("sightings");
        sightings.forEach(sighting -> seen.addObject()
                .put("run", sighting.run())
                .put("at", sighting.at().toString())
                .put("times", sighting.times()));
        var ends = json.putArray("gones");
        for (Gone without : gone) {
            ObjectNode entry = ends.addObject()
                    .put("run", without.run())
                    .put("at", without.at().toString())
                    .put("how", without.how());
            without.fix().write(entry.putObject("fix"));
        }
    }

    static KnownError readWhole(JsonNode json) {
        KnownError error = new KnownError(
                json.path("id").asText(),
                read(json.path("error")),
                Memory.time(json.path("first").asText()));
        json.path("variants").forEach(variant -> error.exact.add(variant.asText()));
        json.path("sightings")
                .forEach(sighting -> error.sightings.add(new Sighting(
                        sighting.path("run").asText(),
                        Memory.time(sighting.path("at").asText()),
                        sighting.path("times").asInt())));
        json.path("gones")
                .forEach(without -> error.gone.add(new Gone(
                        without.path("run").asText(),
                        Memory.time(without.path("at").asText()),
                        without.path("how").asText(),
                        Fix.read(without.path("fix")))));
        error.times = json.path("times").asLong();
        error.runs = json.path("runs").asInt();
        error.goneTimes = json.path("goneTimes").asInt();
        error.over = json.path("over").asBoolean();
        return error;
    }
}
