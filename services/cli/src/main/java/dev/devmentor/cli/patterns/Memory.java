package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.engine.trace.Fingerprint;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a project's ledger says, folded: its errors and its runs. */
final class Memory {
    /** Errors that survive a compaction, the latest ones. */
    static final int ERRORS = 400;

    /** Runs that survive a compaction besides those of open errors. */
    private static final int RUNS = 100;

    /** Observations that wait for the service; older ones are never told. */
    private static final int UNTOLD = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A run.
     *
     * @param command without secrets
     * @param where the directory that it ran in, from the top of the project on
     * @param state name of the project's state when it began; empty if that is not known
     * @param commit that was checked out; empty if there is none
     */
    record Run(String id, Instant at, String command, String where, String state, String commit) {
        boolean same(Run other) {
            return command.equals(other.command) && where.equals(other.where);
        }
    }

    /**
     * Something that the service has not been told.
     *
     * @param id stays the same whenever it is told
     */
    record Untold(String id, String run, Instant at, String error, boolean gone, Fix fix) {}

    private final Map<String, KnownError> errors = new LinkedHashMap<>();
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<String, Integer> exits = new LinkedHashMap<>();
    private final Map<String, Untold> untold = new LinkedHashMap<>();

    static Memory of(List<JsonNode> records) {
        Memory memory = new Memory();
        records.forEach(memory::take);
        return memory;
    }

    private void take(JsonNode json) {
        String run = json.path("run").asText();
        Instant at = time(json.path("at").asText());
        String id = json.path("id").asText();
        switch (json.path("t").asText()) {
            case "run" ->
                runs.put(
                        run,
                        new Run(
                                run,
                                at,
                                json.path("command").asText(),
                                json.path("where").asText(),
                                json.path("state").asText(),
                                json.path("commit").asText()));
            case "seen" -> {
                JsonNode error = json.path("error");
                Finding finding = error.isObject() ? KnownError.read(error) : null;
                KnownError known = errors.get(id);
                if (known == null && finding != null) {
                    known = new KnownError(id, finding, at);
                    errors.put(id, known);
                }
                if (known != null) {
                    known.seen(finding, run, at);
                    waits(new Untold(run + ":" + id + ":seen", run, at, id, false, Fix.UNKNOWN));
                }
            }
            case "gone" -> {
                KnownError known = errors.get(id);
                if (known != null) {
                    Fix fix = Fix.read(json.path("fix"));
                    known.gone(new KnownError.Gone(run, at, json.path("how").asText(), fix));
                    waits(new Untold(run + ":" + id + ":gone", run, at, id, true, fix));
                }
            }
            case "end" -> {
                if (json.has("exit")) {
                    exits.put(run, json.path("exit").asInt());
                }
                json.path("counts").properties().forEach(count -> {
                    KnownError known = errors.get(count.getKey());
                    if (known != null) {
                        known.counted(run, count.getValue().asInt());
                    }
                });
            }
            case "told" -> json.path("observations").forEach(observation -> untold.remove(observation.asText()));
            case "forget" -> {
                errors.remove(id);
                untold.values().removeIf(one -> one.error().equals(id));
            }
            case "error" -> errors.put(id, KnownError.readWhole(json));
            case "untold" ->
                waits(new Untold(
                        json.path("observation").asText(),
                        run,
                        at,
                        id,
                        json.path("gone").asBoolean(),
                        Fix.read(json.path("fix"))));
            default -> {
                // A record of a kind that a later build of the same format may add.
            }
        }
    }

    private void waits(Untold one) {
        untold.put(one.id(), one);
        if (untold.size() > UNTOLD) {
            untold.remove(untold.keySet().iterator().next());
        }
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    Collection<KnownError> errors() {
        return errors.values();
    }

    Optional<KnownError> error(String id) {
        return Optional.ofNullable(errors.get(id));
    }

    /** The errors whose id begins so. */
    List<KnownError> errorsLike(String id) {
        return errors.values().stream().filter(error -> error.id.startsWith(id)).toList();
    }

    Optional<Run> run(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** What a run ended with; empty if it was killed, or had no end of its own. */
    Optional<Integer> exitOf(String run) {
        return Optional.ofNullable(exits.get(run));
    }

    Collection<Untold> untold() {
        return untold.values();
    }

    /** The error that a fingerprint is of: the same one, or the same at its core. */
    Optional<KnownError> find(Fingerprint identity) {
        Optional<KnownError> exact = newest(error -> error.is(identity.exact()));
        return exact.isPresent()
                ? exact
                : newest(error -> error.finding().identity().loose().equals(identity.loose()));
    }

    /** Another error with the same root. */
    Optional<KnownError> similar(Fingerprint identity, String butNot) {
        return newest(error ->
                !error.id.equals(butNot) && error.finding().identity().root().equals(identity.root()));
    }

    private Optional<KnownError> newest(Predicate<KnownError> condition) {
        return errors.values().stream().filter(condition).max(Comparator.comparing(KnownError::touched));
    }

    /** Errors that are not gone as far as is known, and whose last run was of this command at this place. */
    List<KnownError> open(Run like) {
        return errors.values().stream()
                .filter(error -> !error.over())
                .filter(error -> run(error.lastRun()).filter(like::same).isPresent())
                .toList();
    }

    /** The same in fewer records: the latest errors, and the runs that are still of use. */
    List<JsonNode> compacted() {
        List<KnownError> latest = errors.values().stream()
                .sorted(Comparator.comparing(KnownError::touched).reversed())
                .limit(ERRORS)
                .toList();
        Set<String> needed = new LinkedHashSet<>();
        latest.forEach(error -> needed.add(error.lastRun()));
        runs.values().stream()
                .sorted(Comparator.comparing(Run::at).reversed())
                .limit(RUNS)
                .forEach(run -> needed.add(run.id()));
        List<JsonNode> records = new ArrayList<>();
        for (Run run : runs.values()) {
            if (needed.contains(run.id())) {
                records.add(record(run));
            }
        }
        Set<String> kept = new LinkedHashSet<>();
        for (int i = latest.size() - 1; i >= 0; i--) {
            ObjectNode json = JSON.createObjectNode();
            latest.get(i).write(json);
            records.add(json);
            kept.add(latest.get(i).id);
        }
        for (Untold one : untold.values()) {
            if (kept.contains(one.error()) && needed.contains(one.run())) {
                ObjectNode json = JSON.createObjectNode();
                json.put("t", "untold").put("observation", one.id()).put("run", one.run());
                json.put("at", one.at().toString()).put("id", one.error()).put("gone", one.gone());
                one.fix().write(json.putObject("fix"));
                records.add(json);
            }
        }
        return records;
    }

    static ObjectNode record(Run run) {
        ObjectNode json = JSON.createObjectNode();
        json.put("t", "run").put("run", run.id()).put("at", run.at().toString());
        json.put("command", run.command()).put("where", run.where());
        return json.put("state", run.state()).put("commit", run.commit());
    }
}
