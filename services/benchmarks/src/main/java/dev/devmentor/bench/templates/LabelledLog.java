package dev.devmentor.bench.templates;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A log with its true templates: the columns Content and EventTemplate of loghub's {@code *_structured_corrected.csv}.
 *
 * @param name of the folder
 * @param lines of the log
 * @param templates the true one of each line
 */
public record LabelledLog(String name, List<String> lines, List<String> templates) {

    public static final String SUFFIX = "_structured_corrected.csv";

    /** All sets below a folder, by name. */
    public static List<LabelledLog> all(Path folder) throws IOException, BenchmarkFailed {
        if (!Files.isDirectory(folder)) {
            throw new BenchmarkFailed("there is no folder " + folder + "; it should hold NAME/NAME_2k.log" + SUFFIX);
        }
        List<Path> files = new ArrayList<>();
        try (var found = Files.walk(folder, 2)) {
            found.filter(file -> file.toString().endsWith(SUFFIX)).sorted().forEach(files::add);
        }
        if (files.isEmpty()) {
            throw new BenchmarkFailed("no folder in " + folder + " has a file *" + SUFFIX);
        }
        List<LabelledLog> logs = new ArrayList<>();
        for (Path file : files) {
            logs.add(read(file));
        }
        return logs;
    }

    private static LabelledLog read(Path file) throws IOException, BenchmarkFailed {
        List<List<String>> rows = rows(Files.readString(file));
        if (rows.isEmpty()) {
            throw new BenchmarkFailed(file + " is empty");
        }
        int content = rows.getFirst().indexOf("Content");
        int template = rows.getFirst().indexOf("EventTemplate");
        if (content < 0 || template < 0) {
            throw new BenchmarkFailed(file + " lacks a column Content or EventTemplate");
        }
        List<String> lines = new ArrayList<>();
        List<String> templates = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != rows.getFirst().size()) {
                throw new BenchmarkFailed(file + ": row " + (lines.size() + 2) + " has " + row.size()
                        + " cells, the header " + rows.getFirst().size());
            }
            lines.add(row.get(content));
            templates.add(row.get(template));
        }
        if (lines.isEmpty()) {
            throw new BenchmarkFailed(file + " has no row below its header");
        }
        Path parent = file.toAbsolutePath().getParent();
        String name = parent == null ? file.toString() : String.valueOf(parent.getFileName());
        return new LabelledLog(name, List.copyOf(lines), List.copyOf(templates));
    }

    /** RFC 4180: a quoted cell may hold line ends too, which {@link Csv#cells} excludes. */
    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        String unmarked = Csv.unmarked(text);
        for (int i = 0; i < unmarked.length(); i++) {
            char c = unmarked.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < unmarked.length() && unmarked.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        if (!cell.isEmpty() || !row.isEmpty()) {
            row.add(cell.toString());
            rows.add(List.copyOf(row));
        }
        return rows;
    }
}
