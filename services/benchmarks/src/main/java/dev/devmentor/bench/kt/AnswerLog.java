package dev.devmentor.bench.kt;

import dev.devmentor.bench.BenchmarkFailed;
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
 * @param rows lines of the file below the header
 * @param hasClock false if every row has the same timestamp
 */
record AnswerLog(
        List<String> users, List<String> items, List<String> skills, List<Answer> answers, int rows, boolean hasClock) {

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
     * order and maybe more. A timestamp is a number (seconds, or milli-, micro- or nanoseconds by its size) or ISO 8601;
     * correct is 0, 1, true or false; skill_id is empty or holds ids separated by ~ or ;.
     *
     * <p>Rows with the same user, item, timestamp and correct are one answer that was expanded over its skills. Where the
     * file has no clock (one timestamp for all) only neighbouring rows are, and only if the skill is a new one.
     *
     * @throws BenchmarkFailed if the file can't be read; the message says where
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
        char separator = header.indexOf('\t') >= 0 ? '\t' : ',';
        List<String> names = cells(header.replace("\uFEFF", ""), separator).stream()
                .map(String::strip)
                .toList();
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
        int number = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            List<String> cells = cells(line, separator);
            if (cells.size() != names.size()) {
                throw new BenchmarkFailed(
                        name + ", line " + number + ": " + cells.size() + " cells, but the header has " + names.size());
            }
            String user = cells.get(places[0]).strip();
            String item = cells.get(places[1]).strip();
            if (user.isEmpty() || item.isEmpty()) {
                throw new BenchmarkFailed(name + ", line " + number + ": user_id or item_id is empty");
            }
            int[] tagged = Arrays.stream(cells.get(places[4]).split("[~;]"))
                    .map(String::strip)
                    .filter(skill -> !skill.isEmpty() && !skill.equalsIgnoreCase("nan"))
                    .mapToInt(skill -> place(skills, skill))
                    .sorted()
                    .distinct()
                    .toArray();
            rows.add(new Row(
                    place(users, user),
                    place(items, item),
                    time(name, number, cells.get(places[2]).strip()),
                    correct(name, number, cells.get(places[3]).strip()),
                    tagged));
        }
        if (rows.isEmpty()) {
            throw new BenchmarkFailed(name + " has no row below its header");
        }
        boolean hasClock =
                rows.stream().mapToDouble(Row::time).distinct().limit(2).count() == 2;
        return new AnswerLog(
                List.copyOf(users.keySet()),
                List.copyOf(items.keySet()),
                List.copyOf(skills.keySet()),
                merged(rows, hasClock),
                rows.size(),
                hasClock);
    }

    private static List<Answer> merged(List<Row> rows, boolean hasClock) {
        double unit = unit(rows);
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

    /** Units per second: a clock since 1970 in seconds has ten digits, in milliseconds thirteen, and so on. */
    private static double unit(List<Row> rows) {
        double[] times = rows.stream().mapToDouble(Row::time).sorted().toArray();
        double median = Math.abs(times[times.length / 2]);
        return median < 1e11 ? 1 : median < 1e14 ? 1e3 : median < 1e17 ? 1e6 : 1e9;
    }

    private static int place(Map<String, Integer> places, String id) {
        Integer place = places.putIfAbsent(id, places.size());
        return place == null ? places.size() - 1 : place;
    }

    private static boolean correct(String name, int line, String cell) throws BenchmarkFailed {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "1", "1.0", "true" -> true;
            case "0", "0.0", "false" -> false;
            default ->
                throw new BenchmarkFailed(
                        name + ", line " + line + ": correct is \"" + shortened(cell) + "\", not 0 or 1");
        };
    }

    private static double time(String name, int line, String cell) throws BenchmarkFailed {
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
        throw new BenchmarkFailed(
                name + ", line " + line + ": timestamp \"" + shortened(cell) + "\" is no number and no time");
    }

    private static String shortened(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "...";
    }

    /** The cells of a line; a quoted one may hold separators and doubled quotes, but no line end. */
    private static List<String> cells(String line, char separator) {
        List<String> cells = new ArrayList<>(8);
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == separator && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
