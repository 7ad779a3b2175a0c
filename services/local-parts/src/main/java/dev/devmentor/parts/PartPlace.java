package dev.devmentor.parts;

import java.nio.file.Path;

/**
 * Where one process keeps its things.
 *
 * @param data what has to survive
 * @param log the log file
 * @param record the note of the running process, see {@link ProcessRecord}
 * @param tmp emptied at every start: a killed process leaves extracted native libraries there
 */
public record PartPlace(Path data, Path log, Path record, Path tmp) {

    /** The usual places below a home directory: data/NAME, logs/NAME.log, run/NAME.process, run/tmp/NAME. */
    public static PartPlace in(Path home, String name) {
        Path root = home.toAbsolutePath().normalize();
        return new PartPlace(
                root.resolve("data").resolve(name),
                root.resolve("logs").resolve(name + ".log"),
                root.resolve("run").resolve(name + ".process"),
                root.resolve("run").resolve("tmp").resolve(name));
    }
}
