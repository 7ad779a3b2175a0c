package dev.devmentor.cli.patterns;

import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The errors that are known of this project. */
@Command(name = "list", description = "List the errors that are known of this project, the latest first.")
final class ListCommand implements Callable<Integer> {
    private static final int USUAL = 20;

    @Option(names = "--all", description = "All of them, however many.")
    private boolean all;

    @Option(names = "--json", description = "One object of JSON for each.")
    private boolean json;

    @Override
    public Integer call() {
        PatternsHome home = PatternsHome.of(Home.fromEnvironment(), Path.of(""));
        Memory memory = Memory.of(home.ledger().read().records());
        List<KnownError> errors = memory.errors().stream()
                .sorted(Comparator.comparing(KnownError::touched).reversed())
                .toList();
        Terminal out = Terminal.stdout();
        if (json) {
            errors.forEach(error -> out.line(ErrorLook.json(error, false).toString()));
            return 0;
        }
        if (errors.isEmpty()) {
            out.line("no errors are known of " + home.paths().project()
                    + " (devmentor patterns watch -- COMMAND learns them)");
            return 0;
        }
        TerminalSize size = out.isTty() ? TerminalSize.ask() : new TerminalSize(Style.UNBOUNDED, USUAL + 2);
        int shown = all ? errors.size() : Math.min(errors.size(), Math.max(3, size.rows() - 3));
        out.lines(lines(errors.subList(0, shown), size.columns(), Instant.now(), out));
        if (shown < errors.size()) {
            out.line(Terminal.count(errors.size() - shown) + " more (--all shows them)");
        }
        return 0;
    }

    /** Aligned columns; the title takes what is left of the width. */
    static List<String> lines(List<KnownError> errors, int width, Instant now, @Nullable Terminal paint) {
        List<List<String>> rows = new ArrayList<>();
        for (KnownError error : errors) {
            KnownError.Gone gone = error.lastGone();
            rows.add(List.of(
                    error.id,
                    error.over() ? "fixed" : "open",
                    error.times() + "x",
                    Texts.ago(error.last(), now),
                    gone == null ? "" : ErrorLook.by(gone.fix())));
        }
        List<String> heads =
                Terminal.table(rows.stream().map(row -> row.subList(0, 4)).toList());
        int head = heads.stream().mapToInt(String::length).max().orElse(0);
        List<String> out = new ArrayList<>();
        for (int i = 0; i < errors.size(); i++) {
            String by = rows.get(i).get(4).isEmpty()
                    ? ""
                    : "  fixed by " + rows.get(i).get(4);
            int room = width - head - 2;
            String shownBy = Texts.cutMiddle(by, Math.max(0, Math.min(Texts.width(by), room / 2)), "...");
            String title =
                    Texts.cutMiddle(errors.get(i).finding().title(), Math.max(16, room - Texts.width(shownBy)), "...");
            String left = heads.get(i) + " ".repeat(head - heads.get(i).length() + 2);
            String painted = paint == null ? left : errors.get(i).over() ? paint.green(left) : paint.red(left);
            out.add((painted + title + (paint == null ? shownBy : paint.dim(shownBy))).stripTrailing());
        }
        return out;
    }
}
