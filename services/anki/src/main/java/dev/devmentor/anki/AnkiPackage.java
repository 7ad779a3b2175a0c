package dev.devmentor.anki;

import dev.devmentor.anki.AnkiException.Reason;
import dev.devmentor.anki.sqlite.SqliteException;
import dev.devmentor.anki.sqlite.SqliteFile;
import dev.devmentor.anki.sqlite.SqliteRow;
import dev.devmentor.anki.zstd.ZstdException;
import dev.devmentor.anki.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * An Anki package, open for reading: {@code .apkg} or {@code .colpkg}, of every version since Anki 2.0. Sources:
 * ankitects/anki, {@code rslib/src/import_export/package} and {@code rslib/src/storage} for what the files mean.
 *
 * <p>The collection is unpacked into a private file, which is gone after {@link #close()}. Notes, cards and reviews are
 * handed out one by one; memory does not grow with their number. Not safe for several threads.
 */
public final class AnkiPackage implements AutoCloseable {
    /** So many media are named; the others are counted. */
    public static final int MEDIA_NAMED = 1_000;

    private static final int OLDEST_SCHEMA = 11;
    private static final int NEWEST_SCHEMA = 18;
    private static final long EXPANDS_FREELY = 16L << 20;
    private static final int LARGEST_MEDIA_LIST = 32 << 20;
    private static final int LARGEST_ROW = 64 << 10;
    private static final int MOST_FIELDS = 1_000;

    /** How a package is packed. */
    public enum Format {
        /** {@code collection.anki2}: Anki 2.0, and programs that write for every Anki. */
        LEGACY_1("collection.anki2"),
        /** {@code collection.anki21}: Anki 2.1. */
        LEGACY_2("collection.anki21"),
        /** {@code collection.anki21b}, compressed: since Anki 2.1.50. */
        LATEST("collection.anki21b");

        private final String file;

        Format(String file) {
            this.file = file;
        }
    }

    private final Format format;
    private final AnkiLimits limits;
    private final Path collection;
    private final SqliteFile sqlite;
    private final Names names;
    private final Names.MediaList media;
    private final int schema;
    private final long createdSeconds;
    private final NoteColumns noteColumns;
    private final CardColumns cardColumns;
    private final ReviewColumns reviewColumns;
    private long notesPassedOver;

    private AnkiPackage(Format format, AnkiLimits limits, Path collection, SqliteFile sqlite, Names.MediaList media)
            throws IOException {
        this.format = format;
        this.limits = limits;
        this.collection = collection;
        this.sqlite = sqlite;
        this.media = media;
        this.names = new Names(limits);
        for (String table : List.of("col", "notes", "cards", "revlog")) {
            if (!sqlite.has(table)) {
                throw new AnkiException(
                        Reason.NOT_ANKI, "the file is no Anki package: its collection has no table " + table);
            }
        }
        long[] settings = {0, 0};
        boolean[] found = {false};
        int version = sqlite.column("col", "ver");
        int created = sqlite.column("col", "crt");
        sqlite.scan(
                "col",
                limits.settingsBytes(),
                row -> {
                    if (found[0]) {
                        throw new AnkiException(Reason.DAMAGED, "the collection has its settings twice");
                    }
                    found[0] = true;
                    settings[0] = row.integer(version);
                    settings[1] = row.integer(created);
                    requireKnown(settings[0]);
                    readSettings(row);
                },
                (rowid, bytes) -> {
                    throw new AnkiException(
                            Reason.TOO_LARGE,
                            "the collection's settings are larger than " + (limits.settingsBytes() >> 20) + " MiB");
                });
        if (!found[0]) {
            throw new AnkiException(Reason.DAMAGED, "the collection has no settings");
        }
        schema = (int) settings[0];
        createdSeconds = settings[1];
        noteColumns = new NoteColumns(sqlite);
        cardColumns = new CardColumns(sqlite);
        reviewColumns = new ReviewColumns(sqlite);
    }

    private static void requireKnown(long schema) throws AnkiException {
        if (schema > NEWEST_SCHEMA) {
            throw new AnkiException(
                    Reason.TOO_NEW,
                    "the collection is of version " + schema + "; versions up to " + NEWEST_SCHEMA + " are known here");
        }
        if (schema < OLDEST_SCHEMA) {
            throw new AnkiException(
                    Reason.NOT_ANKI, "the collection is older than Anki 2.0; open it in Anki and export it again");
        }
    }

    private void readSettings(SqliteRow row) throws IOException {
        if (sqlite.has("decks") && sqlite.has("notetypes")) {
            names.readTables(sqlite);
            return;
        }
        names.readConfiguration(row.text(sqlite.column("col", "conf")));
        names.readDecks(row.text(sqlite.column("col", "decks")));
        names.readTypes(row.text(sqlite.column("col", "models")));
        if (sqlite.has("config")) {
            throw new AnkiException(Reason.DAMAGED, "the collection is in the middle of an upgrade; open it in Anki");
        }
    }

    /**
     * Opens a package.
     *
     * @param scratch folder for the unpacked collection
     * @throws AnkiException if it is none, or is refused; the message is for the person who gave it
     */
    public static AnkiPackage open(Path file, Path scratch, AnkiLimits limits) throws IOException {
        Set<String> wanted = Set.of("meta", "media", Format.LEGACY_1.file, Format.LEGACY_2.file, Format.LATEST.file);
        Path collection = createPrivate(scratch);
        try (Archive archive = Archive.open(file, wanted, limits)) {
            Format format = format(archive);
            if (!archive.has(format.file)) {
                throw new AnkiException(Reason.NOT_ANKI, "the file is no Anki package: it has no collection in it");
            }
            unpack(archive, format, collection, limits);
            Names.MediaList media = media(archive, format, limits);
            SqliteFile sqlite = SqliteFile.open(collection);
            try {
                return new AnkiPackage(format, limits, collection, sqlite, media);
            } catch (IOException | RuntimeException failure) {
                sqlite.close();
                throw failure;
            }
        } catch (IOException failure) {
            Files.deleteIfExists(collection);
            throw explained(failure);
        } catch (RuntimeException bug) {
            Files.deleteIfExists(collection);
            throw bug;
        }
    }

    private static Path createPrivate(Path scratch) throws IOException {
        return scratch.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempFile(
                        scratch,
                        "anki-",
                        ".db",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(scratch, "anki-", ".db");
    }

    /** What is wrong with a file is said in one sentence; a disk that is full stays what it is. */
    private static IOException explained(IOException failure) {
        return switch (failure) {
            case AnkiException known -> known;
            case SqliteException damage -> Names.damaged(damage);
            case ZstdException damage ->
                new AnkiException(
                        Reason.DAMAGED, "the collection in the file is damaged: " + damage.getMessage(), damage);
            case ZipException damage ->
                new AnkiException(Reason.DAMAGED, "the file is a ZIP archive and damaged", damage);
            case EOFException damage -> new AnkiException(Reason.DAMAGED, "the file is cut off", damage);
            default -> failure;
        };
    }

    private static Format format(Archive archive) throws IOException {
        try (InputStream in = archive.read("meta")) {
            if (in == null) {
                return archive.has(Format.LATEST.file)
                        ? Format.LATEST
                        : archive.has(Format.LEGACY_2.file) ? Format.LEGACY_2 : Format.LEGACY_1;
            }
            Protobuf meta = new Protobuf(in.readNBytes(1_024));
            long version = 0;
            while (meta.next()) {
                if (meta.field() == 1) {
                    version = meta.number();
                }
            }
            if (version < 1 || version > 3) {
                throw new AnkiException(
                        Reason.TOO_NEW, "the package is of a version that is newer than what is known here");
            }
            return Format.values()[(int) version - 1];
        }
    }

    private static InputStream content(Archive archive, Format format, String name) throws IOException {
        InputStream in = archive.read(name);
        if (in == null) {
            return InputStream.nullInputStream();
        }
        return format == Format.LATEST ? new ZstdInputStream(in) : in;
    }

    private static void unpack(Archive archive, Format format, Path collection, AnkiLimits limits) throws IOException {
        long packed = Math.max(1, archive.packed(format.file));
        byte[] buffer = new byte[64 << 10];
        long total = 0;
        try (InputStream in = content(archive, format, format.file);
                OutputStream out = Files.newOutputStream(collection, StandardOpenOption.WRITE)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                if (total > limits.collectionBytes()) {
                    throw new AnkiException(
                            Reason.TOO_LARGE,
                            "the collection is larger than " + (limits.collectionBytes() >> 20) + " MiB, unpacked");
                }
                if (total > EXPANDS_FREELY && total / packed > limits.expansion()) {
                    throw new AnkiException(
                            Reason.TOO_LARGE,
                            "the collection becomes more than " + limits.expansion()
                                    + " times larger when it is unpacked; that is no collection but a ZIP bomb");
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private static Names.MediaList media(Archive archive, Format format, AnkiLimits limits) throws IOException {
        Names.MediaList media = new Names.MediaList();
        try (InputStream in = content(archive, format, "media")) {
            byte[] bytes = in.readNBytes(LARGEST_MEDIA_LIST + 1);
            if (bytes.length > LARGEST_MEDIA_LIST) {
                throw new AnkiException(Reason.TOO_LARGE, "the file's list of media is larger than 32 MiB");
            }
            if (format == Format.LATEST) {
                media.readMessage(bytes, limits);
            } else {
                media.readJson(new java.io.ByteArrayInputStream(bytes), limits);
            }
        }
        return media;
    }

    public Format format() {
        return format;
    }

    /** Version of the collection: 11 to 18. */
    public int schema() {
        return schema;
    }

    /** When the collection was made, seconds since 1970: due days count from here. */
    public long createdSeconds() {
        return createdSeconds;
    }

    public Map<Long, Deck> decks() {
        return Collections.unmodifiableMap(names.decks());
    }

    public Map<Long, NoteType> noteTypes() {
        return Collections.unmodifiableMap(names.types());
    }

    /** Names of the media that come with the package, the first {@value #MEDIA_NAMED}. They are read by nobody. */
    public List<String> mediaNamed() {
        return Collections.unmodifiableList(media.named());
    }

    /** Number of the media that come with the package. */
    public int mediaCount() {
        return media.count();
    }

    /** Notes that were passed over by {@link #notes} because they are too large. */
    public long notesPassedOver() {
        return notesPassedOver;
    }

    /** Takes things one by one. */
    @FunctionalInterface
    public interface Each<T> {
        /** One thing; what it throws ends the reading. */
        void take(T thing) throws IOException;
    }

    private static final class NoteColumns {
        private final int id;
        private final int guid;
        private final int type;
        private final int modified;
        private final int tags;
        private final int fields;

        NoteColumns(SqliteFile file) throws SqliteException {
            id = file.column("notes", "id");
            guid = file.column("notes", "guid");
            type = file.column("notes", "mid");
            modified = file.column("notes", "mod");
            tags = file.column("notes", "tags");
            fields = file.column("notes", "flds");
        }

        Note read(SqliteRow row) {
            String text = row.text(tags).strip();
            return new Note(
                    row.integer(id),
                    Names.printable(row.text(guid)),
                    row.integer(type),
                    row.integer(modified),
                    text.isEmpty() ? List.of() : List.of(text.split("\\s+", 1_000)),
                    Arrays.asList(row.text(fields).split("\u001f", MOST_FIELDS)));
        }
    }

    private static final class CardColumns {
        private final int id;
        private final int note;
        private final int deck;
        private final int ordinal;
        private final int modified;
        private final int type;
        private final int queue;
        private final int due;
        private final int interval;
        private final int factor;
        private final int repetitions;
        private final int lapses;
        private final int homeDeck;

        CardColumns(SqliteFile file) throws SqliteException {
            id = file.column("cards", "id");
            note = file.column("cards", "nid");
            deck = file.column("cards", "did");
            ordinal = file.column("cards", "ord");
            modified = file.column("cards", "mod");
            type = file.column("cards", "type");
            queue = file.column("cards", "queue");
            due = file.column("cards", "due");
            interval = file.column("cards", "ivl");
            factor = file.column("cards", "factor");
            repetitions = file.column("cards", "reps");
            lapses = file.column("cards", "lapses");
            homeDeck = file.column("cards", "odid");
        }

        Card read(SqliteRow row) {
            long home = row.integer(homeDeck);
            return new Card(
                    row.integer(id),
                    row.integer(note),
                    clamp(row.integer(ordinal), 0, 100_000),
                    home != 0 ? home : row.integer(deck),
                    row.integer(modified),
                    clamp(row.integer(type), 0, 3),
                    clamp(row.integer(queue), -3, 4),
                    row.integer(due),
                    clamp(row.integer(interval), Integer.MIN_VALUE, Integer.MAX_VALUE),
                    clamp(row.integer(factor), 0, Integer.MAX_VALUE),
                    clamp(row.integer(repetitions), 0, Integer.MAX_VALUE),
                    clamp(row.integer(lapses), 0, Integer.MAX_VALUE));
        }
    }

    private static final class ReviewColumns {
        private final int id;
        private final int card;
        private final int ease;
        private final int interval;
        private final int lastInterval;
        private final int factor;
        private final int millis;
        private final int type;

        ReviewColumns(SqliteFile file) throws SqliteException {
            id = file.column("revlog", "id");
            card = file.column("revlog", "cid");
            ease = file.column("revlog", "ease");
            interval = file.column("revlog", "ivl");
            lastInterval = file.column("revlog", "lastivl");
            factor = file.column("revlog", "factor");
            millis = file.column("revlog", "time");
            type = file.column("revlog", "type");
        }

        Review read(SqliteRow row, int button, Review.Kind kind) {
            return new Review(
                    row.integer(id),
                    row.integer(card),
                    button,
                    clamp(row.integer(interval), Integer.MIN_VALUE, Integer.MAX_VALUE),
                    clamp(row.integer(lastInterval), Integer.MIN_VALUE, Integer.MAX_VALUE),
                    clamp(row.integer(factor), 0, Integer.MAX_VALUE),
                    clamp(row.integer(millis), 0, Integer.MAX_VALUE),
                    kind);
        }
    }

    private static int clamp(long value, int least, int most) {
        return (int) Math.max(least, Math.min(most, value));
    }

    private void scan(String table, int largest, SqliteFile.Rows rows, SqliteFile.TooLarge tooLarge)
            throws IOException {
        int[] count = {0};
        try {
            sqlite.scan(
                    table,
                    largest,
                    row -> {
                        if (++count[0] > limits.rows()) {
                            throw new AnkiException(
                                    Reason.TOO_LARGE,
                                    "the collection has more than " + limits.rows() + " rows in its table " + table);
                        }
                        rows.take(row);
                    },
                    tooLarge);
        } catch (SqliteException | EOFException failure) {
            throw explained(failure);
        }
    }

    private static SqliteFile.TooLarge refusing(String what) {
        return (rowid, bytes) -> {
            throw new AnkiException(Reason.DAMAGED, what + " has more than 64 KiB, which Anki never writes");
        };
    }

    /** All notes, oldest first. One that is larger than the limit is passed over and counted. */
    public void notes(Each<Note> each) throws IOException {
        notesPassedOver = 0;
        scan("notes", limits.noteBytes(), row -> each.take(noteColumns.read(row)), (rowid, bytes) -> notesPassedOver++);
    }

    /** All cards, oldest first. */
    public void cards(Each<Card> each) throws IOException {
        scan("cards", LARGEST_ROW, row -> each.take(cardColumns.read(row)), refusing("a card"));
    }

    /** All reviews in the order of time. Ease is that of four buttons, also where the old scheduler had three. */
    public void reviews(Each<Review> each) throws IOException {
        boolean threeButtons = names.schedulerVersion() == 1;
        scan(
                "revlog",
                LARGEST_ROW,
                row -> {
                    Review.Kind kind = Review.Kind.of(row.integer(reviewColumns.type));
                    int button = clamp(row.integer(reviewColumns.ease), 0, 5);
                    if (threeButtons
                            && (button == 2 || button == 3)
                            && (kind == Review.Kind.LEARNING || kind == Review.Kind.RELEARNING)) {
                        // As Anki does when it moves to its second scheduler (rslib, revlog/v2_upgrade.sql).
                        button++;
                    }
                    each.take(reviewColumns.read(row, button, kind));
                },
                refusing("a review"));
    }

    /** A note by its id; null if there is none, or it is too large. */
    public @Nullable Note note(long id) throws IOException {
        try {
            SqliteRow row = sqlite.find("notes", id, limits.noteBytes());
            return row == null ? null : noteColumns.read(row);
        } catch (SqliteException | EOFException failure) {
            throw explained(failure);
        }
    }

    /** A card by its id; null if there is none. */
    public @Nullable Card card(long id) throws IOException {
        try {
            SqliteRow row = sqlite.find("cards", id, LARGEST_ROW);
            return row == null ? null : cardColumns.read(row);
        } catch (SqliteException | EOFException failure) {
            throw explained(failure);
        }
    }

    /** The deck in which a card is at home; null if there is none, or only a filtered one, which cannot be a home. */
    public @Nullable Deck home(Card card) {
        Deck deck = names.decks().get(card.deckId());
        return deck == null || deck.filtered() ? null : deck;
    }

    @Override
    public void close() throws IOException {
        try {
            sqlite.close();
        } finally {
            Files.deleteIfExists(collection);
        }
    }
}
