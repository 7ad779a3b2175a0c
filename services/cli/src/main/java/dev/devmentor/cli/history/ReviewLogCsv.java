package dev.devmentor.cli.history;

import dev.devmentor.cli.terminal.Failed;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A review log as FSRS tools exchange it: a header, then a review a line. Of the columns {@code card_id},
 * {@code review_time_ms}, {@code rating} (1 to 4) and {@code duration_ms} are read, in any order; the last may be
 * missing or empty.
 */
final class ReviewLogCsv {
    private static final Pattern CARD = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    // 2200-01-01: what lies behind it was not reviewed, it was mistyped.
    private static final long LAST_MILLIS = 7_258_118_400_000L;
    private static final int DAY_MILLIS = 86_400_000;

    private ReviewLogCsv() {}

    /** One line of the file. */
    sealed interface Line permits Review, Bad {
        int number();
    }

    /** @param durationMs at most a day; null where the file says nothing */
    record Review(
            int number,
            String card,
            long timeMs,
            int rating,
            @Nullable Integer durationMs) implements Line {}

    record Bad(int number, String reason) implements Line {}

    /** Reads all lines, good and bad; blank ones are passed over. */
    static void read(BufferedReader in, Consumer<Line> lines) throws IOException {
        String header = in.readLine();
        if (header == null) {
            throw new Failed("the file is empty");
        }
        Map<String, Integer> columns = new HashMap<>();
        String[] names = header.replace("\uFEFF", "").strip().split(",", -1);
        for (int i = 0; i < names.length; i++) {
            columns.put(names[i].strip(), i);
        }
        for (String required : List.of("card_id", "review_time_ms", "rating")) {
            if (!columns.containsKey(required)) {
                throw new Failed("the first line has no column " + required + ": is this a review log?");
            }
        }
        int number = 1;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (!line.isBlank()) {
                lines.accept(parse(number, line.strip().split(",", -1), columns, names.length));
            }
        }
    }

    private static Line parse(int number, String[] fields, Map<String, Integer> columns, int width) {
        if (fields.length != width) {
            return new Bad(number, fields.length + " columns instead of " + width);
        }
        String card = field(fields, columns, "card_id");
        if (!CARD.matcher(card).matches()) {
            return new Bad(number, "card_id is \"" + excerpt(card) + "\"");
        }
        Long time = number(field(fields, columns, "review_time_ms"));
        if (time == null || time < 0 || time >= LAST_MILLIS) {
            return new Bad(number, "review_time_ms is \"" + excerpt(field(fields, columns, "review_time_ms")) + "\"");
        }
        Long rating = number(field(fields, columns, "rating"));
        if (rating == null || rating < 1 || rating > 4) {
            return new Bad(number, "rating is \"" + excerpt(field(fields, columns, "rating")) + "\", not 1 to 4");
        }
        String duration = columns.containsKey("duration_ms") ? field(fields, columns, "duration_ms") : "";
        Long millis = duration.isEmpty() ? null : number(duration);
        if (!duration.isEmpty() && (millis == null || millis < 0)) {
            return new Bad(number, "duration_ms is \"" + excerpt(duration) + "\"");
        }
        Integer capped = millis == null ? null : (int) Math.min(millis, DAY_MILLIS);
        return new Review(number, card, time, rating.intValue(), capped);
    }

    private static String field(String[] fields, Map<String, Integer> columns, String name) {
        Integer index = columns.get(name);
        return index == null ? "" : fields[index].strip();
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String excerpt(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
