package dev.devmentor.cli.patterns;

import dev.devmentor.cli.terminal.Terminal;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The usual one: notes between the lines of the build, a status line at the bottom of a terminal, a summary at the end. */
final class LinesDisplay implements Display {
    private final Style style;
    private final Supplier<TerminalSize> size;
    private final boolean all;

    LinesDisplay(Style style, Supplier<TerminalSize> size, boolean all) {
        this.style = style;
        this.size = size;
        this.all = all;
    }

    private Style now() {
        return style.colours() ? new Style(true, style.signs(), size.get().columns()) : style;
    }

    @Override
    public void note(Note note, Screen screen, Instant now) {
        screen.lines(new NoteLines(now()).of(note, now));
    }

    @Override
    public void redraw(Status status, Templates templates, Screen screen) {
        screen.status(statusLine(status, now()));
    }

    /** Always shorter than the terminal is wide, or it would leave its upper half behind. */
    static String statusLine(Status status, Style style) {
        double seconds = Math.max(0.001, status.elapsed().toMillis() / 1000.0);
        String errors = status.errors() == 0
                ? "no errors"
                : Texts.of(status.errors(), "error")
                        + (status.known() == 0 ? "" : " (" + status.known() + " seen before)");
        String text = String.join(
                style.dot(),
                List.of(
                        Terminal.seconds(status.elapsed()),
                        Terminal.count(status.lines()) + (status.lines() == 1 ? " line, " : " lines, ")
                                + Terminal.count(Math.round(status.lines() / seconds)) + "/s",
                        Terminal.count(status.templates()) + (status.templates() == 1 ? " template" : " templates"),
                        errors));
        String cut = Texts.cutMiddle(text, style.width() - 4, style.ellipsis());
        return (status.errors() == 0 ? style.dim("  " + cut) : style.red("  " + cut));
    }

    @Override
    public void end(Summary summary, Screen screen, Instant now) {
        TerminalSize terminal = style.colours() ? size.get() : TerminalSize.USUAL;
        screen.lines(new SummaryLines(now(), terminal.rows(), all).of(summary, now));
    }
}
