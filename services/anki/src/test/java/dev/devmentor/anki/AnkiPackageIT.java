package dev.devmentor.anki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.devmentor.anki.AnkiPackage.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnkiPackageIT {
    @TempDir
    Path folder;

    private AnkiPackage open(Format format) throws IOException, SQLException {
        return AnkiPackage.open(AnkiFixtures.file(folder, format), folder, AnkiLimits.DEFAULT);
    }

    private AnkiPackage open(Format format, AnkiFixtures.Change change) throws IOException, SQLException {
        Path file = folder.resolve("changed.apkg");
        Files.write(file, AnkiFixtures.packed(folder, format, change));
        return AnkiPackage.open(file, folder, AnkiLimits.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource
    void readsTheNamesOfEveryFormat(Format format) throws IOException, SQLException {
        try (AnkiPackage anki = open(format)) {
            assertThat(anki.format()).isEqualTo(format);
            assertThat(anki.schema()).isEqualTo(format == Format.LATEST ? 18 : 11);
            assertThat(anki.createdSeconds()).isEqualTo(AnkiFixtures.CREATED);
            assertThat(anki.decks())
                    .isEqualTo(Map.of(
                            1L, new Deck(1, "Default", false),
                            2000L, new Deck(2000, "Programming::Java", false),
                            3000L, new Deck(3000, "Custom study", true)));
            assertThat(anki.noteTypes())
                    .isEqualTo(Map.of(
                            10L,
                            new NoteType(
                                    10,
                                    "Basic (and reversed card)",
                                    false,
                                    List.of("Front", "Back"),
                                    List.of(
                                            new NoteType.Template("Card 1", "{{Front}}", "{{Back}}"),
                                            new NoteType.Template("Card 2", "{{Back}}", "{{Front}}"))),
                            20L,
                            new NoteType(
                                    20,
                                    "Cloze",
                                    true,
                                    List.of("Text"),
                                    List.of(new NoteType.Template("Cloze", "{{cloze:Text}}", "{{cloze:Text}}")))));
            assertThat(anki.mediaCount()).isEqualTo(2);
            assertThat(anki.mediaNamed()).containsExactly("heap.png", "a.mp3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsNotesCardsAndReviewsOfEveryFormat(Format format) throws IOException, SQLException {
        try (AnkiPackage anki = open(format)) {
            List<Note> notes = new ArrayList<>();
            List<Card> cards = new ArrayList<>();
            List<Review> reviews = new ArrayList<>();
            anki.notes(notes::add);
            anki.cards(cards::add);
            anki.reviews(reviews::add);

            assertThat(notes)
                    .extracting(Note::guid, Note::tags, Note::fields)
                    .containsExactly(
                            tuple(
                                    "gd1",
                                    List.of("java::streams", "marked"),
                                    List.of("<b>lazy</b>", "evaluated late &amp; once")),
                            tuple("Kz<\"1", List.of(), List.of("heap<img src=\"heap.png\">", "priority queue")),
                            tuple("gd3", List.of("kafka"), List.of("{{c1::Partitions}} keep {{c2::order::what?}}")),
                            tuple("gd4", List.of(), List.of("type is gone", "[sound:a.mp3]")));
            assertThat(cards)
                    .extracting(
                            Card::id,
                            Card::ordinal,
                            Card::deckId,
                            Card::type,
                            Card::due,
                            Card::interval,
                            Card::suspended)
                    .containsExactly(
                            tuple(101L, 0, 2000L, 2, 400L, 30, false),
                            tuple(102L, 1, 2000L, 0, 7L, 0, false),
                            tuple(103L, 0, 1L, 2, 10L, 5, false),
                            tuple(104L, 0, 1L, 2, 10L, 5, true),
                            tuple(105L, 1, 4444L, 0, 3L, 0, false),
                            tuple(106L, 0, 1L, 0, 3L, 0, false));
            assertThat(cards)
                    .extracting(anki::home)
                    .extracting(deck -> deck == null ? "none" : deck.name())
                    .containsExactly("Programming::Java", "Programming::Java", "Default", "Default", "none", "Default");
            assertThat(reviews).hasSize(11);
            assertThat(reviews.get(3))
                    .isEqualTo(new Review(
                            AnkiFixtures.FIRST + 4 * 86_400_000L, 101, 1, -600, 3, 2300, 9_000, Review.Kind.REVIEW));
            assertThat(reviews).filteredOn(Review::isAnswer).hasSize(9);
            assertThat(reviews).filteredOn(Review::isCram).hasSize(1);
            assertThat(reviews)
                    .filteredOn(Review::isReset)
                    .extracting(Review::cardId)
                    .containsExactly(101L);
            assertThat(reviews)
                    .filteredOn(Review::isReschedule)
                    .extracting(Review::interval)
                    .containsExactly(9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsNotesAndCardsByTheirIds(Format format) throws IOException, SQLException {
        try (AnkiPackage anki = open(format)) {
            assertThat(anki.card(103))
                    .isNotNull()
                    .extracting(Card::noteId)
                    .isEqualTo(AnkiFixtures.FIRST - 9 * 86_400_000L);
            assertThat(anki.card(999)).isNull();
            assertThat(anki.note(AnkiFixtures.FIRST - 8 * 86_400_000L))
                    .isNotNull()
                    .extracting(Note::guid)
                    .isEqualTo("gd3");
            assertThat(anki.note(12345)).isNull();
        }
    }

    @Test
    void findsEveryOneAmongManyThousandsOverManyPages() throws IOException, SQLException {
        AnkiFixtures.Change many = connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("""
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
                        INSERT INTO notes SELECT 5000000 + 7 * i, 'many' || i, 10, 1, 0, '', 'q' || i || char(31)
                            || substr(hex(zeroblob(3000)), 1, (i * 37) % 6000), '', 0, 0, '' FROM n""");
            }
        };
        try (AnkiPackage anki = open(Format.LATEST, many)) {
            int[] count = {0};
            anki.notes(note -> count[0]++);
            assertThat(count[0]).isEqualTo(30_004);
            for (int i = 1; i <= 30_000; i++) {
                Note note = anki.note(5_000_000 + 7 * i);
                assertThat(note).isNotNull();
                assertThat(note.guid()).isEqualTo("many" + i);
                assertThat(note.fields().get(1)).hasSize(i * 37 % 6000);
            }
            assertThat(anki.note(5_000_001)).isNull();
        }
    }

    @Test
    void readsWhatAnotherProgramWrote() throws IOException {
        Path file = folder.resolve("foreign.apkg");
        try (var in = AnkiPackageIT.class.getResourceAsStream("/foreign/anki-apkg-export.apkg")) {
            Files.copy(java.util.Objects.requireNonNull(in), file);
        }
        try (AnkiPackage anki = AnkiPackage.open(file, folder, AnkiLimits.DEFAULT)) {
            List<String> texts = new ArrayList<>();
            anki.cards(card -> {
                Note note = java.util.Objects.requireNonNull(anki.note(card.noteId()));
                NoteType type =
                        java.util.Objects.requireNonNull(anki.noteTypes().get(note.typeId()));
                Deck home = java.util.Objects.requireNonNull(anki.home(card));
                texts.add(home.name() + ": " + CardText.question(type, note, card.ordinal(), home.name(), any -> {})
                        + " / " + note.tags());
            });

            assertThat(texts)
                    .containsExactly(
                            "deck-name: card #1 front / [food, fruit]",
                            "deck-name: card #2 front / []",
                            "deck-name: card #3 with image [anki.png] / []");
            assertThat(anki.mediaNamed()).containsExactly("anki.png");
        }
    }

    @Test
    void threeButtonsOfTheFirstSchedulerBecomeFour() throws IOException, SQLException {
        AnkiFixtures.Change old = connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE col SET conf = '{\"nextPos\": 5}'");
            }
        };
        try (AnkiPackage anki = open(Format.LEGACY_1, old)) {
            List<Integer> eases = new ArrayList<>();
            anki.reviews(review -> eases.add(review.ease()));

            assertThat(eases).containsExactly(4, 4, 3, 1, 3, 0, 4, 3, 0, 3, 3);
        }
    }

    @Test
    void aNoteThatIsTooLargeIsPassedOverAndCounted() throws IOException, SQLException {
        AnkiFixtures.Change large = connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE notes SET flds = hex(zeroblob(600000)) WHERE guid = 'gd1'");
            }
        };
        try (AnkiPackage anki = open(Format.LATEST, large)) {
            List<String> guids = new ArrayList<>();
            anki.notes(note -> guids.add(note.guid()));

            assertThat(guids).containsExactly("Kz<\"1", "gd3", "gd4");
            assertThat(anki.notesPassedOver()).isEqualTo(1);
            assertThat(anki.note(AnkiFixtures.FIRST - 10 * 86_400_000L)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theUnpackedCollectionIsPrivateAndGoesAway(Format format) throws IOException, SQLException {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Path file = AnkiFixtures.file(folder, format);
        try (AnkiPackage anki = AnkiPackage.open(file, scratch, AnkiLimits.DEFAULT)) {
            assertThat(anki.mediaCount()).isEqualTo(2);
            try (Stream<Path> files = Files.list(scratch)) {
                assertThat(files.map(AnkiPackageIT::permissions)).containsExactly("rw-------");
            }
        }
        assertThat(scratch).isEmptyDirectory();
        AnkiLimits small = new AnkiLimits(100 << 20, 10, 1_000, 200, 100, 100, 1 << 20, 1 << 20);
        assertThatThrownBy(() -> AnkiPackage.open(file, scratch, small)).isInstanceOf(AnkiException.class);
        assertThat(scratch).isEmptyDirectory();
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
