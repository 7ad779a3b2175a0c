package dev.devmentor.anki;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.devmentor.anki.sqlite.SqliteWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an {@code .apkg} with a collection of version 11, which every Anki since 2.0 reads. Source for what is in it:
 * ankitects/anki, {@code rslib/src/storage/schema11.sql}.
 *
 * <p>Notes, cards and reviews each come in the order of their ids. Not safe for several threads.
 */
public final class AnkiWriter implements AutoCloseable {
    private static final long TYPE_ID = 1_700_000_000_000L;
    private static final long DEFAULT_DECK = 1;
    private static final int NOT_SYNCED = -1;

    private final Path collection;
    private final long createdSeconds;
    private final long modifiedMillis;
    private final Map<String, Long> decks = new LinkedHashMap<>();
    private final SqliteWriter sqlite;
    private final SqliteWriter.Table col;
    private final SqliteWriter.Table notes;
    private final SqliteWriter.Table cards;
    private final SqliteWriter.Table revlog;
    private final SqliteWriter.Index notesUsn;
    private final SqliteWriter.Index notesChecksum;
    private final SqliteWriter.Index cardsUsn;
    private final SqliteWriter.Index cardsNote;
    private final SqliteWriter.Index cardsSchedule;
    private final SqliteWriter.Index revlogUsn;
    private final SqliteWriter.Index revlogCard;

