package dev.devmentor.learning.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.anki.AnkiFixtures;
import dev.devmentor.anki.AnkiLimits;
import dev.devmentor.anki.AnkiPackage;
import dev.devmentor.anki.Review;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.events.TaskCreated;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class ExportIT extends TransferIT {
    @TempDir
    Path folder;

    /** A history with every kind of entry that a person makes. */
    private String someone() {
        String learner = newLearner("export");
        ok(as(learner).body("{\"rolloverHour\":6,\"zone\":\"Europe/Vienna\"}").put("/api/learning/settings"));
        answer(learner, "a", 3, "2026-03-01T10:00:00Z", "sql", "kafka.partitions");
        answer(learner, "a", 1, "2026-03-05T04:30:00Z");
        answer(learner, "a", 3, "2026-03-05T05:10:00.123456Z");
        answer(learner, "b", 4, "2026-03-01T10:00:00Z");
        answer(learner, "b", 2, "2026-03-09T10:00:00Z");
        answer(learner, "c", 3, "2026-03-02T10:00:00Z");
        answer(learner, "note:m-1", 3, "2026-03-03T10:00:00Z");
        ok(post(learner, "/api/learning/cards/b/actions", "{\"action\":\"undo\"}"));
        ok(post(learner, "/api/learning/cards/c/actions", "{\"action\":\"reset\"}"));
        ok(post(learner, "/api/learning/cards/c/actions", "{\"action\":\"suspend\"}"));
        ok(post(learner, "/api/learning/cards/a/actions", "{\"action\":\"deck\",\"deck\":\"\"}"));
        ok(post(
                learner,
                "/api/learning/cards/note:m-1/actions",
                "{\"action\":\"reschedule\",\"dueAt\":\"2026-09-01T04:00:00Z\"}"));
        ok(as(learner).body("{\"desiredRetention\":0.85}").put("/api/learning/settings"));
        sendAndAwait(
                event(
                        EventTypes.MEMORY_UPDATED,
                        "note-" + learner,
                        learner,
                        new MemoryUpdated(
                                "m-1",
                                learner,
                                1,
                                MemoryKind.NOTE,
                                "Front, \"quoted\"",
                                "Back\nof two lines",
                                List.of("sql"),
                                true,
                                Instant.parse("2026-03-01T00:00:00Z"),
                                false,
                                "Data::SQL",
                                "g-1",
                                null)),
                event(
                        EventTypes.TASK_CREATED,
                        "task-" + learner,
                        learner,
                        new TaskCreated(
                                "t-1",
                                learner,
                                "project",
                                "A task",
                                List.of("sql"),
                                Instant.parse("2026-03-01T00:00:00Z"),
                                null,
                                null)),
                event(
                        EventTypes.TASK_COMPLETED,
                        "done-" + learner,
                        learner,
                        new TaskCompleted(
                                "t-2", learner, List.of("sql"), Instant.parse("2026-03-02T00:00:00Z"), 30, null)));
        return learner;
    }

    private JsonNode json(byte[] content) {
        return json(new String(content, StandardCharsets.UTF_8));
    }

    @Test
    void theDocumentHasEverythingThatIsKept() {
        String learner = someone();
        awaitQuiet();

        JsonNode export = json(exported(learner, "json"));

        assertThat(export.get("format").textValue()).isEqualTo("devmentor-export");
        assertThat(export.get("version").intValue()).isEqualTo(1);
        assertThat(export.get("learner").textValue()).isEqualTo(learner);
        assertThat(export.get("settings").get("zone").textValue()).isEqualTo("Europe/Vienna");
        assertThat(export.get("log").size()).isEqualTo((int) entries(learner));
        assertThat(texts(export.get("log"), "kind"))
                .contains(
                        "answer",
                        "undo",
                        "reset",
                        "suspend",
                        "reschedule",
                        "settings",
                        "note",
                        "task-created",
                        "task-completed");
        assertThat(texts(export.get("cards"), "item")).containsExactlyInAnyOrder("a", "b", "c", "note:m-1");
        // Every table with a column for the learner is there; the log and the cards have a form of their own.
        List<String> tables = new ArrayList<>();
        export.get("tables").fieldNames().forEachRemaining(tables::add);
        assertThat(String.join("|", tables)).isEqualTo(text("""
                        SELECT string_agg(DISTINCT table_name, '|' ORDER BY table_name) FROM information_schema.columns
                        WHERE table_schema = current_schema() AND column_name = 'learner_id'
                          AND table_name NOT IN ('entry', 'card') AND table_name !~ '^(entry|card)_[0-9]+$'
                          AND table_name NOT IN (SELECT table_name FROM information_schema.views)"""));
        assertThat(tables).contains("achievement", "focus", "import_job", "note", "person_state");
        assertThat(export.get("tables").get("note").get(0).get("deck").textValue())
                .isEqualTo("Data::SQL");
        assertThat(export.get("tables").get("focus").get(0).get("task_id").textValue())
                .isEqualTo("t-1");
    }

    @Test
    void importedIntoANewAccountItGivesTheSameCardsToTheBit() {
        String learner = someone();
        String fresh = newLearner("fresh");
        byte[] export = exported(learner, "json");

        JsonNode view = imported(fresh, export, "");

        assertThat(view.get("found").get("format").textValue()).isEqualTo("DevMentor export");
        assertThat(view.has("error")).isFalse();
        assertThat(view.get("leftOut").toString()).isEqualTo("{}");
        assertThat(view.get("sent").intValue())
                .as("7 answers, a note, two tasks")
                .isEqualTo(10);
        assertThat(view.get("recorded").intValue())
                .as("two settings, the deck of the note, five actions")
                .isEqualTo(8);
        assertSameCards(learner, fresh);
        assertThat(get(fresh, "/api/learning/settings").get("rolloverHour").intValue())
                .isEqualTo(6);
        assertThat(get(fresh, "/api/learning/settings").get("desiredRetention").doubleValue())
                .isEqualTo(0.85);
        assertThat(due(fresh, "2026-12-01T00:00:00Z").get("items"))
                .isEqualTo(due(learner, "2026-12-01T00:00:00Z").get("items"));
        assertStateFollowsFromTheLog();

        JsonNode again = imported(fresh, export, "");
        assertThat(again.get("sent").intValue()).isZero();
        assertThat(again.get("recorded").intValue()).isZero();
        assertSameCards(learner, fresh);
    }

    @Test
    void whoHasSettingsKeepsThem() {
        String learner = someone();
        String other = newLearner("settled");
        ok(as(other).body("{\"rolloverHour\":1}").put("/api/learning/settings"));

        JsonNode view = imported(other, exported(learner, "json"), "");

        assertThat(view.get("leftOut").toString())
                .isEqualTo("{\"settings and weights, for you have settings of your own\":2}");
        assertThat(get(other, "/api/learning/settings").get("rolloverHour").intValue())
                .isEqualTo(1);
        assertStateFollowsFromTheLog();
    }

    private static Map<String, String> unzipped(byte[] content) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void theTablesHaveEverythingToo() throws IOException {
        String learner = someone();
        awaitQuiet();

        Map<String, String> files = unzipped(exported(learner, "csv"));

        assertThat(files.keySet())
                .contains("settings.csv", "log.csv", "cards.csv", "note.csv", "focus.csv", "import_job.csv");
        assertThat(files.get("log.csv").lines().filter(line -> line.startsWith("answer,")))
                .hasSize(7);
        assertThat(files.get("cards.csv"))
                .startsWith("item,title,state,skills,dueAt,")
                .contains("\r\na,,review,sql kafka.partitions,");
        assertThat(files.get("note.csv")).contains("m-1,note:m-1,\"Front, \"\"quoted\"\"\",{sql},1,");
        assertThat(files.get("settings.csv")).contains("\r\nzone,Europe/Vienna\r\n");
    }

    private record Line(
            String item, long id, int ease, int interval, int lastInterval, int factor, int millis, Review.Kind kind) {}

    private List<Line> lines(byte[] content, boolean ours) throws IOException {
        Path file = folder.resolve("read.apkg");
        Files.write(file, content);
        List<Line> lines = new ArrayList<>();
        try (AnkiPackage anki = AnkiPackage.open(file, folder, AnkiLimits.DEFAULT)) {
            anki.reviews(review -> {
                var card = anki.card(review.cardId());
                if (card == null) {
                    return; // its card is not in the file
                }
                String guid = Objects.requireNonNull(anki.note(card.noteId())).guid();
                String item = ours
                        ? guid.substring("devmentor:".length())
                        : "note:anki-" + Naming.plain(guid) + "-" + card.ordinal();
                lines.add(new Line(
                        item,
                        review.id(),
                        review.ease(),
                        review.interval(),
                        review.lastInterval(),
                        review.factor(),
                        review.millis(),
                        review.kind()));
            });
        }
        return lines;
    }

    @Test
    void everyReviewOfAnAnkiPackageComesBackAsItWas() throws IOException, SQLException {
        String learner = newLearner("there");
        byte[] original = AnkiFixtures.packed(folder, AnkiPackage.Format.LATEST, connection -> {});
        imported(learner, original, "");

        byte[] back = exported(learner, "apkg");

        assertThat(lines(back, true)).isEqualTo(lines(original, false)).hasSize(10);
        String fresh = newLearner("and-back");
        JsonNode view = imported(fresh, back, "");
        assertThat(view.get("found").get("reviews").intValue()).isEqualTo(8);
        assertThat(view.get("found").get("manualEntries").intValue()).isEqualTo(2);
        for (String item : items(learner)) {
            assertThat(requireCard(fresh, item).state().answers())
                    .as(item)
                    .isEqualTo(requireCard(learner, item).state().answers());
            assertThat(requireCard(fresh, item).state().dueAtMicros())
                    .as(item)
                    .isEqualTo(requireCard(learner, item).state().dueAtMicros());
        }
        assertThat(lines(exported(fresh, "apkg"), true)).isEqualTo(lines(original, false));
    }

    @Test
    void onesOwnPackageDoublesNothing() throws IOException {
        String learner = someone();
        long before = entries(learner);
        byte[] own = exported(learner, "apkg");
        assertThat(lines(own, true))
                .as("6 answers that count, a reset, a moved due date")
                .hasSize(8);

        JsonNode view = imported(learner, own, "");

        assertThat(view.get("leftOut").toString()).isEqualTo("{\"reviews that are in the log already\":8}");
        assertThat(view.get("sent").intValue()).isZero();
        assertThat(entries(learner)).isEqualTo(before);
    }

    @Test
    void whoeverIsNotKnownGetsAnEmptyFileAndAnUnknownFormIsRefused() throws IOException {
        String learner = newLearner("nobody");

        JsonNode export = json(exported(learner, "json"));

        assertThat(export.get("log").size()).isZero();
        assertThat(export.get("cards").size()).isZero();
        assertThat(lines(exported(learner, "apkg"), true)).isEmpty();
        problem(as(learner).get("/api/learning/export?format=xml"), 400, "invalid-request");
    }

    @Test
    void nothingOfAnybodyElseIsInIt() {
        String one = newLearner("one");
        String two = newLearner("two");
        answer(one, "of-one", 3, "2026-03-01T10:00:00Z");
        answer(two, "of-two", 3, "2026-03-01T10:00:00Z");

        assertThat(new String(exported(one, "json"), StandardCharsets.UTF_8))
                .contains("of-one")
                .doesNotContain("of-two")
                .doesNotContain(two);
    }
}
