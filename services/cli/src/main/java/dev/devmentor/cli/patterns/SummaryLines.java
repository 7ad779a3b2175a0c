package dev.devmentor.cli.patterns;

import dev.devmentor.cli.patterns.Style.Tone;
import dev.devmentor.cli.terminal.Terminal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A summary as lines for people. */
final class SummaryLines {
    private static final int ERRORS = 10;
    private static final int NOT_SEEN = 5;
    private static final int GONE_TEMPLATES = 3;

    private final Style style;
    private final int rows;
    private final boolean all;

    /**
     * @param rows of the terminal; the table of templates takes what the rest leaves of it
     * @param all whether everything is to be shown, however long it gets
     */
    SummaryLines(Style style, int rows, boolean all) {
        this.style = style;
        this.rows = rows;
        this.all = all;
    }

    List<String> of(Summary summary, Instant now) {
        List<String> out = new ArrayList<>();
        out.add(headline(summary));
        for (String remark : summary.remarks()) {
            out.add(style.gutter(Tone.CALM) + style.yellow("note: ") + remark);
        }
        errors(summary, out);
        notes(summary, out, now);
        templates(summary, out);
        return out;
    }

    private String headline(Summary summary) {
        List<String> facts = new ArrayList<>();
        facts.add(Terminal.seconds(summary.took()));
        facts.add(count(summary.lines(), "line"));
        if (summary.templates().size() > 0) {
            facts.add(count(summary.templates().size(), "template"));
        }
        if (!summary.errors().isEmpty()) {
            long known = summary.errors().stream()
                    .filter(error -> error.note.before() != null)
                    .count();
            String seen = known == 0
                    ? " (new)"
                    : known == summary.errors().size() ? " (seen before)" : " (" + known + " seen before)";
            facts.add(count(summary.errors().size(), "error") + seen);
        }
        boolean bad = summary.exitCode().orElse(0) != 0;
        Tone tone = bad ? Tone.BAD : summary.exitCode().isPresent() ? Tone.GOOD : Tone.CALM;
        // Where there is no room for all of it, how many templates and lines there were matters least.
        while (facts.size() > 2 && Texts.width(tail(facts)) > style.room() / 2) {
            facts.remove(facts.size() > 3 ? 2 : 1);
        }
        String tail = tail(facts);
        String ending = summary.ending();
        int room = style.room() - Texts.width(tail) - Texts.width(ending);
        String command = Texts.cutMiddle(summary.command(), Math.max(12, room), style.ellipsis());
        return style.gutter(tone) + style.bold(command + ending) + tail;
    }

    private String tail(List<String> facts) {
        return style.dot() + String.join(style.dot(), facts);
    }

    private static String count(long n, String thing) {
        return Terminal.count(n) + " " + thing + (n == 1 ? "" : "s");
    }

    /** One alone was explained where it came. */
    private void errors(Summary summary, List<String> out) {
        List<RunMemory.Count> errors = summary.errors();
        if (errors.size() == 1 && errors.getFirst().times == 1) {
            return;
        }
        int shown = all ? errors.size() : Math.min(ERRORS, errors.size());
        for (RunMemory.Count error : errors.subList(0, shown)) {
            KnownError before = error.note.before();
            String tail = "  " + (before == null ? "new" : "in " + Texts.of(before.runs(), "earlier run")) + "  ["
                    + error.note.id() + "]";
            String lead = (style.colours() ? style.cross() : "error") + " " + error.times + style.times() + " ";
            int room = style.room() - Texts.width(lead) - Texts.width(tail);
            String title = Texts.cutMiddle(error.note.finding().title(), Math.max(16, room), style.ellipsis());
            out.add(style.gutter(Tone.BAD) + style.red(lead) + title + style.dim(tail));
        }
        if (shown < errors.size()) {
            out.add(style.gutter(Tone.BAD) + style.dim("and " + (errors.size() - shown) + " more errors (--all)"));
        }
    }

    private void notes(Summary summary, List<String> out, Instant now) {
        NoteLines lines = new NoteLines(style);
        int notSeen = 0;
        for (Note note : summary.notes()) {
            if (!(note instanceof Note.NotSeen) || all || notSeen++ < NOT_SEEN) {
                out.addAll(lines.of(note, now));
            }
        }
        if (!all && notSeen > NOT_SEEN) {
            out.add(style.gutter(Tone.CALM)
                    + style.dim("and " + (notSeen - NOT_SEEN) + " more that were not seen (--all)"));
        }
    }

    private void templates(Summary summary, List<String> out) {
        // What is not there because a run broke off has not gone.
        boolean whole = summary.exitCode().orElse(0) == 0;
        List<Templates.Row> every = summary.templates().rows().stream()
                .filter(row -> whole || row.change() != Templates.Change.GONE)
                .toList();
        List<Templates.Row> chosen = all ? every : chosen(every, Math.clamp(rows - out.size() - 4L, 3, 12));
        if (chosen.isEmpty() && !summary.templates().comparable()) {
            return;
        }
        long fresh = every.stream()
                .filter(row -> row.change() == Templates.Change.NEW)
                .count();
        long gone = every.stream()
                .filter(row -> row.change() == Templates.Change.GONE)
                .count();
        String last = "the last run" + (summary.exitCode().isPresent() ? " that succeeded" : "");
        String changes = !summary.templates().comparable()
                ? "no run of this command to compare with yet"
                : fresh == 0 && gone == 0
                        ? "the same as in " + last
                        : fresh + " new" + (whole ? " and " + gone + " gone" : "") + " since " + last;
        out.add(style.gutter(Tone.CALM) + style.bold("templates: ") + changes);
        out.addAll(new TemplateLines(style).of(chosen));
        if (chosen.size() < every.size() && !chosen.isEmpty()) {
            out.add(style.gutter(Tone.CALM) + style.dim("and " + (every.size() - chosen.size()) + " more (--all)"));
        }
    }

    /** The first ones of this run, and of those that have gone some that said of trouble or were frequent. */
    private static List<Templates.Row> chosen(List<Templates.Row> every, int room) {
        List<Templates.Row> now = every.stream()
                .filter(row -> row.change() != Templates.Change.GONE)
                .toList();
        List<Templates.Row> gone = every.stream()
                .filter(row -> row.change() == Templates.Change.GONE)
                .toList();
        int ofGone = Math.min(gone.size(), Math.min(GONE_TEMPLATES, room / 3));
        List<Templates.Row> fresh = now.stream()
                .filter(row -> row.change() == Templates.Change.NEW)
                .limit(room - ofGone)
                .toList();
        List<Templates.Row> chosen = new ArrayList<>(fresh);
        now.stream()
                .filter(row -> row.change() == Templates.Change.SAME)
                .filter(row -> row.severity() > 0 || row.count() > 1) // what comes once in each run is furniture
                .limit(Math.max(0, room - ofGone - fresh.size()))
                .forEach(chosen::add);
        chosen.addAll(gone.subList(0, ofGone));
        return chosen;
    }
}
