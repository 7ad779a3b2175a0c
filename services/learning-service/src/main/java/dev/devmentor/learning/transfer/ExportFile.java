package dev.devmentor.learning.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.devmentor.events.Bloom;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.card.CardView;
import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.fit.Calibration;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.Preferences;
import dev.devmentor.learning.learner.SettingsDetail;
import dev.devmentor.learning.log.EntryKind;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes everything that is kept of a learner into a file: as of one moment, in the database's own words. */
@ApplicationScoped
class ExportFile {
    static final String FORMAT = "devmentor-export";
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final List<String> LOG_COLUMNS = List.of(
            "kind",
            "at",
            "receivedAt",
            "source",
            "id",
            "item",
            "ref",
            "localDay",
            "zone",
            "grade",
            "responseMs",
            "dueAt",
            "intervalDays",
            "skills",
            "quiz",
            "bloom",
            "difficulty",
            "origin",
            "detail");
    private static final List<String> CARD_COLUMNS = List.of(
            "item",
            "title",
            "state",
            "skills",
            "dueAt",
            "intervalDays",
            "scheduler",
            "predictedRecall",
            "answers",
            "lapses",
            "lastGrade",
            "lastAnsweredAt");

    /** Forms of an export. */
    enum Form {
        JSON("application/json", ".json"),
        CSV("application/zip", ".zip"),
        APKG("application/octet-stream", ".apkg");

        private final String mediaType;
        private final String suffix;

        Form(String mediaType, String suffix) {
            this.mediaType = mediaType;
            this.suffix = suffix;
        }

        String mediaType() {
            return mediaType;
        }

        String suffix() {
            return suffix;
        }
    }

    private final AgroalDataSource dataSource;
    private final Learners learners;
    private final CardTable cards;
    private final Calibration calibration;
    private final ExportTables tables;
    private final Clock clock;

    ExportFile(
            AgroalDataSource dataSource,
            Learners learners,
            CardTable cards,
            Calibration calibration,
            ExportTables tables,
            Clock clock) {
        this.dataSource = dataSource;
        this.learners = learners;
        this.cards = cards;
        this.calibration = calibration;
        this.tables = tables;
        this.clock = clock;
    }

    /** The name of a kind of entry in exports. */
    static String name(EntryKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is written, from which state of the database, for whom. */
    private record Export(
            Connection connection,
            Learner learner,
            Predictor predictor,
            Instant now,
            Map<String, List<String>> tables) {}

    void write(String sub, Form form, Path file, Path scratch) throws SQLException, IOException {
        Instant now = clock.instant();
        try (Connection connection = dataSource.getConnection();
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                Learner learner = learners.find(connection, sub);
                if (learner == null) {
                    learner = new Learner(
                            -1, sub, LearnerSettings.DEFAULT, Preferences.DEFAULT, null, Models.DEFAULT, null);
                }
                Predictor predictor = calibration.predictor(connection, learner);
                Export export = new Export(connection, learner, predictor, now, tables.tables(connection));
                switch (form) {
                    case JSON -> json(export, out);
                    case CSV -> csv(export, out);
                    case APKG -> new AnkiExport(tables, cards).write(connection, learner, now, scratch, out);
                }
            } finally {
                connection.rollback();
            }
        }
    }

    private static String at(long micros) {
        return Micros.toInstant(micros).toString();
    }

    /** A value of an entry by the name of its column; null where there is none. */
    private static @Nullable Object value(ExportTables.Entry entry, EntryKind kind, String column) {
        boolean answer = kind == EntryKind.ANSWER;
        return switch (column) {
            case "kind" -> name(kind);
            case "at" -> at(entry.atMicros());
            case "receivedAt" -> at(entry.receivedMicros());
            case "source" -> entry.source();
            case "id" -> entry.eventId();
            case "item" -> entry.item();
            case "ref" -> entry.ref();
            case "localDay" ->
                entry.localDay() == null
                        ? null
                        : LocalDate.ofEpochDay(entry.localDay()).toString();
            case "zone" -> entry.zone();
            case "grade" -> entry.grade();
            case "responseMs" -> entry.responseMs();
            case "dueAt" -> entry.due() == null || answer ? null : at(entry.due());
            case "intervalDays" -> entry.due() != null && answer ? entry.due() : null;
            case "skills" -> entry.skills().isEmpty() ? null : entry.skills();
            case "quiz" -> entry.quiz();
            case "bloom" -> entry.bloom() == null ? null : Bloom.values()[entry.bloom()].wire();
            case "difficulty" -> entry.difficulty();
            case "origin" -> entry.origin();
            case "detail" -> entry.detail();
            default -> throw new IllegalArgumentException(column);
        };
    }

