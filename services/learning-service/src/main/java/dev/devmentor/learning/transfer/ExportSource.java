package dev.devmentor.learning.transfer;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.events.Bloom;
import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.learner.SettingsDetail;
import dev.devmentor.learning.learner.WeightsDetail;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.LogEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An export of DevMentor, of which the log is read: everything else follows from it. Answers, notes and tasks go through
 * Kafka as they once came, the other entries are recorded when those are there. Answers keep their ids; events get new ones,
 * for those of the export belong to somebody else, in the order in which they were folded.
 */
final class ExportSource implements ImportSource {
    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(40)
                    .maxStringLength(300_000)
                    .maxNameLength(1_000)
                    .maxNumberLength(400)
                    .build())
            .build());
    private static final int MOST_ENTRIES = 2_000_000;
    private static final int MOST_SETTINGS = 10_000;
    private static final int LARGEST_ENTRY = 1 << 20;
    private static final int LARGEST_DETAIL = 256 * 1024;
    private static final int LONGEST_ITEM = 256;
    private static final int LONGEST_REF = 256;

    private final Clock clock;

    ExportSource(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void read(Path file, Path scratch, ImportSink sink) throws IOException {
        try {
            new Reading(file, sink, clock.instant()).run();
        } catch (JsonProcessingException broken) {
            throw new ImportRefused(
                    "the file is no JSON at line " + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr(),
                    broken);
        }
    }

    /** What happens with each entry of the log. */
    @FunctionalInterface
    private interface Entries {
        void take(long number, JsonNode entry, EntryKind kind, long atMicros, String eventId) throws IOException;
    }

    private static final class Reading {
        private final Path file;
        private final ImportSink sink;
        private final Instant now;
        private final EventDecoder decoder = new EventDecoder();
        private final Map<String, String> settingsIds = new HashMap<>();
        private long entries;
        private long answers;
        private long notes;

        Reading(Path file, ImportSink sink, Instant now) {
            this.file = file;
            this.sink = sink;
            this.now = now;
        }

        void run() throws IOException {
            List<LogEntry> settings = new ArrayList<>();
            each((number, entry, kind, at, id) -> {
                entries++;
                if (entries > MOST_ENTRIES) {
                    throw new ImportRefused("the file has more than " + MOST_ENTRIES + " entries");
                }
                switch (kind) {
                    case ANSWER -> answers++;
                    case NOTE -> notes++;
                    case SETTINGS, SETTINGS_UNDO, WEIGHTS -> {
                        settingsIds.put(entry.path("id").asText(), id);
                        if (settings.size() >= MOST_SETTINGS) {
                            throw new ImportRefused("the file has more than " + MOST_SETTINGS + " changes of settings");
                        }
                        settings.add(settings(number, entry, kind, at, id));
                    }
                    default -> {}
                }
            });
            sink.found(Found.of("DevMentor export", notes, answers, entries - answers - notes), entries);
            if (sink.dryRun()) {
                return;
            }
            sink.settings(settings);
            each(this::entry);
        }

        /** Goes through the log of the file. */
        private void each(Entries taken) throws IOException {
            boolean known = false;
            boolean log = false;
            try (InputStream in = Files.newInputStream(file);
                    JsonParser parser = JSON.createParser(in)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new ImportRefused("the file is no export of DevMentor");
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "format" -> known = ExportFile.FORMAT.equals(parser.getValueAsString());
                        case "version" -> {
                            if (parser.getValueAsInt() != ExportFile.VERSION) {
                                throw new ImportRefused("the export is of a version that is not known here");
                            }
                        }
                        case "log" -> {
                            if (!known) {
                                throw new ImportRefused("the file is no export of DevMentor");
                            }
                            log = true;
                            log(parser, taken);
                        }
                        default -> parser.skipChildren();
                    }
                }
            }
            if (!log) {
                throw new ImportRefused("the file is no export of DevMentor: it has no log");
            }
        }

        private void log(JsonParser parser, Entries taken) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new ImportRefused("the log of the export is no array");
            }
            long number = 0;
            long lastAt = Long.MIN_VALUE;
            int rank = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonNode entry = node(parser, new int[] {LARGEST_ENTRY});
                number++;
                EntryKind kind = kind(entry.path("kind").asText());
                Long at = micros(entry.path("at"));
                if (kind == null || at == null) {
                    sink.badLine(number, "it is an entry of a kind that is not known here, or has no time");
                    continue;
                }
                rank = at == lastAt ? rank + 1 : 0;
                lastAt = at;
                // Entries of one time are folded in the order of their ids; the rank keeps it.
                String id = String.format(
                        Locale.ROOT,
                        "%04d-%s",
                        rank,
                        EventEncoder.contentId(
                                entry.path("source").asText(), entry.path("id").asText()));
                taken.take(number, entry, kind, at, id);
            }
        }

        /** One value, built with a budget: an entry may not be as large as the file. */
        private static JsonNode node(JsonParser parser, int[] budget) throws IOException {
            budget[0] -= 16 + parser.getTextLength();
            if (budget[0] < 0) {
                throw new ImportRefused("an entry of the log is larger than 1 MiB");
            }
            switch (parser.currentToken()) {
                case START_OBJECT -> {
                    ObjectNode object = JSON.createObjectNode();
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String name = parser.currentName();
                        parser.nextToken();
                        object.set(name, node(parser, budget));
                    }
                    return object;
                }
                case START_ARRAY -> {
                    ArrayNode array = JSON.createArrayNode();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        array.add(node(parser, budget));
                    }
                    return array;
                }
                default -> {
                    return JSON.readTree(parser);
                }
            }
        }

        private static @Nullable EntryKind kind(String name) {
            for (EntryKind kind : EntryKind.values()) {
                if (ExportFile.name(kind).equals(name)) {
                    return kind;
                }
            }
            return null;
        }

        private static @Nullable Long micros(JsonNode value) {
            try {
                return value.isTextual() ? Micros.of(Micros.requireInReach(Instant.parse(value.textValue()))) : null;
            } catch (DateTimeException unreadable) {
                return null;
            }
        }

        private void entry(long number, JsonNode entry, EntryKind kind, long at, String id) throws IOException {
            sink.read(1);
            if (Micros.toInstant(at).isAfter(now)) {
                sink.leftOut("entries whose time has not come yet", 1);
                return;
            }
            switch (kind) {
                case ANSWER -> answer(number, entry, at, id);
                case NOTE -> data(EventTypes.MEMORY_UPDATED, number, entry, id);
                case TASK_CREATED -> data(EventTypes.TASK_CREATED, number, entry, id);
                case TASK_COMPLETED -> data(EventTypes.TASK_COMPLETED, number, entry, id);
                case UNDO, RESET, RESCHEDULE, SUSPEND, RESUME, UNPLAN, DECK -> ofCard(number, entry, kind, at, id);
                case SETTINGS, SETTINGS_UNDO, WEIGHTS -> {
                    // They came first.
                }
                default -> sink.leftOut("entries that only the platform makes (" + ExportFile.name(kind) + ")", 1);
            }
        }

        private static @Nullable String text(JsonNode entry, String name) {
            JsonNode value = entry.path(name);
            return value.isTextual() ? value.textValue() : null;
        }

        private static List<String> texts(JsonNode array) {
            List<String> texts = new ArrayList<>();
            array.forEach(text -> texts.add(text.asText()));
            return texts;
        }

        private void answer(long number, JsonNode entry, long at, String id) throws IOException {
            String ref = text(entry, "ref");
            String item = text(entry, "item");
            int grade = entry.path("grade").asInt();
            if (ref == null || item == null || grade < 1 || grade > 4) {
                sink.badLine(number, "an answer has 'ref', 'item' and a 'grade' from 1 to 4");
                return;
            }
            String zone = text(entry, "zone");
            JsonNode bloom = entry.path("bloom");
            JsonNode detail = entry.path("detail");
            sink.event(
                    id,
                    new QuizAnswered(
                            ref,
                            sink.learner(),
                            item,
                            Micros.toInstant(at),
                            grade > 1,
                            grade,
                            texts(entry.path("skills")),
                            text(entry, "quiz"),
                            // An offset is a learner's own setting, and stands there; events name regions.
                            zone != null
                                            && ZoneRulesProvider.getAvailableZoneIds()
                                                    .contains(zone)
                                    ? ZoneId.of(zone)
                                    : null,
                            entry.path("responseMs").isInt()
                                    ? (Integer) entry.path("responseMs").intValue()
                                    : null,
                            bloom.isTextual() ? bloom(bloom.textValue()) : null,
                            entry.path("difficulty").isNumber()
                                    ? (Double) entry.path("difficulty").doubleValue()
                                    : null,
                            text(entry, "origin"),
                            detail.isObject() ? detail.toString() : null));
        }

        private static @Nullable Bloom bloom(String name) {
            for (Bloom level : Bloom.values()) {
                if (level.wire().equals(name)) {
                    return level;
                }
            }
            return null;
        }

        /** Notes and tasks lie in the log as the data of their event. */
        private <T> void data(EventType<T> type, long number, JsonNode entry, String id) throws IOException {
            if (!(entry.path("detail") instanceof ObjectNode detail)) {
                sink.badLine(number, "it has no 'detail'");
                return;
            }
            detail.put("learner", sink.learner());
            Decoded<T> decoded = decoder.decodeData(
                    type,
                    Envelope.of(type, sink.source(), id, null),
                    detail.toString().getBytes(StandardCharsets.UTF_8));
            switch (decoded) {
                case Decoded.Accepted<T>(var event) -> sink.event(id, Objects.requireNonNull(event.data()));
                case Decoded.Rejected<T>(var _, String why) -> sink.badLine(number, "its 'detail' is refused: " + why);
            }
        }

        private void ofCard(long number, JsonNode entry, EntryKind kind, long at, String id) throws IOException {
            String item = text(entry, "item");
            String ref = text(entry, "ref");
            Long due = entry.path("dueAt").isMissingNode() ? null : micros(entry.path("dueAt"));
            boolean needsRef = kind == EntryKind.UNDO || kind == EntryKind.UNPLAN || kind == EntryKind.DECK;
            if (item == null
                    || !isGood(item, LONGEST_ITEM)
                    || ref != null && !isGood(ref, LONGEST_REF) && !isNoDeck(kind, ref)
                    || needsRef && ref == null
                    || kind == EntryKind.RESCHEDULE && due == null) {
                sink.badLine(number, "an entry of kind " + ExportFile.name(kind) + " lacks what it has to have");
                return;
            }
            JsonNode detail = entry.path("detail");
            sink.later(
                    new LogEntry(
                            sink.learner(),
                            kind,
                            at,
                            false,
                            sink.source(),
                            id,
                            item,
                            ref,
                            null,
                            0,
                            -1,
                            due == null ? 0 : due,
                            List.of(),
                            null,
                            LogEntry.NO_BLOOM,
                            Double.NaN,
                            null,
                            detail.isObject() && detail.toString().length() <= LARGEST_DETAIL
                                    ? detail.toString()
                                    : null,
                            null),
                    false);
        }

        /** A card was taken out of its deck. */
        private static boolean isNoDeck(EntryKind kind, String ref) {
            return kind == EntryKind.DECK && ref.isEmpty();
        }

        private static boolean isGood(String text, int longest) {
            return !text.isEmpty() && text.length() <= longest && text.indexOf('\0') < 0;
        }

        private LogEntry settings(long number, JsonNode entry, EntryKind kind, long at, String id)
                throws ImportRefused {
            String detail =
                    entry.path("detail").isObject() ? entry.path("detail").toString() : null;
            String ref = text(entry, "ref");
            try {
                if (kind == EntryKind.SETTINGS) {
                    SettingsDetail.parse(Objects.requireNonNullElse(detail, ""));
                } else if (kind == EntryKind.WEIGHTS) {
                    WeightsDetail.parse(Objects.requireNonNullElse(detail, ""));
                }
            } catch (RuntimeException unreadable) {
                throw new ImportRefused(
                        "entry " + number + " of the log is a change of settings that cannot be read", unreadable);
            }
            return LogEntry.ofLearner(
                    sink.learner(),
                    kind,
                    Math.min(at, Micros.of(now)),
                    sink.source(),
                    id,
                    ref == null ? null : settingsIds.getOrDefault(ref, ref),
                    List.of(),
                    detail);
        }
    }
}
