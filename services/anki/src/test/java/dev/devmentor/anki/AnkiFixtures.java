package dev.devmentor.anki;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sqlite.Collation;

/**
 * Packages as Anki writes them, made with SQLite and Zstandard themselves. One small collection in all three formats: 3
 * decks, 2 note types, 4 notes, 6 cards, 11 reviews.
 */
public final class AnkiFixtures {
    /** 2024-01-01T04:00Z, when the collection was made. */
    public static final long CREATED = 1_704_081_600L;

    private static final long DAY = 86_400_000L;
    /** Time of the first review. */
    public static final long FIRST = CREATED * 1_000 + DAY;

    private static final String TABLES = """
            CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
              usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
              flags integer not null, data text not null);
            CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
              mod integer not null, usn integer not null, type integer not null, queue integer not null,
              due integer not null, ivl integer not null, factor integer not null, reps integer not null,
              lapses integer not null, left integer not null, odue integer not null, odid integer not null,
              flags integer not null, data text not null);
            CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null,
              ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
              time integer not null, type integer not null);
            CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
              ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
              models text not null, decks text not null, dconf text not null, tags text not null);
            CREATE INDEX ix_notes_usn on notes (usn);
            CREATE INDEX ix_cards_nid on cards (nid);
            CREATE INDEX ix_revlog_cid on revlog (cid);
            """;
    private static final String TABLES_18 = """
            CREATE TABLE decks (id integer PRIMARY KEY NOT NULL, name text NOT NULL COLLATE unicase,
              mtime_secs integer NOT NULL, usn integer NOT NULL, common blob NOT NULL, kind blob NOT NULL);
            CREATE UNIQUE INDEX idx_decks_name ON decks (name);
            CREATE TABLE notetypes (id integer NOT NULL PRIMARY KEY, name text NOT NULL COLLATE unicase,
              mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL);
            CREATE TABLE fields (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase,
              config blob NOT NULL, PRIMARY KEY (ntid, ord)) without rowid;
            CREATE UNIQUE INDEX idx_fields_name_ntid ON fields (name, ntid);
            CREATE TABLE templates (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase,
              mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL, PRIMARY KEY (ntid, ord)) without rowid;
            CREATE TABLE config (KEY text NOT NULL PRIMARY KEY, usn integer NOT NULL, mtime_secs integer NOT NULL,
              val blob NOT NULL) without rowid;
            CREATE TABLE tags (tag text NOT NULL PRIMARY KEY COLLATE unicase, usn integer NOT NULL) without rowid;
            """;
    private static final String DECKS = """
            {"1":{"id":1,"name":"Default","dyn":0},
             "2000":{"id":2000,"name":"Programming::Java","dyn":0,"desc":"x"},
             "3000":{"id":"3000","name":"Custom study","dyn":1,"terms":[["is:due",99,0]]}}""";
    private static final String MODELS = """
            {"10":{"id":10,"name":"Basic (and reversed card)","type":0,"css":".card{}","flds":[{"name":"Front","ord":0},
              {"name":"Back","ord":1}],"tmpls":[{"name":"Card 1","ord":0,"qfmt":"{{Front}}","afmt":"{{Back}}"},
              {"name":"Card 2","ord":1,"qfmt":"{{Back}}","afmt":"{{Front}}"}],"req":[[0,"any",[0]]]},
             "20":{"id":20,"name":"Cloze","type":1,"flds":[{"name":"Text","ord":0}],
              "tmpls":[{"name":"Cloze","ord":0,"qfmt":"{{cloze:Text}}","afmt":"{{cloze:Text}}"}]}}""";

    private AnkiFixtures() {}

    /** What a test may change about a collection before it is packed. */
    @FunctionalInterface
    public interface Change {
        void in(Connection connection) throws SQLException;
    }

