package dev.devmentor.cli.patterns;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads an output as a watch does. */
final class Recognition {
    static final ProjectPaths PATHS = new ProjectPaths(Path.of("/home/ada/shop"), Path.of("/home/ada/shop"));

    final Progress progress = new Progress();
    final List<String> learned = new ArrayList<>();
    private final Recogniser recogniser = new Recogniser(PATHS, progress, learned::add);

    List<Finding> read(String output, int exitCode) {
        List<Finding> out = new ArrayList<>();
        output.lines().forEach(line -> out.addAll(recogniser.accept(AnsiText.strip(line))));
        out.addAll(recogniser.end(OptionalInt.of(exitCode)));
        return out;
    }

    static List<Finding> of(String output) {
        return new Recognition().read(output, 1);
    }

    static List<String> titles(String output) {
        return of(output).stream().map(Finding::title).toList();
    }
}
