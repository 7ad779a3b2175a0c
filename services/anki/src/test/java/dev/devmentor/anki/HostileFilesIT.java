package dev.devmentor.anki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import dev.devmentor.anki.AnkiException.Reason;
import dev.devmentor.anki.AnkiPackage.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody made to do harm, or that broke on the way: each is refused with one clear sentence. */
class HostileFilesIT {
    private static final int TIMES = Boolean.getBoolean("devmentor.long") ? 20 : 1;

    @TempDir
    Path folder;

    private void readAll(byte[] content, AnkiLimits limits) throws IOException {
        Path file = folder.resolve("hostile.apkg");
        Files.write(file, content);
        try (AnkiPackage anki = AnkiPackage.open(file, folder, limits)) {
            anki.notes(note -> {
                NoteType type = anki.noteTypes().get(note.typeId());
                if (type != null) {
                    CardText.question(type, note, 0, "", media -> {});
                    CardText.fields(type, note, media -> {});
                }
            });
            anki.cards(card -> anki.note(card.noteId()));
            anki.reviews(review -> anki.card(review.cardId()));
        }
    }

    private void refuses(byte[] content, Reason reason, String message) {
        refuses(content, AnkiLimits.DEFAULT, reason, message);
    }

    private void refuses(byte[] content, AnkiLimits limits, Reason reason, String message) {
        ThrowingCallable reading =
                () -> Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> readAll(content, limits));
        assertThatThrownBy(reading).isInstanceOfSatisfying(AnkiException.class, refusal -> {
            assertThat(refusal.getMessage()).isEqualTo(message);
            assertThat(refusal.reason()).isEqualTo(reason);
        });
    }

    private byte[] changed(String... statements) throws IOException, SQLException {
        return AnkiFixtures.packed(folder, Format.LEGACY_2, connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String one : statements) {
                    statement.executeUpdate(one);
                }
            }
        });
    }

    private static byte[] only(String name, byte[] content) throws IOException {
        return AnkiFixtures.zip(Map.of(name, content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PK", "no archive at all, just some text that goes on", "%PDF-1.7\n"})
    void whatIsNoArchiveIsNoPackage(String content) {
        refuses(AnkiFixtures.utf8(content), Reason.NOT_ANKI, "the file is no Anki package: it is no ZIP archive");
    }

    @Test
    void anArchiveWithoutACollectionIsNoPackage() throws IOException {
        refuses(
                only("word/document.xml", AnkiFixtures.utf8("<w/>")),
                Reason.NOT_ANKI,
                "the file is no Anki package: it has no collection in it");
        refuses(
                only("collection.anki2", AnkiFixtures.utf8("x".repeat(5_000))),
                Reason.DAMAGED,
                "the collection in the file is damaged: it is no database in SQLite's format");
    }

    @Test
    void aZipBombIsRefusedBeforeItUnfolds() throws IOException {
        byte[] bomb = only("collection.anki21", new byte[120 << 20]);
        assertThat(bomb.length).isLessThan(300_000);

        refuses(
                bomb,
                Reason.TOO_LARGE,
                "the collection becomes more than 200 times larger when it is unpacked; that is no collection but a ZIP bomb");
    }

    @Test
    void aBombInsideZstandardIsRefusedToo() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("meta", AnkiFixtures.number(1, 3));
        files.put("collection.anki21b", Zstd.compress(new byte[120 << 20]));

        refuses(
                AnkiFixtures.zip(files),
                Reason.TOO_LARGE,
                "the collection becomes more than 200 times larger when it is unpacked; that is no collection but a ZIP bomb");
    }

    @Test
    void aBombInTheListOfMediaIsRefusedToo() throws IOException, SQLException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("collection.anki2", AnkiFixtures.collection(folder, 11, connection -> {}));
        files.put("media", new byte[60 << 20]);

        refuses(AnkiFixtures.zip(files), Reason.TOO_LARGE, "the file's list of media is larger than 32 MiB");
    }

    @Test
    void whatIsLargerThanTheLimitIsRefused() throws IOException, SQLException {
        byte[] good = AnkiFixtures.packed(folder, Format.LATEST, connection -> {});
        refuses(
                good,
                new AnkiLimits(1_000, 10, 1 << 30, 200, 100, 100, 1000, 1 << 20),
                Reason.TOO_LARGE,
                "the file is larger than 0 MiB");
        refuses(
                good,
                new AnkiLimits(1 << 20, 3, 1 << 30, 200, 100, 100, 1000, 1 << 20),
                Reason.TOO_LARGE,
                "the file has more than 3 files in it");
        refuses(
                good,
                new AnkiLimits(1 << 20, 10, 1 << 20, 200, 3, 100, 1000, 1 << 20),
                Reason.TOO_LARGE,
                "the collection has more than 3 rows in its table notes");
        refuses(
                good,
                new AnkiLimits(1 << 20, 10, 1 << 20, 200, 100, 2, 1000, 1 << 20),
                Reason.TOO_LARGE,
                "the collection has more than 2 decks");
        byte[] old = AnkiFixtures.packed(folder, Format.LEGACY_1, connection -> {});
        refuses(
                old,
                new AnkiLimits(1 << 20, 10, 1 << 20, 200, 100, 100, 1000, 500),
                Reason.TOO_LARGE,
                "the collection's settings are larger than 0 MiB");
    }

    @Test
    void aNewerPackageIsSaidToBeNewer() throws IOException, SQLException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("meta", AnkiFixtures.number(1, 4));
        files.put("collection.anki21c", new byte[10]);
        refuses(
                AnkiFixtures.zip(files),
                Reason.TOO_NEW,
                "the package is of a version that is newer than what is known here");
        refuses(
                changed("UPDATE col SET ver = 19"),
                Reason.TOO_NEW,
                "the collection is of version 19; versions up to 18 are known here");
        refuses(
                changed("UPDATE col SET ver = 3"),
                Reason.NOT_ANKI,
                "the collection is older than Anki 2.0; open it in Anki and export it again");
    }

    @Test
    void viewsTriggersAndVirtualTablesAreRefused() throws IOException, SQLException {
        String message = "the collection in the file is damaged: it has a view or a trigger, which Anki never makes";
        refuses(changed("CREATE VIEW v AS SELECT * FROM notes"), Reason.DAMAGED, message);
        refuses(
                changed("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END"),
                Reason.DAMAGED,
                message);
        refuses(
                changed("CREATE VIRTUAL TABLE f USING fts5(x)"),
                Reason.DAMAGED,
                "the collection in the file is damaged: it has a virtual table, which Anki never makes");
        refuses(
                changed("ALTER TABLE notes RENAME TO real_notes", "CREATE VIEW notes AS SELECT * FROM real_notes"),
                Reason.DAMAGED,
                message);
    }

    @Test
    void missingTablesAndColumnsAreNamed() throws IOException, SQLException {
        refuses(
                changed("DROP TABLE revlog"),
                Reason.NOT_ANKI,
                "the file is no Anki package: its collection has no table revlog");
        refuses(
                changed("ALTER TABLE cards RENAME COLUMN odid TO other"),
                Reason.DAMAGED,
                "the collection in the file is damaged: its table cards has no column odid");
        refuses(changed("DELETE FROM col"), Reason.DAMAGED, "the collection has no settings");
    }

    @Test
    void decksThatLieInOneAnotherForEverAreRefused() throws IOException, SQLException {
        refuses(
                changed("UPDATE col SET decks = '{\"1\":{\"id\":1,\"name\":\"" + "A::".repeat(5_000) + "A\"}}'"),
                Reason.DAMAGED,
                "a deck lies in more than 100 others, one in the other");
    }

    @Test
    void jsonThatNestsForEverIsRefused() throws IOException, SQLException {
        refuses(
                changed("UPDATE col SET models = '" + "{\"a\":".repeat(100_000) + "'"),
                Reason.DAMAGED,
                "the collection's settings are damaged");
        refuses(
                changed("UPDATE col SET decks = '{\"1\": {\"id\": 1e999999999'"),
                Reason.DAMAGED,
                "the collection's settings are damaged");
        refuses(
                changed("UPDATE col SET conf = '{\"schedVer\": [[[[['"),
                Reason.DAMAGED,
                "the collection's settings are damaged");
    }

    @Test
    void pagesThatFormACircleAreRefused() throws IOException, SQLException {
        byte[] collection = AnkiFixtures.collection(folder, 11, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("""
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                        INSERT INTO revlog SELECT 100 + i, 101, 0, 3, 1, 1, 2500, 1000, 1 FROM n""");
            }
        });
        int root = rootOf(collection, 5);
        int pageSize = 4_096;
        // The root of the review log names itself as the page with everything beyond its last key.
        ByteBuffer.wrap(collection).putInt((root - 1) * pageSize + 8, root);

        refuses(
                only("collection.anki2", collection),
                Reason.DAMAGED,
                "the collection in the file is damaged: its pages form a circle");
    }

    @Test
    void overflowPagesThatFormACircleAreRefused() throws IOException, SQLException {
        byte[] collection = AnkiFixtures.collection(folder, 11, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE notes SET flds = hex(zeroblob(100000)) WHERE guid = 'gd1'");
            }
        });
        // An overflow page holds nothing but zeros as text; each is told to go on with itself.
        int circles = 0;
        for (int page = 1; page < collection.length / 4_096; page++) {
            int at = page * 4_096;
            if (collection[at + 10] == '0' && collection[at + 4_000] == '0' && collection[at] == 0) {
                ByteBuffer.wrap(collection).putInt(at, page + 1);
                circles++;
            }
        }
        assertThat(circles).isGreaterThan(40);

        refuses(
                only("collection.anki2", collection),
                Reason.DAMAGED,
                "the collection in the file is damaged: its pages form a circle");
    }

    /** The first page of that type which is the root of a tree. */
    private static int rootOf(byte[] collection, int type) {
        for (int page = 1; page < collection.length / 4_096; page++) {
            if (collection[page * 4_096] == type) {
                return page + 1;
            }
        }
        return fail("no such page");
    }

    @Test
    void aDirectoryOfMillionsOfFilesCostsNothing() {
        int entries = 2_000_000;
        ByteBuffer archive = ByteBuffer.allocate(entries * 47 + 98).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < entries; i++) {
            archive.putInt(0x02014b50).position(archive.position() + 24);
            archive.putShort((short) 1).position(archive.position() + 16);
            archive.put((byte) 'x');
        }
        archive.putInt(0x06064b50)
                .putLong(44)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putLong(entries)
                .putLong(entries)
                .putLong(entries * 47L)
                .putLong(0);
        archive.putInt(0x07064b50).putInt(0).putLong(entries * 47L).putInt(1);
        archive.putInt(0x06054b50)
                .putInt(0)
                .putShort((short) -1)
                .putShort((short) -1)
                .putInt(-1)
                .putInt(-1)
                .putShort((short) 0);

        refuses(archive.array(), Reason.TOO_LARGE, "the file has more than 200000 files in it");
    }

    @Test
    void theSameFileTwiceAndAnEncryptedOneAreRefused() throws IOException, SQLException {
        byte[] good = AnkiFixtures.packed(folder, Format.LEGACY_1, connection -> {});
        byte[] encrypted = good.clone();
        int entry = directoryEntry(encrypted, "collection.anki2");
        encrypted[entry + 8] |= 1;
        refuses(encrypted, Reason.DAMAGED, "the file is encrypted, which Anki's packages never are");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("collection.anki2", new byte[10]);
        files.put("collection.ankix", new byte[10]);
        out.writeBytes(AnkiFixtures.zip(files));
        byte[] same = out.toByteArray();
        int second = directoryEntry(same, "collection.ankix");
        same[second + 46 + 15] = '2';
        refuses(same, Reason.DAMAGED, "the file has the same file in it twice");
    }

    private static int directoryEntry(byte[] archive, String name) {
        byte[] bytes = AnkiFixtures.utf8(name);
        for (int at = 0; at < archive.length - 46 - bytes.length; at++) {
            if (ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).getInt(at) == 0x02014b50
                    && Arrays.equals(archive, at + 46, at + 46 + bytes.length, bytes, 0, bytes.length)) {
                return at;
            }
        }
        return fail("no such entry");
    }

    @ParameterizedTest
    @EnumSource
    void everyCutOffPackageIsRefused(Format format) throws IOException, SQLException {
        byte[] good = AnkiFixtures.packed(folder, format, connection -> {});
        for (int length = 0; length < good.length; length += 97) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> readAll(cut, AnkiLimits.DEFAULT))
                    .as("%d bytes", length)
                    .isInstanceOf(AnkiException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedPackageIsRefusedOrReadButNeverAnythingElse(Format format) throws IOException, SQLException {
        byte[] good = AnkiFixtures.packed(folder, format, connection -> {});
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (int i = 0; i < 400 * TIMES; i++) {
            byte[] damaged = good.clone();
            for (int k = random.nextInt(1, 6); k > 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            refused += isRefused(damaged) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(80);
    }

    /** Damage that no checksum hides: in the pages themselves. */
    @ParameterizedTest
    @ValueSource(ints = {11, 18})
    void aDamagedCollectionIsRefusedOrReadButNeverAnythingElse(int version) throws IOException, SQLException {
        byte[] good = AnkiFixtures.collection(folder, version, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE notes SET flds = hex(zeroblob(20000)) WHERE guid = 'gd1'");
            }
        });
        SplittableRandom random = new SplittableRandom(version);
        int refused = 0;
        for (int i = 0; i < 800 * TIMES; i++) {
            byte[] damaged = good.clone();
            for (int k = random.nextInt(1, 30); k > 0; k--) {
                // Mostly in the heads of pages, where it hurts.
                int page = random.nextInt(damaged.length / 4_096);
                int at = random.nextInt(4) == 0 ? random.nextInt(4_096) : random.nextInt(120);
                damaged[page * 4_096 + at] = (byte) random.nextInt();
            }
            Map<String, byte[]> files = new LinkedHashMap<>();
            files.put("collection.anki2", damaged);
            refused += isRefused(AnkiFixtures.zip(files)) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(200);
    }

    private boolean isRefused(byte[] content) throws IOException {
        try {
            readAll(content, AnkiLimits.DEFAULT);
            return false;
        } catch (AnkiException expected) {
            return true;
        }
    }
}
