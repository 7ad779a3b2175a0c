package dev.devmentor.cli.patterns;

import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The history of one error. */
@Command(name = "show", description = "Show the history of one error: its runs, and what made it go.")
final class ShowCommand implements Callable<Integer> {
    private static final int RUNS = 20;

    @Parameters(paramLabel = "ID", description = "As list shows it, or its first characters.")
    private String id = "";

    @Option(names = "--json", description = "As an object of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PatternsHome home = PatternsHome.of(Home.fromEnvironment(), Path.of(""));
        Memory memory = Memory.of(home.ledger().read().records());
        KnownError error = ErrorLook.find(memory, id);
        Terminal out = Terminal.stdout();
        if (json) {
            out.line(ErrorLook.json(error, true).toString());
            return 0;
        }
        boolean colours = out.colours();
        int width = out.isTty() ? TerminalSize.ask().columns() : Style.UNBOUNDED;
        lines(error, memory, new Style(colours, colours, width), Instant.now(), ZoneId.systemDefault())
                .forEach(out::line);
        return 0;
    }

    static List<String> lines(KnownError error, Memory memory, Style style, Instant now, ZoneId zone) {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(zone);
        List<String> out = new ArrayList<>();
        String state = error.over() ? style.green("fixed") : style.red("open");
        out.add(style.bold(error.finding().title()) + "  " + state + style.dim("  [" + error.id + "]"));
        out.add("  " + Texts.times(error.times()) + " in " + Texts.of(error.runs(), "run") + ", first "
                + time.format(error.first()) + ", last " + time.format(error.last()) + " ("
                + Texts.ago(error.last(), now) + ")");
        for (String line : error.finding().text().lines().limit(12).toList()) {
            out.add(style.dim("  | " + Texts.cutMiddle(line, style.width() - 4, style.ellipsis())));
        }
        record Event(Instant at, List<String> lines) {}
        List<Event> events = new ArrayList<>();
        for (KnownError.Sighting sighting : error.sightings()) {
            String command = memory.run(sighting.run()).map(Memory.Run::command).orElse("a run");
            String commit = memory.run(sighting.run())
                    .map(Memory.Run::commit)
                    .filter(hash -> hash.length() >= 7)
                    .map(hash -> " at " + hash.substring(0, 7))
                    .orElse("");
            events.add(new Event(
                    sighting.at(),
                    List.of(time.format(sighting.at()) + "  " + style.red("seen") + "   "
                            + Texts.times(sighting.times()) + " in " + command + commit)));
        }
        NoteLines causes = new NoteLines(style);
        for (KnownError.Gone gone : error.gones()) {
            List<String> lines = new ArrayList<>();
            String how = gone.how().equals("success") ? "the command succeeded" : "its part of the build was passed";
            lines.add(time.format(gone.at()) + "  " + style.green("fixed") + "  " + how);
            causes.fix(gone.fix()).forEach(line -> lines.add("                   " + line.strip()));
            events.add(new Event(gone.at(), lines));
        }
        events.sort(Comparator.comparing(Event::at));
        int from = Math.max(0, events.size() - RUNS);
        if (from > 0) {
            out.add("  ... " + from + " earlier ones");
        }
        events.subList(from, events.size()).forEach(event -> event.lines().forEach(line -> out.add("  " + line)));
        return out;
    }
}
