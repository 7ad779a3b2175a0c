package dev.devmentor.anki;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.devmentor.anki.AnkiException.Reason;
import dev.devmentor.anki.sqlite.SqliteException;
import dev.devmentor.anki.sqlite.SqliteFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Decks, note types and settings: in JSON up to version 14 of a collection, in tables of their own from version 15 on. */
final class Names {
    private static final int DEEPEST_DECK = 100;
    private static final int LARGEST_TABLE_ROW = 2 << 20;
    private static final String DAMAGED_SETTINGS = "the collection's settings are damaged";

    private final AnkiLimits limits;
    private final JsonFactory json;
    private final Map<Long, Deck> decks = new LinkedHashMap<>();
    private final Map<Long, NoteType> types = new LinkedHashMap<>();
    private int schedulerVersion = 1;

    Names(AnkiLimits limits) {
        this.limits = limits;
        this.json = factory(limits.settingsBytes());
    }

    static JsonFactory factory(int longest) {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(64)
                        .maxStringLength(longest)
                        .maxNameLength(5_000)
                        .maxNumberLength(100)
                        .build())
                .build();
    }

    Map<Long, Deck> decks() {
        return decks;
    }

    Map<Long, NoteType> types() {
        return types;
    }

    int schedulerVersion() {
        return schedulerVersion;
    }

    /** What happens with each member of an object. */
    @FunctionalInterface
    private interface Members {
        void take(String name, JsonParser parser) throws IOException;
    }

    /** Goes through the object that the parser stands at; a value that is not read is passed over. */
    private static void members(JsonParser parser, Members members) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.take(name, parser);
            parser.skipChildren();
        }
    }

    private void parse(String text, Members members) throws IOException {
        try (JsonParser parser = json.createParser(text)) {
            parser.nextToken();
            members(parser, members);
        } catch (JsonProcessingException broken) {
            throw new AnkiException(Reason.DAMAGED, DAMAGED_SETTINGS, broken);
        }
    }

    void readConfiguration(String text) throws IOException {
        parse(text, (name, parser) -> {
            if (name.equals("schedVer")) {
                schedulerVersion = parser.getValueAsInt(1);
            }
        });
    }

    void readDecks(String text) throws IOException {
        parse(text, (key, parser) -> {
            long[] id = {number(key)};
            String[] name = {""};
            boolean[] filtered = {false};
            members(parser, (member, value) -> {
                switch (member) {
                    case "id" -> id[0] = value.getValueAsLong(id[0]);
                    case "name" -> name[0] = value.getValueAsString("");
                    case "dyn" -> filtered[0] = value.getValueAsInt(0) != 0;
                    default -> {}
                }
            });
            add(new Deck(id[0], name[0], filtered[0]));
        });
    }

    private static long number(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private void add(Deck deck) throws AnkiException {
        String name = HtmlText.cut(printable(deck.name()), 500);
        if (deck.name().split("::", DEEPEST_DECK + 2).length > DEEPEST_DECK) {
            throw new AnkiException(
                    Reason.DAMAGED, "a deck lies in more than " + DEEPEST_DECK + " others, one in the other");
        }
        decks.put(deck.id(), new Deck(deck.id(), name.isEmpty() ? "Default" : name, deck.filtered()));
        requireFew(decks.size(), "decks");
    }

    private void requireFew(int count, String what) throws AnkiException {
        if (count > limits.names()) {
            throw new AnkiException(Reason.TOO_LARGE, "the collection has more than " + limits.names() + " " + what);
        }
    }

    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().filter(c -> !Character.isISOControl(c)).forEach(printable::appendCodePoint);
        return printable.toString().strip();
    }

    void readTypes(String text) throws IOException {
        parse(text, (key, parser) -> {
            long[] id = {number(key)};
            String[] name = {""};
            boolean[] cloze = {false};
            List<String> fields = new ArrayList<>();
            List<NoteType.Template> templates = new ArrayList<>();
            members(parser, (member, value) -> {
                switch (member) {
                    case "id" -> id[0] = value.getValueAsLong(id[0]);
                    case "name" -> name[0] = value.getValueAsString("");
                    case "type" -> cloze[0] = value.getValueAsInt(0) == 1;
                    case "flds" -> each(value, field -> fields.add(field.getOrDefault("name", "")));
                    case "tmpls" ->
                        each(
                                value,
                                template -> templates.add(new NoteType.Template(
                                        template.getOrDefault("name", ""),
                                        template.getOrDefault("qfmt", ""),
                                        template.getOrDefault("afmt", ""))));
                    default -> {}
                }
            });
            add(new NoteType(id[0], printable(name[0]), cloze[0], fields, templates));
        });
    }

    /** The texts in each object of an array. */
    private void each(JsonParser array, Consumer<Map<String, String>> taken) throws IOException {
        if (array.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        int count = 0;
        while (array.nextToken() != JsonToken.END_ARRAY && array.currentToken() != null) {
            requireFew(++count, "fields or templates in a note type");
            Map<String, String> texts = new HashMap<>();
            members(array, (name, value) -> {
                if (value.currentToken() == JsonToken.VALUE_STRING) {
                    texts.put(name, value.getText());
                }
            });
            taken.accept(texts);
        }
    }

    private void add(NoteType type) throws AnkiException {
        types.put(type.id(), type);
        requireFew(types.size(), "note types");
    }

    private static void refuse(long rowid, long bytes) throws AnkiException {
        throw new AnkiException(Reason.TOO_LARGE, "a deck or note type has more than 2 MiB");
    }

    /** From the tables of version 15 on. */
    void readTables(SqliteFile file) throws IOException {
        if (file.has("config")) {
            int key = file.column("config", "key");
            int value = file.column("config", "val");
            file.scan(
                    "config",
                    LARGEST_TABLE_ROW,
                    row -> {
                        if (row.text(key).equals("schedVer")) {
                            schedulerVersion = row.text(value).strip().equals("2") ? 2 : 1;
                        }
                    },
                    (rowid, bytes) -> {});
        }
        int deckId = file.column("decks", "id");
        int deckName = file.column("decks", "name");
        int deckKind = file.column("decks", "kind");
        file.scan(
                "decks",
                LARGEST_TABLE_ROW,
                row -> {
                    byte[] kind = row.blob(deckKind);
                    Protobuf message = new Protobuf(kind == null ? new byte[0] : kind);
                    boolean filtered = false;
                    while (message.next()) {
                        filtered |= message.field() == 2 && message.isBytes();
                    }
                    add(new Deck(row.integer(deckId), row.text(deckName).replace("\u001f", "::"), filtered));
                },
                Names::refuse);
        readTypeTables(file);
    }

    private void readTypeTables(SqliteFile file) throws IOException {
        Map<Long, TreeMap<Long, String>> fields = new HashMap<>();
        int fieldType = file.column("fields", "ntid");
        int fieldOrdinal = file.column("fields", "ord");
        int fieldName = file.column("fields", "name");
        int[] count = {0};
        file.scan(
                "fields",
                LARGEST_TABLE_ROW,
                row -> {
                    requireFew(++count[0] / 10, "fields");
                    fields.computeIfAbsent(row.integer(fieldType), id -> new TreeMap<>())
                            .put(row.integer(fieldOrdinal), row.text(fieldName));
                },
                Names::refuse);
        Map<Long, TreeMap<Long, NoteType.Template>> templates = new HashMap<>();
        int templateType = file.column("templates", "ntid");
        int templateOrdinal = file.column("templates", "ord");
        int templateName = file.column("templates", "name");
        int templateConfig = file.column("templates", "config");
        long[] bytes = {0};
        file.scan(
                "templates",
                LARGEST_TABLE_ROW,
                row -> {
                    bytes[0] += row.size();
                    if (bytes[0] > limits.settingsBytes()) {
                        throw new AnkiException(Reason.TOO_LARGE, "the templates of the collection are too large");
                    }
                    byte[] config = row.blob(templateConfig);
                    Protobuf message = new Protobuf(config == null ? new byte[0] : config);
                    String question = "";
                    String answer = "";
                    while (message.next()) {
                        if (message.field() == 1 && message.isBytes()) {
                            question = message.text();
                        } else if (message.field() == 2 && message.isBytes()) {
                            answer = message.text();
                        }
                    }
                    templates
                            .computeIfAbsent(row.integer(templateType), id -> new TreeMap<>())
                            .put(
                                    row.integer(templateOrdinal),
                                    new NoteType.Template(row.text(templateName), question, answer));
                },
                Names::refuse);
        int typeId = file.column("notetypes", "id");
        int typeName = file.column("notetypes", "name");
        int typeConfig = file.column("notetypes", "config");
        file.scan(
                "notetypes",
                LARGEST_TABLE_ROW,
                row -> {
                    byte[] config = row.blob(typeConfig);
                    Protobuf message = new Protobuf(config == null ? new byte[0] : config);
                    boolean cloze = false;
                    while (message.next()) {
                        cloze |= message.field() == 1 && message.number() == 1;
                    }
                    long id = row.integer(typeId);
                    add(new NoteType(
                            id,
                            printable(row.text(typeName)),
                            cloze,
                            List.copyOf(fields.getOrDefault(id, new TreeMap<>()).values()),
                            List.copyOf(
                                    templates.getOrDefault(id, new TreeMap<>()).values())));
                },
                Names::refuse);
    }

    /** The media that a package lists, by name. */
    static final class MediaList {
        private final List<String> named = new ArrayList<>();
        private int count;

        private void add(String name) {
            if (++count <= AnkiPackage.MEDIA_NAMED) {
                named.add(HtmlText.cut(printable(name), 200));
            }
        }

        List<String> named() {
            return named;
        }

        int count() {
            return count;
        }

        /** From JSON, as the older packages have it: a number in the archive, and the name. */
        void readJson(InputStream in, AnkiLimits limits) throws IOException {
            TreeMap<Long, String> inOrder = new TreeMap<>();
            try (JsonParser parser = factory(10_000).createParser(in)) {
                if (parser.nextToken() == null) {
                    return;
                }
                members(parser, (key, value) -> {
                    if (inOrder.size() >= limits.archiveEntries()) {
                        throw new AnkiException(Reason.TOO_LARGE, "the file lists too many media");
                    }
                    inOrder.put(number(key), value.getValueAsString(""));
                });
            } catch (JsonProcessingException broken) {
                throw new AnkiException(Reason.DAMAGED, "the file's list of media is damaged", broken);
            }
            inOrder.values().forEach(this::add);
        }

        /** From a message, as packages since 2.1.50 have it. */
        void readMessage(byte[] bytes, AnkiLimits limits) throws IOException {
            Protobuf entries = new Protobuf(bytes);
            while (entries.next()) {
                if (entries.field() != 1 || !entries.isBytes()) {
                    continue;
                }
                if (count >= limits.archiveEntries()) {
                    throw new AnkiException(Reason.TOO_LARGE, "the file lists too many media");
                }
                String name = "";
                Protobuf entry = entries.message();
                while (entry.next()) {
                    if (entry.field() == 1 && entry.isBytes()) {
                        name = entry.text();
                    }
                }
                add(name);
            }
        }
    }

    static AnkiException damaged(SqliteException damage) {
        return new AnkiException(
                Reason.DAMAGED, "the collection in the file is damaged: " + damage.getMessage(), damage);
    }
}
