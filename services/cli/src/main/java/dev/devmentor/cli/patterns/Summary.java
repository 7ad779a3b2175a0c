package dev.devmentor.cli.patterns;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * A run, looked back on.
 *
 * @param errors the different ones
 * @param times how often all of them came
 * @param notes what became of errors of earlier runs
 * @param remarks about the watch itself
 */
record Summary(
        String command,
        OptionalInt exitCode,
        Duration took,
        long lines,
        List<RunMemory.Count> errors,
        long times,
        List<Note> notes,
        List<String> remarks,
        Templates templates) {
    Summary {
        errors = List.copyOf(errors);
        notes = List.copyOf(notes);
        remarks = List.copyOf(remarks);
    }

    /** {@code failed (exit 1)}, with a blank before it. */
    String ending() {
        if (exitCode.isEmpty()) {
            return " ended";
        }
        int code = exitCode.getAsInt();
        if (code == 0) {
            return " succeeded";
        }
        return code == 130 ? " was interrupted (exit 130)" : " failed (exit " + code + ")";
    }
}
