package dev.devmentor.cli.patterns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** The most frequent templates with their counts as they rise, over the whole terminal; as top shows processes. */
final class TemplatesDisplay implements Display {
    private static final int NOTES = 50;
    private static final long REDRAW_NANOS = 500_000_000L;

    private final Style style;
    private final Supplier<TerminalSize> size;
    private final LinesDisplay lines;
    private long drawn;
    private boolean begun;
    private final List<Note> notes = new ArrayList<>();

    TemplatesDisplay(Style style, Supplier<TerminalSize> size, boolean all) {
        this.style = style;
        this.size = size;
        this.lines = new LinesDisplay(style, size, all);
    }

    @Override
    public void begin(Screen screen) {
        screen.control("\u001b[?1049h\u001b[?25l"); // another screen, no cursor
        begun = true;
    }

    /** Lines between would tear the table: they are counted in the status line and follow at the end. */
    @Override
    public void note(Note note, Screen screen, Instant now) {
        if (notes.size() < NOTES) {
            notes.add(note);
        }
    }

    @Override
    public void redraw(Status status, Templates templates, Screen screen) {
        long now = System.nanoTime();
        if (now - drawn < REDRAW_NANOS) {
            return;
        }
        drawn = now;
        TerminalSize terminal = size.get();
        Style wide = new Style(style.colours(), style.signs(), terminal.columns());
        StringBuilder out = new StringBuilder("\u001b[H");
        for (String line : frame(status, templates, wide, terminal.rows())) {
            out.append(line).append("\u001b[K\n");
        }
        screen.picture(out.append("\u001b[J").toString());
    }

    /** At most as many lines as the terminal has, less one. */
    static List<String> frame(Status status, Templates templates, Style style, int rows) {
        List<Templates.Row> top = templates.rows().stream()
                .filter(row -> row.change() != Templates.Change.GONE)
                .sorted(Comparator.comparingLong(Templates.Row::count).reversed())
                .limit(Math.max(1, rows - 3))
                .toList();
        List<String> out = new ArrayList<>();
        out.add(LinesDisplay.statusLine(status, style));
        out.addAll(new TemplateLines(style).of(top));
        return out;
    }

    @Override
    public void leave(Screen screen) {
        if (begun) {
            screen.control("\u001b[?25h\u001b[?1049l");
            begun = false;
        }
    }

    @Override
    public void end(Summary summary, Screen screen, Instant now) {
        leave(screen);
        notes.forEach(note -> lines.note(note, screen, now));
        lines.end(summary, screen, now);
    }
}
