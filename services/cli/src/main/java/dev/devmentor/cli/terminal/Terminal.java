package dev.devmentor.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Standard output for what was asked for, standard error for how it goes on. Colours and lines that replace themselves
 * only where a person looks: scripts/devmentor says whether one does, because asking the JVM costs a tenth of a second.
 */
public final class Terminal {
    private static final Terminal OUT = new Terminal(System.out, Boolean.getBoolean("devmentor.tty.stdout"));
    private static final Terminal ERR = new Terminal(System.err, Boolean.getBoolean("devmentor.tty.stderr"));
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream stream;
    private final boolean tty;
    private final boolean colours;
    private boolean passing;

    private Terminal(PrintStream stream, boolean tty) {
        this.stream = stream;
        this.tty = tty;
        String noColour = System.getenv("NO_COLOR");
        this.colours = tty && (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    public static Terminal stdout() {
        return OUT;
    }

    public static Terminal stderr() {
        return ERR;
    }

    public boolean colours() {
        return colours;
    }

    /** Whether a person looks at it. */
    public boolean isTty() {
        return tty;
    }

    public synchronized void line(String text) {
        stream.println((passing ? CLEAR : "") + text);
        passing = false;
        stream.flush();
    }

    public synchronized void lines(List<String> lines) {
        lines.forEach(this::line);
    }

    /** A line that the next one replaces; nothing where nobody looks. */
    public synchronized void passing(String text) {
        if (tty) {
            stream.print(CLEAR + text);
            passing = true;
            stream.flush();
        }
    }

    public synchronized void clearPassing() {
        if (passing) {
            stream.print(CLEAR);
            passing = false;
            stream.flush();
        }
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** {@code 0.4 s}, {@code 12.3 s}, {@code 3 min 5 s}, {@code 4 h 10 min}, {@code 3 d 2 h}. */
    public static String seconds(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        if (millis < 3_600_000) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toHours() < 24
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toDays() + " d " + duration.toHoursPart() + " h";
    }

    /** 12 580: thousands apart by a blank. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /** Rows as aligned columns, two blanks between; the last column is not padded. */
    public static List<String> table(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (widths.size() <= i) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                if (i + 1 < row.size()) {
                    line.append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
