package dev.devmentor.cli.patterns;

import dev.devmentor.cli.terminal.Failed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One watch from its first byte to its last word: takes what a source gives, shows it, recognises errors in it, and says what
 * is known of them. All of that in one thread; only reading, the state of the project and the service have threads of their
 * own, so that nothing of it holds up the output.
 */
final class Watch implements Source.Reader {
    private static final Duration LOOK = Duration.ofMillis(50);
    /** After so long a pause what is held back of an error is complete. */
    private static final Duration IDLE = Duration.ofMillis(250);

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration STATE_LIMIT = Duration.ofSeconds(10);
    /** Errors of one run that are explained when they come; later ones are in the summary. */
    private static final int EXPLAINED = 20;

    /** What came from one of the other threads. */
    private sealed interface Event {
        record Bytes(byte[] bytes, boolean error) implements Event {}

        record Said(Note note) implements Event {}
    }

    /**
     * What the watch is to show, and how.
     *
     * @param passOutput whether the output itself is shown
     * @param aside whether it goes to standard error, whatever it came on
     */
    record Look(boolean passOutput, boolean aside, Display display) {}

    private final Source source;
    private final RunMemory memory;
    private final ProjectPaths paths;
    private final Templates templates;
    private final Service service;
    private final Look look;
    private final Screen screen;
    private final Clock clock;
    private final Progress progress = new Progress();
    private final List<Stream> streams;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(256);
    private final List<String> remarks = new ArrayList<>();
    private final long began = System.nanoTime();
    private long lines;
    private int explained;
    private int known;
    private long drawn;
    private boolean memoryBroken;
    private volatile boolean taken;

    /** What other people's runs know, where there is a service to ask. */
    interface Service {
        /** None. */
        Service NONE = new Service() {
            @Override
            public void ask(Note.Seen note, Consumer<Note> answer) {
                // Nobody is asked.
            }

            @Override
            public List<String> tell() {
                return List.of();
            }
        };

        /** Asks about an error; answers later, from another thread, or never. */
        void ask(Note.Seen note, Consumer<Note> answer);

        /** Tells what it has not been told, within its time limit; what there is to say about that. */
        List<String> tell();
    }

    Watch(
            Source source,
            RunMemory memory,
            ProjectPaths paths,
            Templates templates,
            Service service,
            Look look,
            Screen screen,
            Clock clock) {
        this.source = source;
        this.memory = memory;
        this.paths = paths;
        this.templates = templates;
        this.service = service;
        this.look = look;
        this.screen = screen;
        this.clock = clock;
        this.streams = List.of(new Stream(false), new Stream(true));
    }

    /** Standard output or standard error of what is watched. */
    private final class Stream implements LineSplitter.Lines {
        final boolean error;
        final LineSplitter splitter = new LineSplitter(this);
        final Recogniser recogniser = new Recogniser(Watch.this.paths, progress, Watch.this::learn);

        Stream(boolean error) {
            this.error = error;
        }

        @Override
        public void line(String text, byte[] rest, boolean shown) {
            lines++;
            List<Finding> before = recogniser.accept(text);
            if (shown) {
                pass(rest, error);
                found(before);
            } else {
                found(before);
                pass(rest, error);
            }
        }

        @Override
        public void part(byte[] bytes) {
            pass(bytes, error);
        }
    }

    private void learn(String line) {
        templates.learn(line);
    }

    private void pass(byte[] bytes, boolean error) {
        if (look.passOutput()) {
            screen.pass(bytes, error || look.aside());
        }
    }

    @Override
    public void bytes(byte[] bytes, boolean error) throws InterruptedException {
        events.put(new Event.Bytes(bytes, error));
    }

    @Override
    public void remark(String text) throws InterruptedException {
        events.put(new Event.Said(new Note.Remark(text)));
    }

    private void answered(Note note) {
        // Never waits: an answer that finds no room is one of too many.
        events.offer(new Event.Said(note));
    }

    /** Watches until the source ends; returns the exit code. */
    int run() {
        Thread state = Thread.ofPlatform().daemon().name("state").start(this::takeState);
        try {
            source.start(this);
        } catch (IOException e) {
            throw new Failed("cannot begin: " + e.getMessage(), e);
        }
        look.display().begin(screen);
        boolean orderly = false;
        try {
            read();
            OptionalInt exitCode = source.exitCode();
            finish(exitCode);
            await(state);
            close(exitCode);
            orderly = true;
            return screen.broken() ? 141 : exitCode.orElse(0);
        } finally {
            if (!orderly) {
                look.display().leave(screen);
                screen.wipe();
                screen.flush();
                source.stop(); // it must not go on without anybody who reads it
            }
        }
    }