    /** A collection that can be opened by SQLite and compares names without case, as Anki does. */
    public static Connection open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Collation.create(connection, "unicase", new Collation() {
            @Override
            protected int xCompare(String one, String other) {
                return one.compareToIgnoreCase(other);
            }
        });
        return connection;
    }

    private static void run(Connection connection, String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : statements.split(";\n")) {
                if (!one.isBlank()) {
                    statement.executeUpdate(one);
                }
            }
        }
    }

    private static void insert(Connection connection, String table, Object... values) throws SQLException {
        String marks = "?,".repeat(values.length);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " VALUES (" + marks.substring(0, marks.length() - 1) + ")")) {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }

    /** The collection as SQLite stores it: version 11 or 18. */
    public static byte[] collection(Path scratch, int version, Change change) throws IOException, SQLException {
        Path file = Files.createTempFile(scratch, "fixture", ".db");
        try (Connection connection = open(file)) {
            connection.setAutoCommit(false);
            run(connection, TABLES);
            boolean old = version < 15;
            insert(
                    connection,
                    "col",
                    1,
                    CREATED,
                    CREATED * 1000,
                    CREATED * 1000,
                    version,
                    0,
                    0,
                    0,
                    old ? "{\"schedVer\":2,\"nextPos\":5}" : "",
                    old ? MODELS : "",
                    old ? DECKS : "",
                    "{}",
                    "{}");
            if (!old) {
                run(connection, TABLES_18);
                namesInTables(connection);
            }
            contents(connection);
            change.in(connection);
            connection.commit();
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    private static void contents(Connection connection) throws SQLException {
        long mod = CREATED + 100;
        insert(
                connection,
                "notes",
                FIRST - 10 * DAY,
                "gd1",
                10,
                mod,
                -1,
                " java::streams marked ",
                "<b>lazy</b>\u001fevaluated late &amp; once",
                "lazy",
                1,
                0,
                "");
        insert(
                connection,
                "notes",
                FIRST - 9 * DAY,
                "Kz<\"1",
                10,
                mod + 1,
                -1,
                "",
                "heap<img src=\"heap.png\">\u001fpriority queue",
                "heap",
                2,
                0,
                "");
        insert(
                connection,
                "notes",
                FIRST - 8 * DAY,
                "gd3",
                20,
                mod + 2,
                -1,
                " kafka ",
                "{{c1::Partitions}} keep {{c2::order::what?}}",
                "x",
                3,
                0,
                "");
        insert(
                connection,
                "notes",
                FIRST - 7 * DAY,
                "gd4",
                99,
                mod + 3,
                -1,
                "",
                "type is gone\u001f[sound:a.mp3]",
                "y",
                4,
                0,
                "");
        card(connection, 101, FIRST - 10 * DAY, 2000, 0, 2, 2, 400, 30, 2500, 4, 1, 0);
        card(connection, 102, FIRST - 10 * DAY, 2000, 1, 0, 0, 7, 0, 0, 0, 0, 0);
        card(connection, 103, FIRST - 9 * DAY, 3000, 0, 2, 2, 10, 5, 2300, 2, 0, 1);
        card(connection, 104, FIRST - 8 * DAY, 1, 0, 2, -1, 10, 5, 2300, 1, 0, 0);
        card(connection, 105, FIRST - 8 * DAY, 4444, 1, 0, 0, 3, 0, 0, 0, 0, 0);
        card(connection, 106, 12345, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0);
        // Of card 101 an ordinary history with a lapse, a reset and a new start.
        review(connection, FIRST, 101, 3, -600, -60, 0, 4_000, 0);
        review(connection, FIRST + 600_000, 101, 3, 1, -600, 2500, 3_000, 0);
        review(connection, FIRST + DAY, 101, 3, 3, 1, 2500, 2_500, 1);
        review(connection, FIRST + 4 * DAY, 101, 1, -600, 3, 2300, 9_000, 1);
        review(connection, FIRST + 4 * DAY + 700_000, 101, 2, 1, -600, 2300, 5_000, 2);
        review(connection, FIRST + 5 * DAY, 101, 0, 0, 1, 0, 0, 4);
        review(connection, FIRST + 6 * DAY, 101, 4, 4, 0, 2500, 1_500, 0);
        // Of card 103 practice that moves nothing, and a due date set by hand.
        review(connection, FIRST + 7 * DAY, 103, 3, 5, 5, 0, 2_000, 3);
        review(connection, FIRST + 8 * DAY, 103, 0, 9, 5, 2300, 0, 4);
        review(connection, FIRST + 9 * DAY, 104, 3, 5, 2, 2300, 2_000, 1);
        // Of a card that was deleted.
        review(connection, FIRST + 10 * DAY, 999, 3, 5, 2, 2300, 2_000, 1);
    }

    private static void card(
            Connection connection,
            long id,
            long note,
            long deck,
            int ord,
            int type,
            int queue,
            long due,
            int ivl,
            int factor,
            int reps,
            int lapses,
            long home)
            throws SQLException {
        insert(
                connection,
                "cards",
                id,
                note,
                deck,
                ord,
                CREATED + 200,
                -1,
                type,
                queue,
                due,
                ivl,
                factor,
                reps,
                lapses,
                0,
                0,
                home,
                0,
                "");
    }

    private static void review(
            Connection connection, long id, long card, int ease, int ivl, int last, int factor, int time, int type)
            throws SQLException {
        insert(connection, "revlog", id, card, -1, ease, ivl, last, factor, time, type);
    }

    private static void namesInTables(Connection connection) throws SQLException {
        insert(connection, "config", "schedVer", 0, 0, "2".getBytes(StandardCharsets.UTF_8));
        byte[] normal = message(bytes(1, message(number(1, 1))));
        byte[] filtered = message(bytes(2, message(number(1, 1))));
        insert(connection, "decks", 1L, "Default", 0, 0, new byte[0], normal);
        insert(connection, "decks", 2000L, "Programming\u001fJava", 0, 0, new byte[0], normal);
        insert(connection, "decks", 3000L, "Custom study", 0, 0, new byte[0], filtered);
        insert(connection, "notetypes", 10L, "Basic (and reversed card)", 0, 0, message(bytes(3, utf8(".card{}"))));
        insert(connection, "notetypes", 20L, "Cloze", 0, 0, message(number(1, 1)));
        insert(connection, "fields", 10L, 1, "Back", new byte[0]);
        insert(connection, "fields", 10L, 0, "Front", new byte[0]);
        insert(connection, "fields", 20L, 0, "Text", new byte[0]);
        insert(connection, "templates", 10L, 0, "Card 1", 0, 0, template("{{Front}}", "{{Back}}"));
        insert(connection, "templates", 10L, 1, "Card 2", 0, 0, template("{{Back}}", "{{Front}}"));
        insert(connection, "templates", 20L, 0, "Cloze", 0, 0, template("{{cloze:Text}}", "{{cloze:Text}}"));
    }

    private static byte[] template(String question, String answer) {
        return message(bytes(1, utf8(question)), bytes(2, utf8(answer)));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A message of fields. */
    static byte[] message(byte[]... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            out.writeBytes(field);
        }
        return out.toByteArray();
    }

    static byte[] number(int field, long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, (long) field << 3);
        varint(out, value);
        return out.toByteArray();
    }

    static byte[] bytes(int field, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, (long) field << 3 | 2);
        varint(out, value.length);
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** An archive of these files. */
    public static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                if (file.getKey().endsWith("b")) {
                    CRC32 crc = new CRC32();
                    crc.update(file.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.getValue().length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** A package in a format, with two pictures. */
    public static byte[] packed(Path scratch, AnkiPackage.Format format, Change change)
            throws IOException, SQLException {
        byte[] collection = collection(scratch, format == AnkiPackage.Format.LATEST ? 18 : 11, change);
        Map<String, byte[]> files = new LinkedHashMap<>();
        switch (format) {
            case LEGACY_1 -> files.put("collection.anki2", collection);
            case LEGACY_2 -> {
                files.put("collection.anki2", utf8("only says that Anki is to be updated"));
                files.put("collection.anki21", collection);
            }
            case LATEST -> {
                files.put("meta", number(1, 3));
                files.put("collection.anki21b", Zstd.compress(collection));
                files.put("collection.anki2", utf8("only says that Anki is to be updated"));
            }
        }
        if (format == AnkiPackage.Format.LATEST) {
            List<byte[]> media = new ArrayList<>();
            for (String name : List.of("heap.png", "a.mp3")) {
                media.add(bytes(1, message(bytes(1, utf8(name)), number(2, 5), bytes(3, new byte[20]))));
            }
            files.put("media", Zstd.compress(message(media.toArray(byte[][]::new))));
        } else {
            files.put("media", utf8("{\"0\": \"heap.png\", \"1\": \"a.mp3\"}"));
        }
        files.put("0", utf8("image"));
        files.put("1", utf8("sound"));
        return zip(files);
    }

    /** The same as a file. */
    public static Path file(Path folder, AnkiPackage.Format format) throws IOException, SQLException {
        Path file = folder.resolve(format + ".apkg");
        Files.write(file, packed(folder, format, connection -> {}));
        return file;
    }
}
