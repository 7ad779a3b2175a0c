package dev.devmentor.anki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnkiWriterIT {
    private static final long CREATED = 1_704_081_600L;
    private static final long NOW = 1_760_000_000_000L;

    @TempDir
    Path folder;

    private record Written(byte[] packed, List<Note> notes, List<Card> cards, List<Review> reviews) {}

    private Written write(int count, int reviewsEach, SplittableRandom random) throws IOException {
        List<Note> notes = new ArrayList<>();
        List<Card> cards = new ArrayList<>();
        List<Review> reviews = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (AnkiWriter writer = new AnkiWriter(folder, CREATED, NOW)) {
            for (int i = 0; i < count; i++) {
                long deck = writer.deck(i % 3 == 0 ? "Default" : "Area " + i % 7 + "::Part");
                String front = "Question " + i + " <b> & \"x\"";
                String back = "a\nb".repeat(random.nextInt(1 + i % 5 * 400));
                List<String> tags = i % 2 == 0 ? List.of() : List.of("tag" + i % 5, "kafka.partitions");
                long id = NOW - 10_000_000L + i;
                writer.note(id, "dm:note:" + i, tags, front, back);
                notes.add(new Note(
                        id,
                        "dm:note:" + i,
                        1_700_000_000_000L,
                        NOW / 1000,
                        tags,
                        List.of("Question " + i + " &lt;b&gt; &amp; \"x\"", back.replace("\n", "<br>"))));
                Card card = new Card(
                        id,
                        id,
                        0,
                        deck,
                        NOW / 1000,
                        2,
                        i % 10 == 0 ? -1 : 2,
                        random.nextInt(5_000),
                        random.nextInt(36_500),
                        random.nextInt(1_300, 4_000),
                        random.nextInt(100),
                        random.nextInt(10));
                writer.card(card, "{\"s\":1.5}");
                cards.add(card);
            }
            for (int i = 0; i < count * reviewsEach; i++) {
                Review review = new Review(
                        CREATED * 1000 + i * 7_919L,
                        cards.get(random.nextInt(count)).id(),
                        random.nextInt(5),
                        random.nextInt(-600, 36_500),
                        random.nextInt(-600, 36_500),
                        random.nextInt(5_000),
                        random.nextInt(60_000),
                        Review.Kind.values()[random.nextInt(6)]);
                writer.review(review);
                reviews.add(review);
            }
            writer.writeTo(out);
        }
        return new Written(out.toByteArray(), notes, cards, reviews);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 90, 3_000})
    void whatIsWrittenIsReadAgainToTheLastValue(int count) throws IOException {
        Written written = write(count, 10, new SplittableRandom(count));
        Path file = folder.resolve("out.apkg");
        Files.write(file, written.packed());

        try (AnkiPackage anki = AnkiPackage.open(file, folder, AnkiLimits.DEFAULT)) {
            List<Note> notes = new ArrayList<>();
            List<Card> cards = new ArrayList<>();
            List<Review> reviews = new ArrayList<>();
            anki.notes(notes::add);
            anki.cards(cards::add);
            anki.reviews(reviews::add);

            assertThat(anki.format()).isEqualTo(AnkiPackage.Format.LEGACY_1);
            assertThat(anki.schema()).isEqualTo(11);
            assertThat(anki.createdSeconds()).isEqualTo(CREATED);
            assertThat(notes).isEqualTo(written.notes());
            assertThat(cards).isEqualTo(written.cards());
            assertThat(reviews).isEqualTo(written.reviews());
            assertThat(CardText.question(
                            anki.noteTypes().values().iterator().next(), notes.getFirst(), 0, "", media -> {}))
                    .isEqualTo("Question 0 <b> & \"x\"");
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("out.apkg");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 91, 92, 93, 8_700, 30_000})
    void sqliteItselfFindsNothingWrong(int count) throws IOException, SQLException {
        Written written = count == 0 ? empty() : write(count, 3, new SplittableRandom(count));
        Path collection = unpack(written.packed());

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + collection);
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(text(statement, "PRAGMA foreign_key_check")).isEmpty();
            assertThat(text(statement, "SELECT count(*) FROM notes")).isEqualTo("" + count);
            assertThat(text(statement, "SELECT count(*) FROM cards JOIN notes ON notes.id = nid"))
                    .isEqualTo("" + count);
            assertThat(text(statement, "SELECT count(*) FROM revlog")).isEqualTo("" + 3 * count);
            assertThat(text(statement, "SELECT ver FROM col")).isEqualTo("11");
            // By the indexes, in both directions.
            assertThat(text(
                            statement,
                            "SELECT count(*) FROM cards c JOIN revlog r INDEXED BY ix_revlog_cid ON r.cid = c.id"))
                    .isEqualTo("" + 3 * count);
            assertThat(
                            text(
                                    statement,
                                    "SELECT count(*) FROM cards INDEXED BY ix_cards_sched WHERE did >= 0 AND queue >= -1 ORDER BY did DESC"))
                    .isEqualTo("" + count);
            statement.executeUpdate("INSERT INTO revlog VALUES (5, 1, -1, 3, 1, 1, 2500, 1000, 1)");
            statement.executeUpdate("DELETE FROM revlog WHERE id % 2 = 0");
            assertThat(text(statement, "PRAGMA integrity_check")).isEqualTo("ok");
        }
    }

    private Written empty() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (AnkiWriter writer = new AnkiWriter(folder, CREATED, NOW)) {
            writer.writeTo(out);
        }
        return new Written(out.toByteArray(), List.of(), List.of(), List.of());
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private Path unpack(byte[] packed) throws IOException {
        Path collection = folder.resolve("collection.db");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("collection.anki2")) {
                    Files.copy(zip, collection);
                }
            }
        }
        return collection;
    }

    @Test
    void numbersAsFrontsKeepSqliteContent() throws IOException, SQLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> fronts =
                List.of("42", "-7", " 8 ", "3.50", "1e3", "1e999", ".5", "007", "0x10", "9".repeat(40), "∞", "");
        try (AnkiWriter writer = new AnkiWriter(folder, CREATED, NOW)) {
            for (int i = 0; i < fronts.size(); i++) {
                writer.note(1_000 + i, "g" + i, List.of(), fronts.get(i), "");
            }
            writer.writeTo(out);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + unpack(out.toByteArray()));
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(text(statement, "SELECT group_concat(typeof(sfld)) FROM notes"))
                    .isEqualTo("integer,integer,integer,real,integer,text,real,integer,text,real,text,text");
        }
    }

    @Test
    void rowsOutOfOrderAreRefused() throws IOException {
        try (AnkiWriter writer = new AnkiWriter(folder, CREATED, NOW)) {
            writer.note(2, "b", List.of(), "front", "back");
            assertThatThrownBy(() -> writer.note(1, "a", List.of(), "front", "back"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatLooksLikeAGapOrASoundInTextStaysText() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (AnkiWriter writer = new AnkiWriter(folder, CREATED, NOW)) {
            writer.note(1, "a", List.of(), "{{c1::x}} [sound:y]", "<script>");
            writer.writeTo(out);
        }
        Path file = folder.resolve("out.apkg");
        Files.write(file, out.toByteArray());
        try (AnkiPackage anki = AnkiPackage.open(file, folder, AnkiLimits.DEFAULT)) {
            NoteType type = anki.noteTypes().values().iterator().next();
            anki.notes(note -> assertThat(CardText.fields(type, note, media -> {}))
                    .isEqualTo("Front: {{c1::x}} [sound:y]\n\nBack: <script>"));
        }
    }
}
