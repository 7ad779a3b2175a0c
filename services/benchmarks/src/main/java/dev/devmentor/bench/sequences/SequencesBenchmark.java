package dev.devmentor.bench.sequences;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.pbml.engine.sequence.SequenceModel;
import dev.devmentor.pbml.engine.sequence.SequenceQuestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Predicts the end of every sequence of every {@code .seq} file in a folder, by the protocol of the published comparisons:
 * 14 contiguous folds in file order, train on 13, test on 1; of a test sequence the last k symbols are wanted and the w before
 * them are given; one symbol is predicted, and it is right if it is among those wanted. The engine and its settings are the
 * same for all files.
 */
public final class SequencesBenchmark implements Benchmark {

    private static final String USAGE =
            "usage: scripts/bench sequences DIR [--k N] [--w N] [--next]; DIR holds files NAME.seq, one sequence a line";

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        Options options = Options.of(arguments);
        if (!Files.isDirectory(options.folder())) {
            throw new BenchmarkFailed("there is no folder " + options.folder());
        }
        List<Path> files = SequenceFile.in(options.folder());
        if (files.isEmpty()) {
            throw new BenchmarkFailed("there is no .seq file in " + options.folder());
        }
        return measure(files, options);
    }

    private static Report measure(List<Path> files, Options options) throws BenchmarkFailed {
        List<String> columns =
                new ArrayList<>(List.of("set", "sequences", "symbols", "k", "w", "overall %", "claimed %"));
        for (SequenceModel model : SequenceModel.values()) {
            columns.add(model.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        columns.addAll(List.of("train s", "us/event", "test s", "median us"));
        Report report = new Report(columns.toArray(new String[0]));
        ObjectNode sets = new ObjectMapper().createObjectNode();
        double trainSeconds = 0;
        double testSeconds = 0;
        for (Path path : files) {
            SequenceFile file = SequenceFile.read(path);
            SequenceQuestion question = options.question(file.name());
            Trial trial = new Trial(file, question);
            for (int fold = 0; fold < SequenceFile.FOLDS; fold += options.stride()) {
                System.err.printf("%s: fold %d of %d%n", file.name(), fold + 1, SequenceFile.FOLDS);
                trial.run(fold);
            }
            report.row(row(file, question, trial));
            sets.put(file.name(), Math.round(trial.overall() * 100) / 100.0);
            trainSeconds += trial.trainSeconds();
            testSeconds += trial.testSeconds();
        }
        return report.note(
                        "Question: %s. Models alone: without weights, from the same counts. Times: CPU of one thread, all folds.",
                        options.next() ? "what comes next" : "how the sequence ends")
                .value("sets", sets)
                .value("train_s", Math.round(trainSeconds * 100) / 100.0)
                .value("test_s", Math.round(testSeconds * 100) / 100.0);
    }

    private static String[] row(SequenceFile file, SequenceQuestion question, Trial trial) {
        List<String> cells = new ArrayList<>(List.of(
                file.name(),
                String.valueOf(file.sequences().size()),
                String.valueOf(file.alphabet().size()),
                String.valueOf(question.horizon()),
                String.valueOf(question.window()),
                two(trial.overall()),
                two(trial.claimed())));
        for (SequenceModel model : SequenceModel.values()) {
            cells.add(two(trial.overall(model)));
        }
        cells.addAll(List.of(
                two(trial.trainSeconds()),
                two(trial.microsPerEvent()),
                two(trial.testSeconds()),
                two(trial.medianMicros())));
        return cells.toArray(new String[0]);
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /**
     * What stood on the command line.
     *
     * @param folder of the files
     * @param k how many symbols are wanted, 0 for the protocol's number
     * @param w how many are given, 0 for the protocol's number
     * @param next asks what comes next, as if nobody knew that the sequence ends there
     * @param stride only each so-manieth fold
     */
    record Options(Path folder, int k, int w, boolean next, int stride) {

        static Options of(List<String> arguments) throws BenchmarkFailed {
            Path folder = null;
            int k = 0;
            int w = 0;
            int stride = 1;
            boolean next = false;
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                switch (argument) {
                    case "--k" -> k = number(arguments, ++i);
                    case "--w" -> w = number(arguments, ++i);
                    case "--each" -> stride = number(arguments, ++i);
                    case "--next" -> next = true;
                    default -> {
                        if (folder != null || argument.startsWith("-")) {
                            throw new BenchmarkFailed(USAGE);
                        }
                        folder = Path.of(argument);
                    }
                }
            }
            if (folder == null) {
                throw new BenchmarkFailed(USAGE);
            }
            return new Options(folder, k, w, next, stride);
        }

        private static int number(List<String> arguments, int index) throws BenchmarkFailed {
            String text = index < arguments.size() ? arguments.get(index) : "";
            if (!text.matches("[1-9][0-9]?") || Integer.parseInt(text) > 16) {
                throw new BenchmarkFailed(arguments.get(index - 1) + " needs a number from 1 to 16");
            }
            return Integer.parseInt(text);
        }

        /** The protocol asks the sign language set for its last three symbols, all others for the last one. */
        SequenceQuestion question(String name) {
            boolean sign = name.toLowerCase(Locale.ROOT).startsWith("sign");
            return new SequenceQuestion(k != 0 ? k : sign ? 3 : 1, w != 0 ? w : sign ? 7 : 5, !next);
        }
    }
}