    private void read() {
        long quietSince = System.nanoTime();
        while (!source.ended() || !events.isEmpty()) {
            Event event = next();
            if (event != null) {
                take(event);
                quietSince = event instanceof Event.Bytes ? System.nanoTime() : quietSince;
            }
            if (events.isEmpty()) {
                for (Stream stream : streams) {
                    stream.splitter.partial();
                    if (System.nanoTime() - quietSince > IDLE.toNanos()) {
                        found(stream.recogniser.flush());
                    }
                }
                screen.flush();
            }
            redraw();
            if (screen.broken()) {
                source.stop();
            }
        }
    }

    private @Nullable Event next() {
        try {
            return events.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            source.stop();
            return null;
        }
    }

    private void take(Event event) {
        switch (event) {
            case Event.Bytes bytes ->
                streams.get(bytes.error() ? 1 : 0).splitter.accept(bytes.bytes(), bytes.bytes().length);
            case Event.Said said -> look.display().note(said.note(), screen, now());
        }
    }

    private void found(List<Finding> findings) {
        for (Finding finding : findings) {
            Optional<Note.Seen> note = remember(finding);
            note.ifPresent(seen -> {
                known += seen.before() == null ? 0 : 1;
                if (explained++ < EXPLAINED) {
                    look.display().note(seen, screen, now());
                    service.ask(seen, this::answered);
                }
            });
        }
    }

    private Optional<Note.Seen> remember(Finding finding) {
        try {
            return memory.seen(finding);
        } catch (Failed | UncheckedIOException e) {
            forgetful(e.getMessage());
            return Optional.empty();
        }
    }

    /** The build goes on even if nothing can be remembered, and it is said once. */
    private void forgetful(@Nullable String why) {
        synchronized (remarks) {
            if (!memoryBroken) {
                remarks.add("nothing is remembered of this run: " + why);
                memoryBroken = true;
            }
        }
    }

    private void takeState() {
        try {
            memory.takeState();
            taken = true;
        } catch (Failed | UncheckedIOException e) {
            forgetful(e.getMessage());
        }
    }

    private static void await(Thread state) {
        try {
            state.join(STATE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(OptionalInt exitCode) {
        for (Stream stream : streams) {
            stream.splitter.finish();
        }
        // One of two streams may have the errors and the other the words about them.
        found(streams.getFirst().recogniser.flush());
        found(streams.getLast().recogniser.flush());
        if (memory.counts().isEmpty()) {
            found(streams.getFirst().recogniser.end(exitCode));
        }
        if (memory.counts().isEmpty()) {
            found(streams.getLast().recogniser.end(exitCode));
        }
        int code = exitCode.orElse(0);
        boolean interrupted = code == 130 || code == 143;
        if (code != 0 && !interrupted && memory.counts().isEmpty()) {
            Recogniser spoke =
                    streams.getLast().recogniser.spoke() ? streams.getLast().recogniser : streams.getFirst().recogniser;
            found(List.of(spoke.failure(code)));
        }
    }

    private void close(OptionalInt exitCode) {
        List<Note> notes = new ArrayList<>();
        try {
            notes.addAll(memory.end(exitCode, progress, lines));
        } catch (Failed | UncheckedIOException e) {
            forgetful(e.getMessage());
        }
        List<String> said = new ArrayList<>(memory.remarks());
        synchronized (remarks) {
            said.addAll(remarks);
        }
        if (!taken && !memoryBroken) {
            said.add("the project's files took too long to look through: what fixes errors will not be known");
        }
        said.addAll(service.tell());
        for (Event late = events.poll(); late != null; late = events.poll()) {
            if (late instanceof Event.Said answer) {
                look.display().note(answer.note(), screen, now());
            }
        }
        look.display().end(summary(exitCode, notes, said), screen, now());
        screen.wipe();
        screen.flush();
    }

    private Summary summary(OptionalInt exitCode, List<Note> notes, List<String> said) {
        return new Summary(
                memory.run().command(),
                exitCode,
                elapsed(),
                lines,
                memory.counts(),
                memory.times(),
                notes,
                said,
                templates);
    }

    private void redraw() {
        long now = System.nanoTime();
        if (now - drawn > REDRAW.toNanos()) {
            drawn = now;
            look.display()
                    .redraw(
                            new Display.Status(
                                    elapsed(),
                                    lines,
                                    templates.size(),
                                    memory.counts().size(),
                                    known),
                            templates,
                            screen);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Instant now() {
        return Instant.now(clock);
    }
}
