package dev.devmentor.pbml.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.events.CodeChanged;
import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.ErrorObserved;
import dev.devmentor.events.ErrorStatus;
import dev.devmentor.events.Event;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.FileChange;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.pbml.engine.owner.Observation;
import dev.devmentor.pbml.engine.owner.Observation.Stamp;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.StoredObservation;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Reads rows of the log as the fold takes them in. What people did with patterns is JSON of its own, written by {@link
 * dev.devmentor.pbml.log.Controls}.
 */
final class Decoding {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_PATH = 1_024;

    private final EventDecoder decoder = new EventDecoder();

    Observation decode(StoredObservation row) {
        Stamp stamp = new Stamp(row.key(), row.eventKey());
        if (row.isForgotten()) {
            return new Observation.Kept(stamp);
        }
        return switch (row.kind()) {
            case TASK_CREATED ->
                new Observation.TaskBegun(
                        stamp, data(row, EventTypes.TASK_CREATED).skills());
            case TASK_COMPLETED ->
                new Observation.TaskDone(
                        stamp, data(row, EventTypes.TASK_COMPLETED).skills());
            case ANSWER -> answered(stamp, data(row, EventTypes.QUIZ_ANSWERED));
            case MEMORY -> noted(stamp, data(row, EventTypes.MEMORY_UPDATED));
            case CODE -> changed(stamp, data(row, EventTypes.CODE_CHANGED));
            case ERROR -> met(stamp, data(row, EventTypes.ERROR_OBSERVED));
            default -> control(stamp, row.kind(), row.data());
        };
    }

    private <T> T data(StoredObservation row, EventType<T> type) {
        Envelope envelope = Envelope.of(type, row.key().source(), row.key().id(), null);
        Decoded<T> decoded = decoder.decodeData(type, envelope, row.data().getBytes(StandardCharsets.UTF_8));
        return switch (decoded) {
            case Decoded.Accepted<T>(Event<T> event) -> event.data();
            case Decoded.Rejected<T> rejected ->
                throw new IllegalStateException("a row of the log is no " + type.name() + ": " + rejected.reason());
        };
    }

    private static Observation answered(Stamp stamp, QuizAnswered answer) {
        ZoneId zone = Objects.requireNonNullElse(answer.zone(), ZoneOffset.UTC);
        var local = answer.answeredAt().atZone(zone);
        Integer took = answer.responseTimeMs();
        return new Observation.Answered(
                stamp,
                answer.item(),
                answer.skills(),
                answer.correct(),
                took == null ? -1 : Math.max(took, -1),
                local.getHour() * 60 + local.getMinute());
    }

    private static Observation noted(Stamp stamp, MemoryUpdated memory) {
        return new Observation.Noted(stamp, memory.kind().name().toLowerCase(Locale.ROOT), memory.deleted());
    }

    private static Observation changed(Stamp stamp, CodeChanged change) {
        List<Observation.ChangedFile> files = new ArrayList<>();
        for (FileChange file : change.files()) {
            switch (file.change()) {
                case ADDED -> add(files, file.path(), Observation.FileChange.ADDED);
                case MODIFIED -> add(files, file.path(), Observation.FileChange.MODIFIED);
                case DELETED -> add(files, file.path(), Observation.FileChange.DELETED);
                case RENAMED -> {
                    add(files, Objects.requireNonNull(file.from()), Observation.FileChange.DELETED);
                    add(files, file.path(), Observation.FileChange.ADDED);
                }
            }
        }
        return new Observation.CodeChange(
                stamp,
                change.repository(),
                change.team(),
                change.origin() == dev.devmentor.events.ChangeOrigin.COMMIT,
                files);
    }

    private static void add(List<Observation.ChangedFile> files, String path, Observation.FileChange change) {
        if (path.length() <= LONGEST_PATH) {
            files.add(new Observation.ChangedFile(path, change));
        }
    }

    private static Observation met(Stamp stamp, ErrorObserved error) {
        return new Observation.ErrorMet(
                stamp,
                error.repository(),
                error.team(),
                error.origin().name().toLowerCase(Locale.ROOT),
                error.status() == ErrorStatus.GONE,
                error.run(),
                error.text(),
                error.changedFiles(),
                error.commit(),
                error.skills());
    }

    private static Observation control(Stamp stamp, ObservationKind kind, String data) {
        JsonNode json;
        try {
            json = JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of the log is no JSON", e);
        }
        String pattern = json.path("pattern").asText("");
        return switch (kind) {
            case RENAME ->
                new Observation.Renamed(
                        stamp,
                        pattern,
                        json.hasNonNull("title") ? json.get("title").asText() : null);
            case MERGE -> new Observation.Merged(stamp, pattern, texts(json.path("others")));
            case SPLIT -> new Observation.Divided(stamp, pattern, texts(json.path("members")));
            case RETIRE -> new Observation.Retired(stamp, pattern, true);
            case REVIVE -> new Observation.Retired(stamp, pattern, false);
            case FEEDBACK ->
                new Observation.Judged(
                        stamp,
                        pattern,
                        json.path("helped").asBoolean(),
                        json.hasNonNull("team") ? json.get("team").asText() : null);
            case SETTINGS ->
                new Observation.Shared(
                        stamp,
                        json.path("shareWithTeams").asBoolean(true),
                        json.path("shareWithEveryone").asBoolean(false));
            case CONTEXT_SAVED, CONTEXT_RESTORED -> new Observation.Kept(stamp);
            default -> throw new IllegalStateException("no control: " + kind);
        };
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
