package dev.devmentor.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** All that the program logs while this is open, with everything of ours logged that can be: message, parameters, causes. */
public final class ProgramLog implements AutoCloseable {
    private static final String PROOF = "the log is read here";

    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("dev.devmentor");
    private final Level before = ours.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            StringBuilder text = new StringBuilder(String.valueOf(record.getMessage()));
            text.append(Arrays.toString(record.getParameters()));
            for (Throwable cause = record.getThrown(); cause != null; cause = cause.getCause()) {
                text.append(cause);
            }
            lines.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private ProgramLog() {
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        ours.setLevel(Level.ALL);
    }

    public static ProgramLog open() {
        return new ProgramLog();
    }

    /** The lines so far. Fails if nothing of ours would arrive here, so that silence proves something. */
    public List<String> lines() {
        ours.fine(PROOF);
        if (lines.stream().noneMatch(line -> line.startsWith(PROOF))) {
            throw new AssertionError("what is logged does not arrive here");
        }
        return lines.stream().filter(line -> !line.startsWith(PROOF)).toList();
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        ours.setLevel(before);
    }
}