    private void json(Export export, OutputStream out) throws IOException, SQLException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("exportedAt", export.now().toString());
            json.writeStringField("learner", export.learner().sub());
            json.writeFieldName("settings");
            json.writeRawValue(settings(export));
            json.writeArrayFieldStart("log");
            tables.log(export.connection(), export.learner().id(), entry -> logEntry(json, entry));
            json.writeEndArray();
            json.writeArrayFieldStart("cards");
            eachCard(export, card -> json.writeRawValue("\n" + JSON.writeValueAsString(card)));
            json.writeEndArray();
            json.writeObjectFieldStart("tables");
            for (Map.Entry<String, List<String>> table : others(export).entrySet()) {
                json.writeArrayFieldStart(table.getKey());
                tables.json(
                        export.connection(),
                        table.getKey(),
                        table.getValue(),
                        export.learner().id(),
                        row -> json.writeRawValue("\n" + row));
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static String settings(Export export) {
        return new SettingsDetail(export.learner().settings(), export.learner().preferences(), false).toJson();
    }

    private static void logEntry(JsonGenerator json, ExportTables.Entry entry) throws IOException {
        EntryKind kind = EntryKind.of(entry.kind());
        json.writeRaw('\n');
        json.writeStartObject();
        for (String column : LOG_COLUMNS) {
            Object value = value(entry, kind, column);
            if (value == null) {
                continue;
            }
            json.writeFieldName(column);
            switch (value) {
                case String text when column.equals("detail") -> json.writeRawValue(text);
                case String text -> json.writeString(text);
                case Integer number -> json.writeNumber(number);
                case Long number -> json.writeNumber(number);
                case Double number -> json.writeNumber(number);
                case List<?> texts -> {
                    json.writeStartArray();
                    for (Object text : texts) {
                        json.writeString(text.toString());
                    }
                    json.writeEndArray();
                }
                default -> throw new IllegalStateException("a value of " + value.getClass());
            }
        }
        json.writeEndObject();
    }

    /** Tables beside the log and the cards, which have a form of their own. */
    private static Map<String, List<String>> others(Export export) {
        Map<String, List<String>> others = new java.util.TreeMap<>(export.tables());
        others.remove("entry");
        others.remove("card");
        return others;
    }

    private void eachCard(Export export, ExportTables.Each<CardView> each) throws SQLException, IOException {
        long now = Micros.of(export.now());
        Map<String, ExportTables.NoteText> notes =
                tables.notes(export.connection(), export.learner().id());
        for (Card card : cards.ofLearner(export.connection(), export.learner().id())) {
            ExportTables.NoteText note = notes.get(card.key().item());
            each.take(view(card, note == null ? null : note.title(), export, now));
        }
    }

    private static CardView view(Card card, @Nullable String title, Export export, long now) {
        return CardView.of(card, export.predictor(), title, now);
    }

    private void csv(Export export, OutputStream out) throws IOException, SQLException {
        long learnerId = export.learner().id();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            table(
                    zip,
                    export,
                    "settings",
                    List.of("setting", "value"),
                    rows -> JSON.readTree(settings(export))
                            .properties()
                            .forEach(setting -> rows.add(
                                    setting.getKey(),
                                    setting.getValue().isValueNode()
                                            ? setting.getValue().asText()
                                            : setting.getValue().toString())));
            table(
                    zip,
                    export,
                    "log",
                    LOG_COLUMNS,
                    rows -> tables.log(export.connection(), learnerId, entry -> {
                        EntryKind kind = EntryKind.of(entry.kind());
                        rows.add(LOG_COLUMNS.stream()
                                .map(column -> text(value(entry, kind, column)))
                                .toArray(String[]::new));
                    }));
            table(zip, export, "cards", CARD_COLUMNS, rows -> eachCard(export, card -> rows.add(cardRow(card))));
            for (Map.Entry<String, List<String>> other : others(export).entrySet()) {
                table(
                        zip,
                        export,
                        other.getKey(),
                        other.getValue(),
                        rows -> tables.texts(
                                export.connection(), other.getKey(), other.getValue(), learnerId, rows::add));
            }
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof List<?> texts) {
            return String.join(" ", texts.stream().map(Object::toString).toList());
        }
        return value == null ? null : value.toString();
    }

    private static @Nullable String[] cardRow(CardView card) {
        return new String[] {
            card.item(),
            card.title(),
            card.state(),
            String.join(" ", card.skills()),
            text(card.dueAt()),
            text(card.intervalDays()),
            card.scheduler(),
            text(card.predictedRecall()),
            text(card.answers()),
            text(card.lapses()),
            text(card.lastGrade()),
            text(card.lastAnsweredAt())
        };
    }

    /** Takes the rows of a table. */
    private interface Rows {
        void add(@Nullable String... row);
    }

    /** Gives the rows of a table. */
    @FunctionalInterface
    private interface Filling {
        void into(Rows rows) throws SQLException, IOException;
    }

    private static void table(ZipOutputStream zip, Export export, String name, List<String> columns, Filling filling)
            throws IOException, SQLException {
        ZipEntry entry = new ZipEntry(name + ".csv");
        entry.setTime(export.now().toEpochMilli());
        zip.putNextEntry(entry);
        Writer writer = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 64 * 1024);
        row(writer, columns.toArray(String[]::new));
        try {
            filling.into(row -> {
                try {
                    row(writer, row);
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
        } catch (java.io.UncheckedIOException failure) {
            throw failure.getCause();
        }
        writer.flush();
        zip.closeEntry();
    }

    /** RFC 4180: quotes where something in the field would be mistaken. */
    private static void row(Writer writer, @Nullable String[] row) throws IOException {
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                writer.write(',');
            }
            String field = row[i];
            if (field == null) {
                continue;
            }
            boolean quoted =
                    field.isEmpty() || field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            writer.write(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        writer.write("\r\n");
    }
}
