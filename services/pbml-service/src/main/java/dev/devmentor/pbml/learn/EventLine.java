package dev.devmentor.pbml.learn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.events.CodeChanged;
import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.ErrorObserved;
import dev.devmentor.events.Event;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.log.Observation;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.owner.OwnerName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines as observations of one person: {@code {"type": …, "id": …, "data": {…}}}, the data by the same rules as from
 * Kafka but without {@code learner}, which is whoever sends it. For one thread.
 */
final class EventLine {
    /** The CloudEvents source of what was sent for training. */
    static final String SOURCE = "/devmentor/pbml-service/learn";

    private static final Duration FUTURE = Duration.ofMinutes(5);
    private static final int LONGEST_ID = 128;
    private static final Set<String> FIELDS = Set.of("type", "id", "data");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final OwnerName person;
    private final EventDecoder decoder = new EventDecoder();

    /** What became of a line. */
    sealed interface Read {}

    /** It is an observation. */
    record Taken(Observation observation) implements Read {}

    /** It is none; the reason names no value of it. */
    record Refused(String reason) implements Read {}

    EventLine(OwnerName person) {
        this.person = person;
    }

    /** @param now events of later than five minutes from then are refused, as from Kafka */
    Read read(byte[] line, Instant now) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return new Refused("not JSON");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
        if (!json.isObject()) {
            return new Refused("not a JSON object");
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            if (!FIELDS.contains(names.next())) {
                return new Refused("a line has 'type', 'id' and 'data', and nothing else");
            }
        }
        if (!json.path("type").isTextual()) {
            return new Refused("'type' is missing");
        }
        if (!(json.path("data") instanceof ObjectNode data)) {
            return new Refused("'data' is missing");
        }
        if (data.has("learner")) {
            return new Refused("'data' names a learner; it is whoever sends it");
        }
        JsonNode id = json.path("id");
        if (!id.isMissingNode()
                && (!id.isTextual()
                        || id.textValue().isBlank()
                        || id.textValue().length() > LONGEST_ID
                        || id.textValue().chars().anyMatch(Character::isISOControl))) {
            return new Refused("'id' has 1 to " + LONGEST_ID + " characters");
        }
        String name = id.isMissingNode() ? null : id.textValue();
        data.put("learner", person.name());
        return switch (json.path("type").textValue()) {
            case "code.changed" ->
                read(EventTypes.CODE_CHANGED, ObservationKind.CODE, CodeChanged::changedAt, _ -> null, name, data, now);
            case "error.observed" ->
                read(
                        EventTypes.ERROR_OBSERVED,
                        ObservationKind.ERROR,
                        ErrorObserved::observedAt,
                        _ -> null,
                        name,
                        data,
                        now);
            case "quiz.answered" ->
                read(
                        EventTypes.QUIZ_ANSWERED,
                        ObservationKind.ANSWER,
                        QuizAnswered::answeredAt,
                        QuizAnswered::answerId,
                        name,
                        data,
                        now);
            case "task.created" ->
                read(
                        EventTypes.TASK_CREATED,
                        ObservationKind.TASK_CREATED,
                        TaskCreated::createdAt,
                        _ -> null,
                        name,
                        data,
                        now);
            case "task.completed" ->
                read(
                        EventTypes.TASK_COMPLETED,
                        ObservationKind.TASK_COMPLETED,
                        TaskCompleted::completedAt,
                        _ -> null,
                        name,
                        data,
                        now);
            case "memory.updated" ->
                read(
                        EventTypes.MEMORY_UPDATED,
                        ObservationKind.MEMORY,
                        MemoryUpdated::updatedAt,
                        _ -> null,
                        name,
                        data,
                        now);
            default ->
                new Refused("'type' is code.changed, error.observed, quiz.answered, task.created, task.completed or"
                        + " memory.updated");
        };
    }

    private <T> Read read(
            EventType<T> type,
            ObservationKind kind,
            Function<T, Instant> occurredAt,
            Function<T, @Nullable String> answerId,
            @Nullable String name,
            ObjectNode data,
            Instant now) {
        Envelope envelope = Envelope.of(type, SOURCE, name == null ? "of-content" : name, null);
        Decoded<T> decoded = decoder.decodeData(type, envelope, data.toString().getBytes(StandardCharsets.UTF_8));
        return switch (decoded) {
            case Decoded.Rejected<T>(var _, String detail) -> new Refused(detail);
            case Decoded.Accepted<T>(Event<T> event) -> {
                Instant at = occurredAt.apply(event.data());
                if (at.isAfter(now.plus(FUTURE))) {
                    yield new Refused("it is more than 5 minutes ahead");
                }
                String content = new String(EventEncoder.encodeData(type, event.data()), StandardCharsets.UTF_8);
                yield new Taken(new Observation(
                        person,
                        kind,
                        Micros.of(at),
                        SOURCE,
                        name == null ? EventEncoder.contentId(type.name(), content) : name,
                        answerId.apply(event.data()),
                        content));
            }
        };
    }
}
