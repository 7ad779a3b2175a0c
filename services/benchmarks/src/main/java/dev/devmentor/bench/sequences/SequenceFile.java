package dev.devmentor.bench.sequences;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.pbml.engine.sequence.Alphabet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file with one sequence a line, its symbols separated by blanks.
 *
 * @param name of the file, without its ending
 * @param sequences symbols as numbers of {@code alphabet}, in file order
 * @param alphabet all symbols of the file
 */
record SequenceFile(String name, List<int[]> sequences, Alphabet alphabet) {

    /** Contiguous folds of the published comparisons. */
    static final int FOLDS = 14;

    private static final String ENDING = ".seq";
    private static final int MOST_SYMBOLS = 1_000_000;

    static SequenceFile read(Path file) throws BenchmarkFailed {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new BenchmarkFailed(
                    "cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
        }
        Alphabet alphabet = new Alphabet(MOST_SYMBOLS);
        List<int[]> sequences = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                String[] symbols = line.strip().split("\\s+");
                int[] sequence = new int[symbols.length];
                for (int i = 0; i < symbols.length; i++) {
                    sequence[i] = alphabet.add(symbols[i]);
                }
                sequences.add(sequence);
            }
        }
        String name = file.getFileName().toString();
        if (sequences.size() < FOLDS) {
            throw new BenchmarkFailed(file + " has " + sequences.size() + " sequences; " + FOLDS + " folds need more");
        }
        return new SequenceFile(name.substring(0, name.length() - ENDING.length()), sequences, alphabet);
    }

    /** The {@code .seq} files of a folder, by name. */
    static List<Path> in(Path folder) throws BenchmarkFailed {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BenchmarkFailed(
                    "cannot list " + folder + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** The first sequence of a test fold. */
    int from(int fold) {
        return fold * (sequences.size() / FOLDS);
    }

    /** The first sequence behind a test fold; what the division leaves belongs to the last. */
    int to(int fold) {
        return fold == FOLDS - 1 ? sequences.size() : from(fold + 1);
    }
}
