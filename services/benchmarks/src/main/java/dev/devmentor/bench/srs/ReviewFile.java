package dev.devmentor.bench.srs;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A review log in one of two forms, told apart by the header. With a clock: card_id, review_time_ms, rating,
 * elapsed_days_cutoff4utc, elapsed_seconds among the columns, rows in any order. Without one: card_id, i, delta_t_days, rating,
 * y; a card's rows by i, the order of cards means nothing, and 0 days stand for {@link #SAME_DAY}.
 */
final class ReviewFile {

    private static final List<String> CLOCK =
            List.of("card_id", "review_time_ms", "rating", "elapsed_days_cutoff4utc", "elapsed_seconds");
    private static final List<String> PLAIN = List.of("card_id", "i", "delta_t_days", "rating", "y");

    /**
     * Fractional days between two reviews of a day where a file has whole days only: ten minutes, Anki's second learning step.
     * With 0, FSRS-7 would see answers repeated within the same instant, which teach it nothing.
     */
    private static final double SAME_DAY = 10.0 / 1_440;

    private ReviewFile() {}

    /** One row; order breaks ties of time. */
    private record Row(int card, long time, double order, int rating, int days, double elapsed) {}

    static ReviewHistory read(Path file) throws IOException, BenchmarkFailed {
        if (!Files.isRegularFile(file)) {
            throw new BenchmarkFailed("there is no file " + file);
        }
        List<String> lines = Files.readAllLines(file);
        List<String> header =
                lines.isEmpty() ? List.of() : cells(lines.getFirst().toLowerCase(Locale.ROOT));
        boolean clock = header.containsAll(CLOCK);
        if (!clock && !header.containsAll(PLAIN)) {
            throw new BenchmarkFailed(file + " has neither the columns " + CLOCK + " nor " + PLAIN);
        }
        int[] column =
                (clock ? CLOCK : PLAIN).stream().mapToInt(header::indexOf).toArray();
        Map<String, Integer> cards = new HashMap<>();
        Row[] rows = new Row[lines.size()];
        int size = 0;
        for (int n = 1; n < lines.size(); n++) {
            if (lines.get(n).isBlank()) {
                continue;
            }
            try {
                List<String> cells = cells(lines.get(n));
                int next = cards.size();
                int card = cards.computeIfAbsent(cells.get(column[0]), any -> next);
                rows[size++] = clock ? withClock(card, size, cells, column) : plain(card, cells, column);
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new BenchmarkFailed(file + " line " + (n + 1) + ": " + e.getMessage());
            }
        }
        Row[] all = Arrays.copyOf(rows, size);
        // stable; without a clock by card, as they were first met
        Arrays.sort(
                all,
                clock
                        ? Comparator.comparingLong(Row::time).thenComparingDouble(Row::order)
                        : Comparator.comparingInt(Row::card).thenComparingDouble(Row::order));
        try {
            return ReviewHistory.of(
                    Arrays.stream(all).mapToInt(Row::card).toArray(),
                    Arrays.stream(all).mapToInt(Row::rating).toArray(),
                    Arrays.stream(all).mapToInt(Row::days).toArray(),
                    Arrays.stream(all).mapToDouble(Row::elapsed).toArray(),
                    Arrays.stream(all).mapToLong(Row::time).toArray());
        } catch (IllegalArgumentException e) {
            throw new BenchmarkFailed(file + ": " + e.getMessage());
        }
    }

    private static Row withClock(int card, int line, List<String> cells, int[] column) {
        return new Row(
                card,
                Long.parseLong(cells.get(column[1])),
                line,
                Integer.parseInt(cells.get(column[2])),
                Math.max(0, Integer.parseInt(cells.get(column[3]))),
                Math.max(0, Double.parseDouble(cells.get(column[4])) / 86_400));
    }

    private static Row plain(int card, List<String> cells, int[] column) {
        int days = (int) Math.max(0, Double.parseDouble(cells.get(column[2])));
        int rating = (int) Double.parseDouble(cells.get(column[3]));
        int y = (int) Double.parseDouble(cells.get(column[4]));
        if (y != (rating > 1 ? 1 : 0)) {
            throw new NumberFormatException("y is " + y + " and rating is " + rating);
        }
        return new Row(card, 0, Double.parseDouble(cells.get(column[1])), rating, days, days == 0 ? SAME_DAY : days);
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }
}
