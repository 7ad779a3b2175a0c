package dev.devmentor.learning.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.anki.AnkiFixtures;
import dev.devmentor.anki.AnkiPackage;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.learning.engine.card.CardState;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class ImportIT extends TransferIT {
    private static final long DAY = 86_400_000L;

    @TempDir
    Path folder;

    private byte[] anki(AnkiPackage.Format format) throws IOException, SQLException {
        return AnkiFixtures.packed(folder, format, connection -> {});
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void anAnkiPackageBecomesNotesAndAnswersThatAreThereOnce(AnkiPackage.Format format)
            throws IOException, SQLException {
        String learner = newLearner("anki");

        JsonNode view = imported(learner, anki(format), "");

        assertThat(view.get("found").get("decks").toString()).isEqualTo("[\"Default\",\"Programming::Java\"]");
        assertThat(view.get("found").get("notes").intValue()).isEqualTo(4);
        assertThat(view.get("found").get("cards").intValue()).isEqualTo(6);
        assertThat(view.get("found").get("reviews").intValue()).isEqualTo(9);
        assertThat(view.get("found").get("manualEntries").intValue()).isEqualTo(2);
        assertThat(view.get("found").get("media").toString()).isEqualTo("[\"heap.png\",\"a.mp3\"]");
        assertThat(view.get("total").intValue()).isEqualTo(17);
        assertThat(view.get("read").intValue()).isEqualTo(17);
        assertThat(view.get("sent").intValue()).isEqualTo(13);
        assertThat(view.get("applied").intValue()).isEqualTo(13);
        assertThat(view.get("recorded").intValue()).isEqualTo(6);
        assertThat(view.get("alreadyThere").intValue()).isZero();
        assertThat(view.get("leftOut").toString())
                .isEqualTo("{\"media (pictures and recordings)\":2,"
                        + "\"cards whose deck is not in the file (taken without a deck)\":1,"
                        + "\"cards whose note is not in the file\":1,\"reviews of cards that are not in the file\":1}");
        assertThat(entries(learner)).isEqualTo(19);
        CardState lazy = requireCard(learner, "note:anki-gd1-0").state();
        assertThat(lazy.answers()).as("since the reset").isEqualTo(1);
        assertThat(lazy.lastAtMicros()).isEqualTo((AnkiFixtures.FIRST + 6 * DAY) * 1_000);
        assertThat(lazy.deck()).isEqualTo("Programming::Java");
        assertThat(requireCard(learner, "note:anki-gd1-0").skills()).containsExactly("java.streams");
        assertThat(requireCard(learner, "note:anki-gd3-0").state().suspended()).isTrue();
        assertThat(number("SELECT count(*) FROM note JOIN learner ON learner_id = id WHERE sub = ?", learner))
                .isEqualTo(5);
        assertThat(text(
                        "SELECT title || '/' || deck || '/' || sibling_group FROM note JOIN learner ON learner_id = id"
                                + " WHERE sub = ? AND memory_id = 'anki-gd1-1'",
                        learner))
                .isEqualTo("evaluated late & once/Programming::Java/anki-gd1");
        assertStateFollowsFromTheLog();
    }

    @Test
    void importingTheSameAgainInAnotherFormatChangesNothing() throws IOException, SQLException {
        String learner = newLearner("again");
        imported(learner, anki(AnkiPackage.Format.LEGACY_2), "");
        List<Map<String, Object>> before =
                items(learner).stream().map(item -> stateOf(learner, item)).toList();

        JsonNode again = imported(learner, anki(AnkiPackage.Format.LATEST), "");

        assertThat(again.get("sent").intValue()).isZero();
        assertThat(again.get("recorded").intValue()).isZero();
        assertThat(again.get("alreadyThere").intValue()).isEqualTo(19);
        assertThat(entries(learner)).isEqualTo(19);
        assertThat(items(learner).stream().map(item -> stateOf(learner, item)).toList())
                .isEqualTo(before);
    }

    @Test
    void aLaterPackageOfTheSameCollectionBringsWhatIsNew() throws IOException, SQLException {
        String learner = newLearner("later");
        imported(learner, anki(AnkiPackage.Format.LATEST), "");
        byte[] later = AnkiFixtures.packed(folder, AnkiPackage.Format.LATEST, connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(
                        "UPDATE notes SET flds = 'new front' || char(31) || 'new back', mod = mod + 9 WHERE guid = 'gd1'");
                statement.executeUpdate("UPDATE cards SET mod = mod + 500, did = 1 WHERE id = 101");
                statement.executeUpdate("INSERT INTO revlog VALUES (" + (AnkiFixtures.FIRST + 20 * DAY)
                        + ", 101, -1, 3, 9, 4, 2500, 1000, 1)");
            }
        });

        JsonNode view = imported(learner, later, "");

        assertThat(view.get("sent").intValue())
                .as("two cards of the note, one answer")
                .isEqualTo(3);
        assertThat(view.get("recorded").intValue()).as("the new deck").isEqualTo(1);
        assertThat(entries(learner)).isEqualTo(23);
        assertThat(text(
                        "SELECT title || '/' || deck FROM note JOIN learner ON learner_id = id WHERE sub = ? AND memory_id = 'anki-gd1-0'",
                        learner))
                .isEqualTo("new front/Default");
        assertThat(requireCard(learner, "note:anki-gd1-0").state().deck()).isEqualTo("Default");
        assertStateFollowsFromTheLog();
    }

    @Test
    void twoLearnersWithTheSamePackageHaveTheirOwn() throws IOException, SQLException {
        String one = newLearner("one");
        String two = newLearner("two");
        imported(one, anki(AnkiPackage.Format.LATEST), "");
        JsonNode second = imported(two, anki(AnkiPackage.Format.LATEST), "");

        assertThat(second.get("sent").intValue()).isEqualTo(13);
        assertThat(text("SELECT min(source) FROM entry JOIN learner ON learner_id = id WHERE sub = ?", one))
                .isNotEqualTo(text("SELECT min(source) FROM entry JOIN learner ON learner_id = id WHERE sub = ?", two));
    }

    @Test
    void aDryRunSaysWhatTheFileHasAndImportsNothing() throws IOException, SQLException {
        String learner = newLearner("dry");

        JsonNode view = imported(learner, anki(AnkiPackage.Format.LATEST), "?dryRun=true");

        assertThat(view.get("dryRun").booleanValue()).isTrue();
        assertThat(view.get("found").get("format").textValue()).isEqualTo("Anki (collection.anki21b, version 18)");
        assertThat(view.get("found").get("reviews").intValue()).isEqualTo(9);
        assertThat(view.get("found").get("lastReviewAt").textValue())
                .isEqualTo(Instant.ofEpochMilli(AnkiFixtures.FIRST + 10 * DAY).toString());
        assertThat(view.get("sent").intValue()).isZero();
        assertThat(entries(learner)).isZero();
    }

    @Test
    void movedTimesAreMovedByTheSameAgain() throws IOException, SQLException {
        String learner = newLearner("moved");
        JsonNode first = imported(learner, anki(AnkiPackage.Format.LATEST), "?shiftToNow=true");
        JsonNode again = imported(learner, anki(AnkiPackage.Format.LATEST), "");

        int days = first.get("shiftDays").intValue();
        assertThat(days).isEqualTo((int) Math.floorDiv(
                Instant.parse(first.get("startedAt").textValue()).toEpochMilli() - AnkiFixtures.FIRST - 10 * DAY, DAY));
        assertThat(again.get("shiftDays").intValue()).isEqualTo(days);
        assertThat(again.get("sent").intValue()).isZero();
        assertThat(requireCard(learner, "note:anki-gd1-0").state().lastAtMicros())
                .isEqualTo((AnkiFixtures.FIRST + (6 + days) * DAY) * 1_000);
    }

    @Test
    void progressIsAStreamThatEnds() throws IOException, SQLException {
        String learner = newLearner("stream");
        String id = start(learner, anki(AnkiPackage.Format.LATEST), "");

        Response events = as(learner).accept("text/event-stream").get("/api/learning/imports/" + id + "/events");

        List<JsonNode> steps = events.asString()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> json(line.substring(5)))
                .toList();
        assertThat(steps.getLast().get("state").textValue()).isEqualTo("done");
        assertThat(steps.getLast().get("applied").intValue()).isEqualTo(13);
        assertThat(steps).allMatch(step -> step.get("id").textValue().equals(id));
    }

    @Test
    void aCancelledImportEndsAndCanBeCompleted() {
        String learner = newLearner("cancel");
        StringBuilder log = new StringBuilder("card_id,review_time_ms,rating,duration_ms\n");
        for (int i = 0; i < 30_000; i++) {
            log.append(i % 300)
                    .append(',')
                    .append(1_700_000_000_000L + i * 61_000L)
                    .append(",3,1000\n");
        }
        String id = start(learner, bytes(log.toString()), "");

        ok(as(learner).delete("/api/learning/imports/" + id));

        JsonNode ended = ended(learner, id);
        assertThat(ended.get("state").textValue()).isEqualTo("cancelled");
        assertThat(ended.get("sent").intValue()).isLessThan(30_000);
        awaitQuiet();
        assertThat(imported(learner, bytes(log.toString()), "").get("state").textValue())
                .isEqualTo("done");
        assertThat(entries(learner)).isEqualTo(30_000);
        assertStateFollowsFromTheLog();
    }

    @Test
    void aSecondImportOfOnePersonWaits() {
        String learner = newLearner("second");
        StringBuilder cards = new StringBuilder("front,back\n");
        for (int i = 0; i < 20_000; i++) {
            cards.append("q").append(i).append(",a\n");
        }
        String id = start(learner, bytes(cards.toString()), "");

        problem(upload(learner, bytes("front,back\nq,a\n"), ""), 409, "import-under-way");

        ok(as(learner).delete("/api/learning/imports/" + id));
        ended(learner, id);
    }

    @Test
    void anImportBelongsToWhoStartedIt() throws IOException, SQLException {
        String owner = newLearner("owner");
        String other = newLearner("other");
        String id = start(owner, anki(AnkiPackage.Format.LEGACY_1), "");

        problem(as(other).get("/api/learning/imports/" + id), 404, "not-found");
        problem(as(other).get("/api/learning/imports/" + id + "/events"), 404, "not-found");
        problem(as(other).delete("/api/learning/imports/" + id), 404, "not-found");
        problem(as(other).get("/api/learning/imports/" + UUID.randomUUID()), 404, "not-found");
        problem(as(other).get("/api/learning/imports/none"), 404, "not-found");
        assertThat(ended(owner, id).get("state").textValue()).isEqualTo("done");
    }

    @Test
    void cardsComeFromATableAndBadLinesAreNamed() {
        String learner = newLearner("csv");
        byte[] table = bytes("""
                \uFEFFFront;Back;Tags;Deck;Id
                "What is ""lazy""?";"Evaluated
                late";java::streams later;Programming::Java;7
                ;no front;;;
                Second;Answer;;Programming::Java;8
                Second;Answer;;;8
                a;b;c;d;e;f
                Third;;;;
                """);

        JsonNode view = imported(learner, table, "");

        assertThat(view.get("found").get("format").textValue()).isEqualTo("CSV, cards");
        assertThat(view.get("total").intValue()).isEqualTo(6);
        assertThat(view.get("sent").intValue()).isEqualTo(3);
        assertThat(view.get("badLines").toString())
                .isEqualTo("[\"line 4: front is empty\",\"line 6: the same id stands on a line before\","
                        + "\"line 7: 6 columns instead of 5\"]");
        assertThat(text(
                        "SELECT string_agg(title || '/' || coalesce(deck, '-') || '/' || array_to_string(skills, ' '), ', ' ORDER BY title)"
                                + " FROM note JOIN learner ON learner_id = id WHERE sub = ?",
                        learner))
                .isEqualTo("Second/Programming::Java/programming.java, Third/-/, "
                        + "What is \"lazy\"?/Programming::Java/java.streams later");
        assertThat(imported(learner, table, "").get("alreadyThere").intValue()).isEqualTo(3);
        assertThat(entries(learner)).isEqualTo(3);
    }

    @Test
    void ankisOwnTextExportIsRead() {
        String learner = newLearner("txt");

        JsonNode view = imported(
                learner,
                bytes("#separator:tab\n#html:true\n#tags column:3\nA &lt;b&gt;\t<i>back</i>\tone two\nC\tD\t\n"),
                "");

        assertThat(view.get("sent").intValue()).isEqualTo(2);
        assertThat(text(
                        "SELECT title || '/' || array_to_string(skills, ' ') FROM note JOIN learner ON learner_id = id"
                                + " WHERE sub = ? ORDER BY title LIMIT 1",
                        learner))
                .isEqualTo("A <b>/one two");
    }

    @Test
    void aReviewLogComesFromATable() {
        String learner = newLearner("log");

        JsonNode view = imported(learner, bytes("""
                card_id,review_time_ms,rating,duration_ms
                1,1700000000000,3,4000
                1,1700100000000,1,
                2,1700000000000,9,
                2,oops,3,
                """), "");

        assertThat(view.get("sent").intValue()).isEqualTo(2);
        assertThat(view.get("badLines").toString())
                .isEqualTo("[\"line 4: rating is not 1 to 4\",\"line 5: the time cannot be read\"]");
        assertThat(requireCard(learner, "card-1").state().answers()).isEqualTo(2);
    }

    @Test
    void whatCannotBeImportedSaysWhyInOneSentence() throws IOException {
        String learner = newLearner("hostile");
        problem(upload(learner, new byte[] {1, 0, 2}, ""), 400, "invalid-request");
        problem(upload(learner, new byte[0], ""), 400, "invalid-request");
        Map<String, byte[]> failing = Map.of(
                "the file is a ZIP archive and damaged",
                bytes("PK\u0003\u0004 cut off".concat("PK\u0005\u0006") + "x".repeat(18)),
                "the file is no Anki package: it is no ZIP archive",
                bytes("PK and nothing else that goes on a while"),
                "the collection becomes more than 200 times larger when it is unpacked; that is no collection but a ZIP bomb",
                AnkiFixtures.zip(Map.of("collection.anki21", new byte[60 << 20])),
                "the file is no export of DevMentor",
                bytes("{\"log\": []}"),
                "the file is no JSON at line 1, column 2",
                bytes("{oops"),
                "the file has one column; cards have front and back, separated by commas, semicolons or tabs",
                bytes("just a text\nof lines\n"),
                "line 2 begins a field in quotes that never ends",
                bytes("front,back\n\"a,b\n"));
        failing.forEach((message, content) -> {
            JsonNode view = ended(learner, start(learner, content, ""));
            assertThat(view.get("state").textValue()).isEqualTo("failed");
            assertThat(view.get("error").textValue()).isEqualTo(message);
        });
        assertThat(entries(learner)).isZero();
    }

    @Test
    void largeBodiesAreTakenHereAndNowhereElse() {
        String learner = newLearner("large");
        byte[] large = bytes("front,back\n" + "x,y\n".repeat(600_000));

        assertThat(as(learner).body(large).post("/api/learning/reviews").statusCode())
                .isEqualTo(413);
        JsonNode view = ended(learner, start(learner, large, "?dryRun=true"));
        assertThat(view.get("total").intValue()).isEqualTo(600_000);
    }

    @Test
    void erasureLeavesNothingOfAnImport() throws IOException, SQLException {
        String learner = newLearner("erased");
        String id = start(learner, anki(AnkiPackage.Format.LATEST), "?shiftToNow=true");
        ended(learner, id);

        sendAndAwait(event(
                EventTypes.USER_ERASED,
                "erase-" + learner,
                learner,
                new UserErased(learner, Instant.parse("2026-03-10T00:00:00Z"), "self", null)));

        assertThat(number("SELECT count(*) FROM import_job WHERE id = ?", UUID.fromString(id)))
                .isZero();
        assertThat(
                        number(
                                "SELECT count(*) FROM import_job j WHERE NOT EXISTS (SELECT 1 FROM learner l WHERE l.id = j.learner_id)"))
                .isZero();
        problem(as(learner).get("/api/learning/imports/" + id), 404, "not-found");
        problem(upload(learner, bytes("front,back\na,b\n"), ""), 404, "not-found");
    }
}
