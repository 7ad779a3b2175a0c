package dev.devmentor.bench.forecast;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.learning.engine.analytics.AnswerHistory;
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
 * A review log with a clock: card_id, review_time_ms, rating and duration_ms among the columns, rows in any order. A day begins at
 * 04:00 UTC.
 */
final class LogFile {

    private static final List<String> COLUMNS = List.of("card_id", "review_time_ms", "rating", "duration_ms");
    private static final long ROLLOVER_MS = 4 * 3_600_000L;
    private static final long DAY_MS = 86_400_000L;

    private LogFile() {}

    private record Row(int card, long time, int rating, int duration) {}

    static AnswerHistory read(Path file) throws IOException, BenchmarkFailed {
        if (!Files.isRegularFile(file)) {
            throw new BenchmarkFailed("there is no file " + file);
        }
        List<String> lines = Files.readAllLines(file);
        List<String> header =
                lines.isEmpty() ? List.of() : cells(lines.getFirst().toLowerCase(Locale.ROOT));
        if (!header.containsAll(COLUMNS)) {
            throw new BenchmarkFailed(file + " has not the columns " + COLUMNS);
        }
        int[] column = COLUMNS.stream().mapToInt(header::indexOf).toArray();
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
                rows[size++] = new Row(
                        cards.computeIfAbsent(cells.get(column[0]), any -> next),
                        Long.parseLong(cells.get(column[1])),
                        Integer.parseInt(cells.get(column[2])),
                        Math.max(-1, (int) Double.parseDouble(cells.get(column[3]))));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new BenchmarkFailed(file + " line " + (n + 1) + ": " + e.getMessage());
            }
        }
        Row[] all = Arrays.copyOf(rows, size);
        Arrays.sort(all, Comparator.comparingLong(Row::time)); // stable
        try {
            return AnswerHistory.of(
                    Arrays.stream(all).mapToInt(Row::card).toArray(),
                    Arrays.stream(all)
                            .mapToInt(row -> (int) Math.floorDiv(row.time() - ROLLOVER_MS, DAY_MS))
                            .toArray(),
                    Arrays.stream(all).mapToLong(row -> row.time() * 1_000).toArray(),
                    Arrays.stream(all).mapToInt(Row::rating).toArray(),
                    Arrays.stream(all).mapToInt(Row::duration).toArray());
        } catch (IllegalArgumentException e) {
            throw new BenchmarkFailed(file + ": " + e.getMessage());
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }
}
