package dev.devmentor.bench.srs;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Csv;
import dev.devmentor.bench.Csv.BadRow;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * A review log in one of two forms, told apart by the header. With a clock: card_id, review_time_ms, rating,
 * elapsed_days_cutoff4utc, elapsed_seconds among the columns, rows in any order. Without one: card_id, i, delta_t_days, rating,
 * y; a card's rows by i, the order of cards means nothing, and 0 days stand for {@link #SAME_DAY}.
 *
 * <p>Rows that say nothing usable are skipped and counted: logs of real people have ratings of 0, where a card was moved by
 * hand, and cells without a number. The gap of the next row stays what the file says, as in srs-benchmark.
 *
 * @param history of the rows that can be used
 * @param skipped the others
 */
record ReviewFile(ReviewHistory history, Csv.Skipped skipped) {

    private static final List<String> CLOCK =
            List.of("card_id", "review_time_ms", "rating", "elapsed_days_cutoff4utc", "elapsed_seconds");
    private static final List<String> PLAIN = List.of("card_id", "i", "delta_t_days", "rating", "y");

    /**
     * Fractional days between two reviews of a day where a file has whole days only: ten minutes, Anki's second learning step.
     * With 0, FSRS-7 would see answers repeated within the same instant, which teach it nothing.
     */
    private static final double SAME_DAY = 10.0 / 1_440;

    /** A century: what is longer is a clock gone wrong, and no gap between two reviews. */
    private static final double LONGEST_DAYS = 36_500;

    /** One row; order breaks ties of time. */
    private record Row(int card, long time, double order, int rating, int days, double elapsed) {}

    /** What a row says beside its card. */
    private record Review(long time, double order, int rating, int days, double elapsed) {}

    /**
     * Reads a file.
     *
     * @throws BenchmarkFailed if it can't be read, has neither form, or no row of it can be used
     */
    static ReviewFile read(Path file) throws IOException, BenchmarkFailed {
        if (!Files.isRegularFile(file)) {
            throw new BenchmarkFailed("there is no file " + file);
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return parse(file.toString(), reader);
        } catch (CharacterCodingException e) {
            throw new BenchmarkFailed(file + " is not UTF-8 text");
        }
    }

    static ReviewFile parse(String name, BufferedReader reader) throws IOException, BenchmarkFailed {
        String first = reader.readLine();
        if (first == null) {
            throw new BenchmarkFailed(name + " is empty");
        }
        first = Csv.unmarked(first);
        char separator = Csv.separator(first);
        List<String> header = Csv.cells(first.toLowerCase(Locale.ROOT), separator);
        boolean clock = header.containsAll(CLOCK);
        if (!clock && !header.containsAll(PLAIN)) {
            throw new BenchmarkFailed(name + " has neither the columns " + CLOCK + " nor " + PLAIN);
        }
        int[] column =
                (clock ? CLOCK : PLAIN).stream().mapToInt(header::indexOf).toArray();
        Map<String, Integer> cards = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        Csv.Skipped skipped = new Csv.Skipped();
        int number = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                List<String> cells = Csv.cells(line, separator);
                if (cells.size() != header.size()) {
                    throw new BadRow(cells.size() + " cells, but the header has " + header.size());
                }
                String id = cells.get(column[0]);
                if (id.isEmpty()) {
                    throw new BadRow("card_id is empty");
                }
                Review review = clock ? withClock(number, cells, column) : plain(cells, column);
                int next = cards.size(); // after all checks: a card without a usable row is none
                rows.add(new Row(
                        cards.computeIfAbsent(id, any -> next),
                        review.time(),
                        review.order(),
                        review.rating(),
                        review.days(),
                        review.elapsed()));
            } catch (BadRow e) {
                skipped.add(number, e);
            }
        }
        if (rows.isEmpty()) {
            throw skipped.nothingLeft(name);
        }
        // stable; without a clock by card, as they were first met
        rows.sort(
                clock
                        ? Comparator.comparingLong(Row::time).thenComparingDouble(Row::order)
                        : Comparator.comparingInt(Row::card).thenComparingDouble(Row::order));
        return new ReviewFile(
                ReviewHistory.of(
                        integers(rows, Row::card),
                        integers(rows, Row::rating),
                        integers(rows, Row::days),
                        numbers(rows, Row::elapsed),
                        rows.stream().mapToLong(Row::time).toArray()),
                skipped);
    }

    private static Review withClock(int line, List<String> cells, int[] column) throws BadRow {
        return new Review(
                whole(CLOCK.get(1), cells.get(column[1])),
                line,
                rating(cells.get(column[2])),
                (int) gap(CLOCK.get(3), cells.get(column[3]), LONGEST_DAYS),
                gap(CLOCK.get(4), cells.get(column[4]), LONGEST_DAYS * 86_400) / 86_400);
    }

    private static Review plain(List<String> cells, int[] column) throws BadRow {
        int days = (int) gap(PLAIN.get(2), cells.get(column[2]), LONGEST_DAYS);
        int rating = rating(cells.get(column[3]));
        long y = whole(PLAIN.get(4), cells.get(column[4]));
        if (y != (rating > 1 ? 1 : 0)) {
            throw new BadRow("y is " + y + " and rating is " + rating);
        }
        return new Review(0, number(PLAIN.get(1), cells.get(column[1])), rating, days, days == 0 ? SAME_DAY : days);
    }

    private static int rating(String cell) throws BadRow {
        long rating = whole("rating", cell);
        if (rating < 1 || rating > 4) {
            throw new BadRow("rating is " + rating + ", not 1 to 4");
        }
        return (int) rating;
    }

    /** Of a first review it is often -1, which counts as none. */
    private static double gap(String column, String cell, double longest) throws BadRow {
        double gap = number(column, cell);
        if (gap > longest) {
            throw new BadRow(column + " is " + Csv.shown(cell) + ", more than a century");
        }
        return Math.max(0, gap);
    }

    /** A whole number, which some programs write as 3.0 where a column has gaps. */
    private static long whole(String column, String cell) throws BadRow {
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException notPlain) {
            double number = number(column, cell);
            if (number != Math.rint(number) || Math.abs(number) > 1e15) {
                throw new BadRow(column + " is " + Csv.shown(cell) + ", no whole number");
            }
            return (long) number;
        }
    }

    private static double number(String column, String cell) throws BadRow {
        try {
            double number = Double.parseDouble(cell);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadRow(cell.isEmpty() ? column + " is empty" : column + " is " + Csv.shown(cell) + ", no number");
    }

    private static int[] integers(List<Row> rows, ToIntFunction<Row> of) {
        return rows.stream().mapToInt(of).toArray();
    }

    private static double[] numbers(List<Row> rows, ToDoubleFunction<Row> of) {
        return rows.stream().mapToDouble(of).toArray();
    }
}
