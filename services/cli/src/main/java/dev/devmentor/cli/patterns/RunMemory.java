package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One run, with all that earlier ones of the project know: recognises errors again, and says which are gone. */
final class RunMemory {
    /** Different errors of one run that are remembered; a run with more has other troubles. */
    static final int ERRORS = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final Ledger ledger;
    private final ObjectStore objects;
    private final ProjectFiles project;
    private final Clock clock;
    private final Memory memory;
    private final Memory.Run run;
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, String> idByFingerprint = new LinkedHashMap<>();
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private @Nullable ProjectState state;
    private long unremembered;

    /** How often an error came in this run. */
    static final class Count {
        final Note.Seen note;
        int times = 1;

        Count(Note.Seen note) {
            this.note = note;
        }
    }

    /** @param run without the state, which {@link #takeState} adds */
    RunMemory(Ledger ledger, ObjectStore objects, ProjectFiles project, Clock clock, Memory.Run run) {
        this.ledger = ledger;
        this.objects = objects;
        this.project = project;
        this.clock = clock;
        this.run = run;
        Ledger.Content content = ledger.read();
        this.memory = Memory.of(content.records());
        if (content.torn()) {
            remarks.add("the last line of the ledger was cut off by a kill and is left out");
        }
        if (content.damaged() > 0) {
            remarks.add(Texts.of(content.damaged(), "line") + " of the ledger cannot be read and "
                    + (content.damaged() == 1 ? "is" : "are") + " left out");
        }
    }

    Memory memory() {
        return memory;
    }

    Memory.Run run() {
        return run;
    }

    /** What there is to say about the memory itself. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Takes down what the project's files are now, and that the run has begun. May take a while in a large project. */
    void takeState() {
        ProjectState now = project.take();
        ledger.append(
                Memory.record(new Memory.Run(run.id(), run.at(), run.command(), run.where(), now.name(), now.head())));
        synchronized (this) {
            state = now;
        }
    }

    /** An error came. Empty if it came in this run already, or if there are too many. */
    Optional<Note.Seen> seen(Finding finding) {
        String exact = finding.identity().exact();
        String known = idByFingerprint.get(exact);
        if (known == null) {
            known = idByFingerprint.get("loose " + finding.identity().loose());
        }
        if (known != null) {
            Count count = counts.get(known);
            if (count != null) {
                count.times++;
            }
            return Optional.empty();
        }
        if (counts.size() >= ERRORS) {
            unremembered++;
            return Optional.empty();
        }
        KnownError before = memory.find(finding.identity()).orElse(null);
        String id = before == null ? idFor(exact) : before.id;
        if (counts.containsKey(id)) {
            counts.get(id).times++;
            return Optional.empty();
        }
        KnownError similar =
                before == null ? memory.similar(finding.identity(), id).orElse(null) : null;
        Note.Seen note = new Note.Seen(id, finding, before, similar);
        idByFingerprint.put(exact, id);
        idByFingerprint.put("loose " + finding.identity().loose(), id);
        counts.put(id, new Count(note));
        ObjectNode json = record("seen").put("id", id);
        KnownError.write(finding, json.putObject("error"));
        ledger.append(json);
        return Optional.of(note);
    }

    private String idFor(String exact) {
        String id = exact.substring(0, Math.min(8, exact.length()));
        return memory.error(id).isPresent() || counts.containsKey(id) ? exact : id;
    }

    /** Errors of this run, in the order of their first coming. */
    List<Count> counts() {
        return List.copyOf(counts.values());
    }

    long times() {
        return counts.values().stream().mapToLong(count -> count.times).sum() + unremembered;
    }

    /**
     * The run is over: says what became of the errors of earlier runs of the same command.
     *
     * @param exitCode empty if there is none, as when a file was followed
     */
    List<Note> end(OptionalInt exitCode, Progress progress, long lines) {
        // Another watch of the same command may have ended meanwhile.
        Memory now = Memory.of(ledger.read().records());
        boolean success = exitCode.isPresent() ? exitCode.getAsInt() == 0 : progress.succeeded();
        List<Note> notes = new ArrayList<>();
        List<Note> unclear = new ArrayList<>();
        List<ObjectNode> records = new ArrayList<>();
        for (KnownError error : now.open(run)) {
            if (counts.containsKey(error.id)) {
                continue;
            }
            boolean passed = progress.passed(error.finding().context());
            if (success || passed) {
                String how = success ? "success" : "passed";
                Fix fix = fix(error, now);
                notes.add(new Note.Gone(error, how, fix));
                ObjectNode json = record("gone").put("id", error.id).put("how", how);
                fix.write(json.putObject("fix"));
                records.add(json);
            } else {
                unclear.add(new Note.NotSeen(error));
            }
        }
        ObjectNode end = record("end").put("lines", lines);
        exitCode.ifPresent(code -> end.put("exit", code));
        ObjectNode times = end.putObject("counts");
        counts.forEach((id, count) -> times.put(id, count.times));
        records.add(end);
        ledger.append(records);
        ledger.compact(all -> Memory.of(all).compacted());
        objects.trim();
        notes.addAll(unclear);
        return notes;
    }

    private Fix fix(KnownError error, Memory now) {
        ProjectState after;
        synchronized (this) {
            after = state;
        }
        Optional<ProjectState> before = now.run(error.lastRun())
                .map(Memory.Run::state)
                .filter(name -> !name.isEmpty())
                .flatMap(objects::get)
                .flatMap(ProjectState::read);
        if (after == null || before.isEmpty()) {
            return Fix.UNKNOWN;
        }
        Finding finding = error.finding();
        return new FixFinder(project)
                .between(before.get(), after, finding.files(), finding.title() + "\n" + finding.text());
    }

    private ObjectNode record(String type) {
        return JSON.createObjectNode()
                .put("t", type)
                .put("run", run.id())
                .put("at", Instant.now(clock).toString());
    }
}
