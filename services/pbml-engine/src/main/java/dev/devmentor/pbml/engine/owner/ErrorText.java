package dev.devmentor.pbml.engine.owner;

import dev.devmentor.pbml.engine.template.MessageMask;
import dev.devmentor.pbml.engine.trace.Entry;
import dev.devmentor.pbml.engine.trace.Fingerprint;
import dev.devmentor.pbml.engine.trace.Frame;
import dev.devmentor.pbml.engine.trace.LineAssembler;
import dev.devmentor.pbml.engine.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was printed, read: one error, which is the first stack trace in it or else its first lines, and lines beside it.
 *
 * @param key names the error, the same for everybody: the exact fingerprint of a trace; of lines a hash of what is fixed in the
 *     first four, and of the names of files in them
 * @param loose fingerprints by which a trace is known on another way, or in another wrapping; null for lines
 * @param title what it is about, variable parts taken out; at most {@value #LONGEST_TITLE} characters
 * @param line the first line, if it is no trace; null if it is one
 * @param others lines beside it, at most {@value #MOST_LINES}
 * @param files names of source files that it names, without folders; at most {@value #MOST_FILES}
 */
public record ErrorText(
        String key,
        @Nullable Fingerprint loose,
        String title,
        @Nullable String line,
        List<String> others,
        List<String> files) {
    private static final int LONGEST_TITLE = 300;
    private static final int MOST_LINES = 64;
    private static final int TELLING_LINES = 4;
    private static final int MOST_FILES = 8;
    private static final int LONGEST_LINE = 4_096;

    /**
     * Reads a text.
     *
     * @param text at most 64 Ki characters; with terminal colours or without
     * @param mask is used and not kept
     */
    public static ErrorText read(String text, MessageMask mask) {
        LineAssembler assembler = new LineAssembler();
        Trace trace = null;
        List<String> lines = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (String line : text.split("\\R", -1)) {
            entries.addAll(assembler.accept(withoutColours(line)));
        }
        entries.addAll(assembler.flush());
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Traced traced -> trace = trace == null ? traced.trace() : trace;
                case Entry.Line line -> {
                    if (!line.text().isBlank() && lines.size() <= MOST_LINES) {
                        String stripped = line.text().strip();
                        lines.add(stripped.length() > LONGEST_LINE ? stripped.substring(0, LONGEST_LINE) : stripped);
                    }
                }
            }
        }
        if (trace != null) {
            Fingerprint print = trace.fingerprint();
            String title = trace.message().isEmpty() ? trace.type() : trace.type() + ": " + trace.message();
            return new ErrorText(print.exact(), print, cut(title), null, List.copyOf(lines), files(trace));
        }
        if (lines.isEmpty()) {
            return new ErrorText(Ids.hash("nothing"), null, "nothing was printed", "", List.of(), List.of());
        }
        List<String> telling = new ArrayList<>();
        Set<String> files = new LinkedHashSet<>();
        for (String line : lines.subList(0, Math.min(TELLING_LINES, lines.size()))) {
            telling.add(mask.mask(line));
            files.addAll(FileNames.in(line));
        }
        telling.addAll(files);
        String first = lines.getFirst();
        List<String> named = FileNames.in(first);
        return new ErrorText(
                Ids.hash(telling.toArray(String[]::new)),
                null,
                cut(named.isEmpty() ? mask.mask(first) : mask.mask(first) + " (" + String.join(", ", named) + ")"),
                first,
                List.copyOf(lines.subList(1, lines.size())),
                files.stream().limit(MOST_FILES).toList());
    }

    /** Those of the frames that tell the fault, the innermost first. */
    private static List<String> files(Trace trace) {
        Set<String> files = new LinkedHashSet<>();
        for (Frame frame : trace.root().telling()) {
            add(frame, files);
        }
        for (Frame frame : trace.telling()) {
            add(frame, files);
        }
        return files.stream().limit(MOST_FILES).toList();
    }

    private static void add(Frame frame, Set<String> files) {
        String name = frame.file().substring(frame.file().lastIndexOf('/') + 1);
        if (!name.isEmpty()) {
            files.add(name);
        }
    }

    private static String cut(String title) {
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
    }

    /** A line without the escape sequences of a terminal (ECMA-48, CSI). */
    private static String withoutColours(String line) {
        int at = line.indexOf('\u001b');
        if (at < 0) {
            return line;
        }
        StringBuilder plain = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\u001b' && i + 1 < line.length() && line.charAt(i + 1) == '[') {
                i += 2;
                while (i < line.length() && (line.charAt(i) < '@' || line.charAt(i) > '~')) {
                    i++;
                }
            } else if (c != '\u001b') {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
