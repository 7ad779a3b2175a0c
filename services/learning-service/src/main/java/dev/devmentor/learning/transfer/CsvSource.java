package dev.devmentor.learning.transfer;

import dev.devmentor.anki.HtmlText;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.QuizAnswered;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables in text: cards ({@code front, back, tags, deck, id}) or a review log ({@code card_id, review_time_ms, rating,
 * duration_ms}). The first line says which; without a line of names the columns are front, back, tags and deck. What
 * Anki writes above its text exports ({@code #separator:tab} and so on) is followed.
 */
final class CsvSource implements ImportSource {
    private static final int MOST_ROWS = 1_000_000;
    private static final long LAST_MILLIS = 7_258_118_400_000L;
    private static final int MILLIS_PER_DAY = 86_400_000;
    private static final Pattern CARD = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("front", "front"),
            Map.entry("question", "front"),
            Map.entry("back", "back"),
            Map.entry("answer", "back"),
            Map.entry("tags", "tags"),
            Map.entry("deck", "deck"),
            Map.entry("id", "id"),
            Map.entry("guid", "id"),
            Map.entry("card_id", "card_id"),
            Map.entry("review_time_ms", "review_time_ms"),
            Map.entry("reviewed_at", "reviewed_at"),
            Map.entry("rating", "rating"),
            Map.entry("grade", "rating"),
            Map.entry("duration_ms", "duration_ms"));

    private final Clock clock;

    CsvSource(Clock clock) {
        this.clock = clock;
    }

    /**
     * How a file is laid out.
     *
     * @param skipped lines before the first row
     * @param columns number of the column by name
     */
    private record Layout(
            char separator, boolean html, int skipped, boolean header, Map<String, Integer> columns, int width) {
        boolean isReviewLog() {
            return columns.containsKey("card_id") && columns.containsKey("rating");
        }
    }

    @Override
    public void read(Path file, Path scratch, ImportSink sink) throws IOException {
        try {
            Layout layout = layout(file);
            new Reading(file, layout, sink, clock.instant()).run();
        } catch (CharacterCodingException notUtf8) {
            throw new ImportRefused("the file is not text in UTF-8", notUtf8);
        }
    }

    private static Reader open(Path file) throws IOException {
        Reader in = new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return in;
    }

    private static Layout layout(Path file) throws IOException {
        char[] beginning = new char[64 * 1024];
        int length = 0;
        try (Reader in = open(file)) {
            for (int n = in.read(beginning); n > 0; n = in.read(beginning, length, beginning.length - length)) {
                length += n;
            }
        }
        String text = new String(beginning, 0, length).replace("\uFEFF", "");
        char separator = 0;
        boolean html = false;
        Map<String, Integer> columns = new HashMap<>();
        int skipped = 0;
        while (text.startsWith("#")) {
            int end = text.indexOf('\n');
            String line = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
            text = end < 0 ? "" : text.substring(end + 1);
            skipped++;
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.startsWith("#separator:")) {
                separator = separator(value);
            } else if (line.startsWith("#html:")) {
                html = value.equals("true");
            } else if (line.matches("#(tags|deck|guid) column:[0-9]{1,2}")) {
                String name = line.startsWith("#guid") ? "id" : line.substring(1, line.indexOf(' '));
                columns.put(name, Integer.parseInt(value) - 1);
            }
        }
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        if (separator == 0) {
            separator = mostFrequent(first);
        }
        List<String> names = new Csv(new java.io.StringReader(text), separator).next();
        if (names == null) {
            throw new ImportRefused("the file has no rows");
        }
        return layout(names, separator, html, skipped, columns);
    }

    private static Layout layout(
            List<String> names, char separator, boolean html, int skipped, Map<String, Integer> columns)
            throws ImportRefused {
        Map<String, Integer> named = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = NAMES.get(names.get(i).strip().toLowerCase(Locale.ROOT));
            if (name != null) {
                named.putIfAbsent(name, i);
            }
        }
        boolean cards = named.containsKey("front");
        boolean reviews = named.containsKey("card_id");
        if (cards || reviews) {
            if (reviews && !named.containsKey("rating")
                    || reviews && !named.containsKey("review_time_ms") && !named.containsKey("reviewed_at")) {
                throw new ImportRefused(
                        "a review log has the columns card_id, rating, and review_time_ms or reviewed_at");
            }
            return new Layout(separator, html, skipped, true, named, names.size());
        }
        if (names.size() < 2) {
            throw new ImportRefused(
                    "the file has one column; cards have front and back, separated by commas, semicolons or tabs");
        }
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!columns.containsValue(i)) {
                free.add(i);
            }
        }
        String[] order = {"front", "back", "tags", "deck"};
        for (int i = 0; i < order.length && i < free.size(); i++) {
            columns.putIfAbsent(order[i], free.get(i));
        }
        return new Layout(separator, html, skipped, false, columns, names.size());
    }

    private static char separator(String value) {
        return switch (value) {
            case "tab", "\\t" -> '\t';
            case "semicolon" -> ';';
            case "comma", "" -> ',';
            case "pipe" -> '|';
            case "colon" -> ':';
            case "space" -> ' ';
            default -> value.charAt(0);
        };
    }

    private static char mostFrequent(String line) {
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', '\t', ';'}) {
            long count = line.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    /** What happens with each row. */
    @FunctionalInterface
    private interface Rows {
        void take(long line, List<String> row) throws IOException;
    }

    private static final class Reading {
        private final Path file;
        private final Layout layout;
        private final ImportSink sink;
        private final Instant now;
        private final Set<String> ids = new HashSet<>();
        private long rows;
        private long lastMillis;

        Reading(Path file, Layout layout, ImportSink sink, Instant now) {
            this.file = file;
            this.layout = layout;
            this.sink = sink;
            this.now = now;
        }

        void run() throws IOException {
            boolean reviews = layout.isReviewLog();
            each((line, row) -> {
                rows++;
                if (reviews) {
                    Long millis = millis(row);
                    lastMillis = Math.max(lastMillis, millis == null ? 0 : millis);
                }
            });
            if (rows > MOST_ROWS) {
                throw new ImportRefused("the file has more than " + MOST_ROWS + " rows");
            }
            sink.found(
                    Found.of(reviews ? "CSV, a review log" : "CSV, cards", reviews ? 0 : rows, reviews ? rows : 0, 0),
                    rows);
            if (sink.dryRun()) {
                each(reviews ? this::checkReview : this::checkCard);
            } else if (reviews) {
                Duration shift = lastMillis == 0
                        ? Duration.ZERO
                        : Duration.ofDays(sink.shiftDays("csv:" + lastMillis + ":" + rows, lastMillis));
                each((line, row) -> review(line, row, shift));
            } else {
                each(this::card);
            }
        }

        private void each(Rows taken) throws IOException {
            try (Reader in = open(file)) {
                Csv csv = new Csv(in, layout.separator());
                boolean header = layout.header();
                int skipped = 0;
                for (List<String> row = csv.next(); row != null; row = csv.next()) {
                    if (skipped < layout.skipped()) {
                        skipped++;
                    } else if (header) {
                        header = false;
                    } else {
                        taken.take(csv.rowLine(), row);
                    }
                }
            }
        }

        private String field(List<String> row, String name) {
            Integer column = layout.columns().get(name);
            if (column == null || column >= row.size()) {
                return "";
            }
            return row.get(column).replace("\u0000", "").replace("\uFEFF", "").strip();
        }

        private String text(List<String> row, String name) {
            String field = field(row, name);
            return layout.html() ? HtmlText.of(field) : field;
        }

        private void checkCard(long line, List<String> row) {
            String reason = wrongCard(row);
            if (reason != null) {
                sink.badLine(line, reason);
            }
        }

        private @Nullable String wrongCard(List<String> row) {
            if (row.size() > layout.width()) {
                return row.size() + " columns instead of " + layout.width();
            }
            return text(row, "front").isEmpty() ? "front is empty" : null;
        }

        private void card(long line, List<String> row) throws IOException {
            sink.read(1);
            String reason = wrongCard(row);
            if (reason != null) {
                sink.badLine(line, reason);
                return;
            }
            String front = text(row, "front");
            String back = text(row, "back");
            String deck = HtmlText.cut(field(row, "deck"), Naming.LONGEST_DECK);
            String tags = field(row, "tags");
            String id = field(row, "id");
            String memoryId = "csv-" + (id.isEmpty() ? EventEncoder.contentId("front", front) : Naming.plain(id));
            if (!ids.add(memoryId)) {
                sink.badLine(line, "the same " + (id.isEmpty() ? "front" : "id") + " stands on a line before");
                return;
            }
            String text = back.isEmpty() ? front : front + "\n\n" + back;
            sink.card(new MemoryUpdated(
                    memoryId,
                    sink.learner(),
                    (int) Math.clamp(now.getEpochSecond(), 1, Integer.MAX_VALUE),
                    MemoryKind.NOTE,
                    Naming.title(front),
                    HtmlText.cut(text, Naming.LONGEST_TEXT),
                    Naming.skills(tags.isEmpty() ? List.of() : List.of(tags.split("[\\s,;]+")), deck),
                    true,
                    now,
                    false,
                    deck.isEmpty() ? null : deck,
                    null,
                    null));
        }

        private @Nullable Long millis(List<String> row) {
            String millis = field(row, "review_time_ms");
            try {
                long value = millis.isEmpty()
                        ? OffsetDateTime.parse(field(row, "reviewed_at"))
                                .toInstant()
                                .toEpochMilli()
                        : Long.parseLong(millis);
                return value >= 0 && value < LAST_MILLIS ? value : null;
            } catch (NumberFormatException | DateTimeException unreadable) {
                return null;
            }
        }

        private static @Nullable Integer number(String text, int least, long most) {
            try {
                long value = Long.parseLong(text);
                return value >= least && value <= most ? (int) Math.min(value, Integer.MAX_VALUE) : null;
            } catch (NumberFormatException notANumber) {
                return null;
            }
        }

        private void checkReview(long line, List<String> row) {
            String reason = wrongReview(row);
            if (reason != null) {
                sink.badLine(line, reason);
            }
        }

        private @Nullable String wrongReview(List<String> row) {
            if (row.size() != layout.width()) {
                return row.size() + " columns instead of " + layout.width();
            }
            if (!CARD.matcher(field(row, "card_id")).matches()) {
                return "card_id has other characters than letters, digits and ._:- or more than 200";
            }
            if (millis(row) == null) {
                return "the time cannot be read";
            }
            if (number(field(row, "rating"), 1, 4) == null) {
                return "rating is not 1 to 4";
            }
            String duration = field(row, "duration_ms");
            return duration.isEmpty() || number(duration, 0, Long.MAX_VALUE) != null
                    ? null
                    : "duration_ms is no number";
        }

        private void review(long line, List<String> row, Duration shift) throws IOException {
            sink.read(1);
            String reason = wrongReview(row);
            if (reason != null) {
                sink.badLine(line, reason);
                return;
            }
            long millis = Objects.requireNonNull(millis(row));
            int rating = Objects.requireNonNull(number(field(row, "rating"), 1, 4));
            Integer duration = number(field(row, "duration_ms"), 0, Long.MAX_VALUE);
            duration = duration == null ? null : Math.min(duration, MILLIS_PER_DAY);
            String card = field(row, "card_id");
            Instant at = Instant.ofEpochMilli(millis).plus(shift);
            if (at.isAfter(now)) {
                sink.leftOut("reviews whose time is not between 1970 and now", 1);
                return;
            }
            // The ids of the command line's import: a log brought in by both ways is there once.
            sink.answer(new QuizAnswered(
                    EventEncoder.contentId(
                            card, String.valueOf(millis), String.valueOf(rating), String.valueOf(duration)),
                    sink.learner(),
                    "card-" + card,
                    at,
                    rating > 1,
                    rating,
                    List.of(),
                    null,
                    ZoneId.of("UTC"),
                    duration,
                    null,
                    null,
                    "import",
                    null));
        }
    }
}
