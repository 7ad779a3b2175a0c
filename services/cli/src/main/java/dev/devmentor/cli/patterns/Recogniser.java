package dev.devmentor.cli.patterns;

import dev.devmentor.pbml.engine.template.MessageMask;
import dev.devmentor.pbml.engine.trace.Entry;
import dev.devmentor.pbml.engine.trace.Fingerprint;
import dev.devmentor.pbml.engine.trace.Frame;
import dev.devmentor.pbml.engine.trace.Language;
import dev.devmentor.pbml.engine.trace.LineAssembler;
import dev.devmentor.pbml.engine.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Makes findings of the lines of one stream: stack traces by their fingerprint, other errors by their message. */
final class Recogniser {
    /** Findings that only speak of others, of which the first are kept in case there are no others. */
    private static final int ASIDE = 5;

    private static final int FILES = 12;

    private final ProjectPaths paths;
    private final Progress progress;
    private final Consumer<String> learning;
    private final LineAssembler assembler = new LineAssembler();
    private final ErrorLines lines = new ErrorLines();
    private final MessageMask mask = new MessageMask();
    private final List<Finding> aside = new ArrayList<>();
    private String last = "";
    private boolean found;
    /** Lines that the assembler has and has not given out, as far as that is known. */
    private int held;

    /** @param learning takes every line of a log or of a tool's progress, of a stack trace only the first */
    Recogniser(ProjectPaths paths, Progress progress, Consumer<String> learning) {
        this.paths = paths;
        this.progress = progress;
        this.learning = learning;
    }

    /** Takes a line without its end. What comes out are errors that were complete before it. */
    List<Finding> accept(String line) {
        held++;
        List<Finding> out = read(assembler.accept(line));
        if (held == 1) {
            lines.flushBefore(line).forEach(recognised -> add(recognised, out));
        }
        return out;
    }

    /** What is held back, when nothing comes for a while. */
    List<Finding> flush() {
        List<Finding> out = new ArrayList<>(read(assembler.flush()));
        held = 0;
        lines.flush().forEach(recognised -> add(recognised, out));
        return out;
    }

    /**
     * The stream has ended.
     *
     * @param exitCode what the command ended with; empty if there is none
     */
    List<Finding> end(OptionalInt exitCode) {
        List<Finding> out = new ArrayList<>(flush());
        boolean failed = exitCode.isPresent() ? exitCode.getAsInt() != 0 : progress.broken();
        if (failed && !found && !aside.isEmpty()) {
            out.add(aside.getFirst());
        }
        return out;
    }

    /** Whether anything was printed that a person reads. */
    boolean spoke() {
        return !last.isEmpty();
    }

    /** An error that nothing else is known of than that the command failed. */
    Finding failure(int exitCode) {
        String message = "exit " + exitCode + (last.isEmpty() ? "" : ": " + last.strip());
        return finding(new ErrorLines.Recognised(Finding.Kind.BUILD, "", message, List.of(message), false));
    }

    private List<Finding> read(List<Entry> entries) {
        List<Finding> out = new ArrayList<>();
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Line line -> {
                    held = Math.max(0, held - 1);
                    lines.accept(line.text()).forEach(recognised -> add(recognised, out));
                    if (!lines.took()) {
                        learning.accept(line.text());
                    }
                    progress.line(line.text());
                    last = line.text().isBlank() ? last : line.text();
                }
                case Entry.Traced traced -> {
                    held = 1; // the line that ended it
                    learning.accept(firstLine(traced.text()));
                    lines.beforeTrace().forEach(recognised -> add(recognised, out));
                    add(trace(traced), ofTheTool(traced.trace()), out);
                }
            }
        }
        return out;
    }

    private void add(ErrorLines.Recognised recognised, List<Finding> out) {
        add(finding(recognised), recognised.aside(), out);
    }

    private void add(Finding finding, boolean beside, List<Finding> out) {
        if (!beside) {
            found = true;
            out.add(finding);
        } else if (aside.size() < ASIDE) {
            aside.add(finding);
        }
    }

    /** Where a build tool itself failed it is because of what it ran. */
    private static boolean ofTheTool(Trace trace) {
        return trace.type().startsWith("org.apache.maven.") || trace.type().startsWith("org.gradle.");
    }

    private Finding finding(ErrorLines.Recognised recognised) {
        String file = recognised.file().isEmpty() ? "" : paths.name(recognised.file());
        String message = Secrets.mask(paths.relative(recognised.message()));
        String masked = mask.mask(message);
        String base = ProjectPaths.base(file);
        Fingerprint identity = new Fingerprint(
                Texts.hash("line", file, masked), Texts.hash("line", base, masked), Texts.hash("line", masked));
        String title = message + (base.isEmpty() ? "" : " (" + base + ")");
        return new Finding(
                recognised.kind(),
                identity,
                Texts.cutMiddle(title, Finding.TITLE, "..."),
                text(String.join("\n", recognised.lines())),
                file.isEmpty() ? List.of() : List.of(file),
                progress.context());
    }

    private Finding trace(Entry.Traced traced) {
        Trace trace = traced.trace();
        Trace root = trace.root();
        StringBuilder title = new StringBuilder(simple(trace.type()));
        String message = Secrets.mask(paths.relative(message(traced.text(), trace)));
        if (!message.isBlank()) {
            title.append(title.isEmpty() ? "" : ": ").append(message);
        }
        if (root != trace) {
            title.append(", caused by ").append(simple(root.type()));
        }
        List<String> files = files(trace, root);
        String place = files.isEmpty() ? "" : " (" + ProjectPaths.base(files.getFirst()) + ")";
        String said = Texts.cutMiddle(title.toString(), Finding.TITLE - place.length(), "...");
        return new Finding(
                Finding.Kind.TRACE, trace.fingerprint(), said + place, text(traced.text()), files, progress.context());
    }

    private String text(String printed) {
        return Texts.cutInside(Secrets.mask(paths.relative(printed)), Finding.TEXT);
    }

    /** The message as it was printed: the trace's own has its variable parts masked. */
    private static String message(String text, Trace trace) {
        for (String line : text.split("\n", 20)) {
            int at = trace.type().isEmpty() ? -1 : line.indexOf(trace.type());
            if (at >= 0) {
                String rest = line.substring(at + trace.type().length()).strip();
                return rest.startsWith(":") ? rest.substring(1).strip() : rest;
            }
        }
        return trace.message();
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** Files of the trace's own frames, those of the root cause first. */
    private List<String> files(Trace trace, Trace root) {
        Set<String> files = new LinkedHashSet<>();
        own(root, files);
        own(trace, files);
        trace.links().forEach(link -> own(link.trace(), files));
        return files.stream().limit(FILES).toList();
    }

    private void own(Trace trace, Set<String> files) {
        for (Frame frame : trace.frames()) {
            if (frame.origin() == Frame.Origin.OWN && !frame.file().isEmpty()) {
                files.add(trace.language() == Language.JAVA ? sourceOf(frame) : paths.name(frame.file()));
            }
        }
    }

    /** The folder of a class is its package. */
    private static String sourceOf(Frame frame) {
        String function = frame.function();
        int method = function.lastIndexOf('.');
        int type = method < 0 ? -1 : function.lastIndexOf('.', method - 1);
        return type < 0 ? frame.file() : function.substring(0, type).replace('.', '/') + "/" + frame.file();
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
