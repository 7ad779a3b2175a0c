package dev.devmentor.bench.kt;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Csv;
import dev.devmentor.bench.Csv.BadRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers in the order of the file, one entry for each.
 *
 * @param users ids of people; an answer names one by its place
 * @param items ids of items
 * @param skills ids of skills
 * @param answers one for each answer
 * @param rows lines of the file below the header that can be used
 * @param skipped the others
 * @param hasClock false if every row has the same timestamp
 */
record AnswerLog(
        List<String> users,
        List<String> items,
        List<String> skills,
        List<Answer> answers,
        int rows,
        Csv.Skipped skipped,
        boolean hasClock) {

    private static final List<String> COLUMNS = List.of("user_id", "item_id", "timestamp", "correct", "skill_id");

    /**
     * One answer.
     *
     * @param user place in the users
     * @param item place in the items
     * @param second on a clock of the file's own: seconds since 1970 or since any other moment
     * @param right whether it was correct
     * @param skills places in the skills, rising, each once
     */
    @SuppressWarnings("ArrayRecordComponent") // a million of them; compared nowhere
    record Answer(int user, int item, long second, boolean right, int[] skills) {
        Answer with(int[] more) {
            int[] all = Arrays.copyOf(skills, skills.length + more.length);
            System.arraycopy(more, 0, all, skills.length, more.length);
            return new Answer(
                    user,
                    item,
                    second,
                    right,
                    Arrays.stream(all).sorted().distinct().toArray());
        }
    }

    private record Identity(int user, int item, double time, boolean right) {}

    private record Row(int user, int item, double time, boolean right, int[] skills) {}

    /**
     * Reads a file: comma or tab separated, a header that has user_id, item_id, timestamp, correct and skill_id in any
     * order and maybe more. A timestamp is a number or ISO 8601; of numbers the {@linkplain #unit unit} is told by what the file
     * holds. correct is 0, 1, true or false; skill_id is empty or holds ids separated by ~ or ;.
     *
     * <p>Rows that can't be used are skipped and counted: too few or too many cells, an empty user or item, a timestamp that
     * is none, or a correct that is neither right nor wrong. Partial credit (ASSISTments has .25, .5 and the like) is among
     * these: the models predict right answers, and where to cut would be our choice and not the data's.
     *
     * <p>Rows with the same user, item, timestamp and correct are one answer that was expanded over its skills. Where the
     * file has no clock (one timestamp for all) only neighbouring rows are, and only if the skill is a new one.
     *
     * @throws BenchmarkFailed if the file can't be read, lacks a column, or has no row that can be used
     */
    static AnswerLog read(Path file) throws BenchmarkFailed {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return parse(file.getFileName().toString(), reader);
        } catch (CharacterCodingException e) {
            throw new BenchmarkFailed(file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new BenchmarkFailed(
                    "cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    static AnswerLog parse(String name, BufferedReader reader) throws IOException, BenchmarkFailed {
        String header = reader.readLine();
        if (header == null) {
            throw new BenchmarkFailed(name + " is empty");
        }
        header = Csv.unmarked(header).toLowerCase(Locale.ROOT);
        char separator = Csv.separator(header);
        List<String> names = Csv.cells(header, separator);
        int[] places = new int[COLUMNS.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = names.indexOf(COLUMNS.get(i));
            if (places[i] < 0) {
                throw new BenchmarkFailed(name + ", line 1: no column " + COLUMNS.get(i) + "; the header must have "
                        + String.join(",", COLUMNS));
            }
        }
        Map<String, Integer> users = new LinkedHashMap<>();
        Map<String, Integer> items = new LinkedHashMap<>();
        Map<String, Integer> skills = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        Csv.Skipped skipped = new Csv.Skipped();
        boolean iso = false;
        int number = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                List<String> cells = Csv.cells(line, separator);
                if (cells.size() != names.size()) {
                    throw new BadRow(cells.size() + " cells, but the header has " + names.size());
                }
                String user = cells.get(places[0]);
                String item = cells.get(places[1]);
                if (user.isEmpty() || item.isEmpty()) {
                    throw new BadRow("user_id or item_id is empty");
                }
                double time = time(cells.get(places[2]));
                boolean right = correct(cells.get(places[3]));
                int[] tagged = Arrays.stream(cells.get(places[4]).split("[~;]"))
                        .map(String::strip)
                        .filter(skill -> !skill.isEmpty() && !skill.equalsIgnoreCase("nan"))
                        .mapToInt(skill -> place(skills, skill))
                        .sorted()
                        .distinct()
                        .toArray();
                iso |= cells.get(places[2]).indexOf(':') > 0; // no number has one, every time does
                rows.add(new Row(place(users, user), place(items, item), time, right, tagged));
            } catch (BadRow e) {
                skipped.add(number, e);
            }
        }
        if (rows.isEmpty()) {
            throw skipped.nothingLeft(name);
        }
        boolean hasClock =
                rows.stream().mapToDouble(Row::time).distinct().limit(2).count() == 2;
        return new AnswerLog(
                List.copyOf(users.keySet()),
                List.copyOf(items.keySet()),
                List.copyOf(skills.keySet()),
                merged(rows, hasClock, iso ? 1 : unit(rows)),
                rows.size(),
                skipped,
                hasClock);
    }

    private static List<Answer> merged(List<Row> rows, boolean hasClock, double unit) {
        List<Answer> answers = new ArrayList<>();
        Map<Identity, Integer> known = new HashMap<>();
        Identity before = null;
        for (Row row : rows) {
            Identity identity = new Identity(row.user(), row.item(), row.time(), row.right());
            Integer same =
                    hasClock ? known.get(identity) : identity.equals(before) ? (Integer) (answers.size() - 1) : null;
            if (same != null && (hasClock || brings(answers.get(same), row.skills()))) {
                answers.set(same, answers.get(same).with(row.skills()));
            } else {
                known.put(identity, answers.size());
                answers.add(new Answer(
                        row.user(), row.item(), (long) Math.floor(row.time() / unit), row.right(), row.skills()));
            }
            before = identity;
        }
        return List.copyOf(answers);
    }

    private static boolean brings(Answer answer, int[] skills) {
        return skills.length > 0
                && Arrays.stream(skills).noneMatch(skill -> Arrays.binarySearch(answer.skills(), skill) >= 0);
    }

    /**
     * Units per second: 1, or a power of a thousand. Two kinds of clock are about.
     *
     * <p>One counts since 1970. Then all times are of one size, and the size tells the unit: 1973 to 2128 are 1e8 to 5e9
     * seconds, or a thousand, a million or a billion times that; these ranges don't meet. All but the outermost hundredths of
     * the times must lie in one of them, and within a factor of four of one another (1990 to 2050 do).
     *
     * <p>The other counts from a beginning of the file's own, often each person's first answer (Riiid, in milliseconds up to
     * 8.7e10). Its times begin near 0, so that their size tells how long people stayed and not the unit. What people need for
     * an answer does: the lower quartile of the gaps between a person's neighbouring answers, those at the same time left
     * out, is seconds or minutes. Below 1 000 (a quarter of an hour) it is taken for seconds, below a million for
     * milliseconds (1 s to a quarter of an hour), and so on. Without any gap the unit matters to nothing.
     */
    private static double unit(List<Row> rows) {
        double[] times = rows.stream().mapToDouble(Row::time).sorted().toArray();
        double low = times[times.length / 100];
        double high = times[times.length - 1 - times.length / 100];
        if (high <= 4 * low) {
            for (double unit = 1; unit <= 1e9; unit *= 1e3) {
                if (low >= 1e8 * unit && high <= 5e9 * unit) {
                    return unit;
                }
            }
        }
        double[] gaps = gaps(rows);
        double gap = gaps.length == 0 ? 0 : gaps[gaps.length / 4];
        return gap < 1e3 ? 1 : gap < 1e6 ? 1e3 : gap < 1e9 ? 1e6 : 1e9;
    }

    /** Between neighbouring answers of each person, rising; those of 0 left out. */
    private static double[] gaps(List<Row> rows) {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(Row::user).thenComparingDouble(Row::time));
        double[] gaps = new double[rows.size()];
        int size = 0;
        for (int i = 1; i < gaps.length; i++) {
            double gap = sorted.get(i).time() - sorted.get(i - 1).time();
            if (sorted.get(i).user() == sorted.get(i - 1).user() && gap > 0) {
                gaps[size++] = gap;
            }
        }
        double[] found = Arrays.copyOf(gaps, size);
        Arrays.sort(found);
        return found;
    }

    private static int place(Map<String, Integer> places, String id) {
        Integer place = places.putIfAbsent(id, places.size());
        return place == null ? places.size() - 1 : place;
    }

    private static boolean correct(String cell) throws BadRow {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "1", "1.0", "true" -> true;
            case "0", "0.0", "false" -> false;
            case "" -> throw new BadRow("correct is empty");
            default -> throw new BadRow("correct is " + Csv.shown(cell) + ", not 0 or 1");
        };
    }

    /** As the file counts, or, of ISO 8601, in seconds since 1970. */
    private static double time(String cell) throws BadRow {
        try {
            double time = Double.parseDouble(cell);
            if (Double.isFinite(time)) {
                return time;
            }
        } catch (NumberFormatException e) {
            String iso = cell.replace(' ', 'T');
            try {
                return Instant.parse(iso).toEpochMilli() / 1e3;
            } catch (DateTimeParseException notAnInstant) {
                try {
                    return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli() / 1e3;
                } catch (DateTimeParseException noTime) {
                    // said below
                }
            }
        }
        throw new BadRow("timestamp " + Csv.shown(cell) + " is no number and no time");
    }
}