    /**
     * Begins a package.
     *
     * @param scratch folder for the collection until it is packed
     * @param createdSeconds when the collection begins; due days count from there
     * @param modifiedMillis when everything in it was last changed
     */
    public AnkiWriter(Path scratch, long createdSeconds, long modifiedMillis) throws IOException {
        this.createdSeconds = createdSeconds;
        this.modifiedMillis = modifiedMillis;
        this.collection = scratch.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempFile(
                        scratch,
                        "anki-",
                        ".db",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(scratch, "anki-", ".db");
        decks.put("Default", DEFAULT_DECK);
        sqlite = SqliteWriter.open(collection);
        col = sqlite.table("col", """
                CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, \
                ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null, \
                models text not null, decks text not null, dconf text not null, tags text not null)""");
        notes = sqlite.table("notes", """
                CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, \
                usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null, \
                flags integer not null, data text not null)""");
        cards = sqlite.table("cards", """
                CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, \
                mod integer not null, usn integer not null, type integer not null, queue integer not null, \
                due integer not null, ivl integer not null, factor integer not null, reps integer not null, \
                lapses integer not null, left integer not null, odue integer not null, odid integer not null, \
                flags integer not null, data text not null)""");
        revlog = sqlite.table("revlog", """
                CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, \
                ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null, \
                time integer not null, type integer not null)""");
        sqlite.table(
                "graves", "CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null)");
        notesUsn = sqlite.index("ix_notes_usn", "notes", "CREATE INDEX ix_notes_usn on notes (usn)", 1);
        cardsUsn = sqlite.index("ix_cards_usn", "cards", "CREATE INDEX ix_cards_usn on cards (usn)", 1);
        revlogUsn = sqlite.index("ix_revlog_usn", "revlog", "CREATE INDEX ix_revlog_usn on revlog (usn)", 1);
        cardsNote = sqlite.index("ix_cards_nid", "cards", "CREATE INDEX ix_cards_nid on cards (nid)", 1);
        cardsSchedule =
                sqlite.index("ix_cards_sched", "cards", "CREATE INDEX ix_cards_sched on cards (did, queue, due)", 3);
        revlogCard = sqlite.index("ix_revlog_cid", "revlog", "CREATE INDEX ix_revlog_cid on revlog (cid)", 1);
        notesChecksum = sqlite.index("ix_notes_csum", "notes", "CREATE INDEX ix_notes_csum on notes (csum)", 1);
    }

    /** The id of a deck, which is made if there is none. */
    public long deck(String name) {
        return decks.computeIfAbsent(name, any -> TYPE_ID + 1 + decks.size());
    }

    /**
     * Adds a note with a front and a back.
     *
     * @param id when it was made, milliseconds since 1970
     * @param front text, no HTML
     * @param back text, no HTML
     * @param tags without spaces
     */
    public void note(long id, String guid, List<String> tags, String front, String back) throws IOException {
        String frontHtml = html(front);
        long checksum = checksum(HtmlText.of(frontHtml));
        notes.row(
                id,
                null,
                guid,
                TYPE_ID,
                modifiedMillis / 1000,
                (long) NOT_SYNCED,
                tags.isEmpty() ? "" : " " + String.join(" ", tags) + " ",
                frontHtml + "\u001f" + html(back),
                sortField(HtmlText.of(frontHtml)),
                checksum,
                0L,
                "");
        notesUsn.key(NOT_SYNCED, id);
        notesChecksum.key(checksum, id);
    }

    /** Adds a card; {@code data} is JSON, or empty. */
    public void card(Card card, String data) throws IOException {
        cards.row(
                card.id(),
                null,
                card.noteId(),
                card.deckId(),
                (long) card.ordinal(),
                card.modifiedSeconds(),
                (long) NOT_SYNCED,
                (long) card.type(),
                (long) card.queue(),
                card.due(),
                (long) card.interval(),
                (long) card.factor(),
                (long) card.repetitions(),
                (long) card.lapses(),
                0L,
                0L,
                0L,
                0L,
                data);
        cardsUsn.key(NOT_SYNCED, card.id());
        cardsNote.key(card.noteId(), card.id());
        cardsSchedule.key(card.deckId(), card.queue(), card.due(), card.id());
    }

    /** Adds a line of the review log. */
    public void review(Review review) throws IOException {
        revlog.row(
                review.id(),
                null,
                review.cardId(),
                (long) NOT_SYNCED,
                (long) review.ease(),
                (long) review.interval(),
                (long) review.lastInterval(),
                (long) review.factor(),
                (long) review.millis(),
                (long) review.kind().ordinal());
        revlogUsn.key(NOT_SYNCED, review.id());
        revlogCard.key(review.cardId(), review.id());
    }

    /** Packs what was added. Nothing can be added afterwards. */
    public void writeTo(OutputStream out) throws IOException {
        col.row(
                1,
                null,
                createdSeconds,
                modifiedMillis,
                modifiedMillis,
                11L,
                0L,
                0L,
                0L,
                configuration(),
                models(),
                decksJson(),
                DECK_OPTIONS,
                "{}");
        sqlite.finish();
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(entry("collection.anki2"));
        Files.copy(collection, zip);
        zip.closeEntry();
        zip.putNextEntry(entry("media"));
        zip.write("{}".getBytes(StandardCharsets.US_ASCII));
        zip.closeEntry();
        zip.finish();
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(modifiedMillis);
        return entry;
    }

    @Override
    public void close() throws IOException {
        try {
            sqlite.close();
        } finally {
            Files.deleteIfExists(collection);
        }
    }

    private static String html(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '\n' -> html.append("<br>");
                default -> html.append(c < ' ' ? ' ' : c);
            }
        }
        // What Anki would take for a gap or a field stays what it says.
        return html.toString().replace("{{", "{<!-- -->{").replace("[sound:", "[<!-- -->sound:");
    }

    /** The column is declared a number, so what looks like one has to be one. */
    private static Object sortField(String text) {
        String stripped = text.strip();
        if (stripped.matches("[+-]?([0-9]{1,300}\\.?[0-9]{0,300}|\\.[0-9]{1,300})([eE][+-]?[0-9]{1,3})?")) {
            double number = Double.parseDouble(stripped);
            if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
                return (long) number;
            }
            return Double.isInfinite(number) ? "_" + text : (Object) number;
        }
        return text;
    }

    /** The first eight digits of SHA-1, by which Anki finds notes with the same first field. */
    private static long checksum(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return (hash[0] & 0xffL) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | hash[3] & 0xff;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    private static final String DECK_OPTIONS = """
            {"1":{"autoplay":true,"dyn":false,"id":1,"lapse":{"delays":[10],"leechAction":0,"leechFails":8,"minInt":1,\
            "mult":0},"maxTaken":60,"mod":0,"name":"Default","new":{"bury":true,"delays":[1,10],"initialFactor":2500,\
            "ints":[1,4,7],"order":1,"perDay":20,"separate":true},"replayq":true,"rev":{"bury":true,"ease4":1.3,"fuzz":0.05,\
            "ivlFct":1,"maxIvl":36500,"minSpace":1,"perDay":100},"timer":0,"usn":0}}""";

    private String configuration() {
        return "{\"activeDecks\":[1],\"addToCur\":true,\"collapseTime\":1200,\"curDeck\":1,\"curModel\":\"" + TYPE_ID
                + "\",\"dueCounts\":true,\"estTimes\":true,\"newBury\":true,\"newSpread\":0,\"nextPos\":1,"
                + "\"schedVer\":2,\"sortBackwards\":false,\"sortType\":\"noteFld\",\"timeLim\":0}";
    }

    /** Writes JSON. */
    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String json(Writing writing) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            writing.to(json);
        }
        return text.toString();
    }

    private String models() throws IOException {
        return json(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart(Long.toString(TYPE_ID));
            json.writeStringField(
                    "css",
                    ".card { font-family: arial; font-size: 20px; text-align: center; color: black; background-color: white; }");
            json.writeNumberField("did", DEFAULT_DECK);
            json.writeArrayFieldStart("flds");
            field(json, "Front", 0);
            field(json, "Back", 1);
            json.writeEndArray();
            json.writeNumberField("id", TYPE_ID);
            json.writeStringField("latexPost", "\\end{document}");
            json.writeStringField(
                    "latexPre", "\\documentclass[12pt]{article}\n\\pagestyle{empty}\n\\begin{document}\n");
            json.writeBooleanField("latexsvg", false);
            json.writeNumberField("mod", modifiedMillis / 1000);
            json.writeStringField("name", "DevMentor");
            json.writeFieldName("req");
            json.writeRawValue("[[0,\"any\",[0]]]");
            json.writeNumberField("sortf", 0);
            json.writeFieldName("tags");
            json.writeRawValue("[]");
            json.writeArrayFieldStart("tmpls");
            json.writeStartObject();
            json.writeStringField("afmt", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}");
            json.writeStringField("bafmt", "");
            json.writeStringField("bqfmt", "");
            json.writeNullField("did");
            json.writeStringField("name", "Card 1");
            json.writeNumberField("ord", 0);
            json.writeStringField("qfmt", "{{Front}}");
            json.writeEndObject();
            json.writeEndArray();
            json.writeNumberField("type", 0);
            json.writeNumberField("usn", NOT_SYNCED);
            json.writeFieldName("vers");
            json.writeRawValue("[]");
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void field(JsonGenerator json, String name, int ordinal) throws IOException {
        json.writeStartObject();
        json.writeStringField("font", "Arial");
        json.writeFieldName("media");
        json.writeRawValue("[]");
        json.writeStringField("name", name);
        json.writeNumberField("ord", ordinal);
        json.writeBooleanField("rtl", false);
        json.writeNumberField("size", 20);
        json.writeBooleanField("sticky", false);
        json.writeEndObject();
    }

    private String decksJson() throws IOException {
        return json(json -> {
            json.writeStartObject();
            for (Map.Entry<String, Long> deck : decks.entrySet()) {
                json.writeObjectFieldStart(Long.toString(deck.getValue()));
                json.writeBooleanField("browserCollapsed", false);
                json.writeBooleanField("collapsed", false);
                json.writeNumberField("conf", 1);
                json.writeStringField("desc", "");
                json.writeNumberField("dyn", 0);
                json.writeNumberField("extendNew", 0);
                json.writeNumberField("extendRev", 0);
                json.writeNumberField("id", deck.getValue());
                for (String today : List.of("lrnToday", "newToday", "revToday", "timeToday")) {
                    json.writeFieldName(today);
                    json.writeRawValue("[0,0]");
                }
                json.writeNumberField("mod", modifiedMillis / 1000);
                json.writeStringField("name", deck.getKey());
                json.writeNumberField("usn", NOT_SYNCED);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }
}
