package dev.devmentor.bench.kt;

import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.bench.kt.AnswerLog.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Predicts every answer of people whom no model has met, before it learns from it: 80 % of the people, by a hash of their
 * ids, come first in the order of time, then the others in the order of time.
 */
public final class KtBenchmark implements Benchmark {

    private static final int TRAIN_PERCENT = 80;
    private static final long SEED = 20_260_301;

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        if (arguments.size() == 2 && arguments.getFirst().equals("--generate")) {
            Path file = Path.of(arguments.get(1));
            generate(file);
            return new Report("written", "").row("file", file.toString()).value("file", file.toString());
        }
        if (arguments.size() == 1 && !arguments.getFirst().startsWith("-")) {
            return score(AnswerLog.read(Path.of(arguments.getFirst())), arguments.getFirst());
        }
        if (!arguments.isEmpty()) {
            throw new BenchmarkFailed(
                    "usage: scripts/bench kt [FILE | --generate FILE]; without a file it generates one");
        }
        Path file = Files.createTempFile("devmentor-kt", ".csv");
        try {
            generate(file);
            return score(AnswerLog.read(file), "generated people");
        } finally {
            Files.delete(file);
        }
    }

    private static void generate(Path file) throws BenchmarkFailed {
        try {
            Generated.write(file, SEED);
        } catch (IOException e) {
            throw new BenchmarkFailed(
                    "cannot write " + file + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    static Report score(AnswerLog log, String name) throws BenchmarkFailed {
        List<Answer> train = inOrder(log, true);
        List<Answer> test = inOrder(log, false);
        if (train.isEmpty() || test.isEmpty()) {
            throw new BenchmarkFailed(
                    name + " has too few people: " + log.users().size());
        }
        long rightOnes = test.stream().filter(Answer::right).count();
        if (rightOnes == 0 || rightOnes == test.size()) {
            throw new BenchmarkFailed(name + ": the people who are tested have only "
                    + (rightOnes == 0 ? "wrong" : "right") + " answers; nothing can be told apart");
        }
        Report report = new Report("model", "AUC", "95 % by person", "log loss", "95 % by person", "RMSE");
        row(report, "item mean", new ItemMean(log), train, test, log);
        row(report, "plain Elo", new PlainElo(log), train, test, log);
        row(report, "PFA with items", new Pfa(log), train, test, log);
        row(report, "rating, filter alone", new Ours(log, false), train, test, log);
        Score shipped = row(report, "rating + layer (as shipped)", new Ours(log, true), train, test, log);
        return report.note(
                        "%s: %,d rows, %,d answers, %,d people, %,d items, %,d skills%s. %,d people train, %,d answers of the others are predicted.%s",
                        name,
                        log.rows(),
                        log.answers().size(),
                        log.users().size(),
                        log.items().size(),
                        log.skills().size(),
                        log.hasClock() ? "" : ", no clock",
                        train.stream().mapToInt(Answer::user).distinct().count(),
                        test.size(),
                        log.skipped().sentence())
                .value("auc", round(shipped.auc()))
                .value("logloss", round(shipped.logLoss()))
                .value("rmse", round(shipped.rmse()))
                .value("n", test.size())
                .value("skipped_rows", log.skipped().count());
    }

    private static Score row(
            Report report, String name, Model model, List<Answer> train, List<Answer> test, AnswerLog log) {
        System.err.println(name);
        model.train(train);
        double[] predictions = test.stream().mapToDouble(model::predict).toArray();
        int[] users = test.stream().mapToInt(Answer::user).distinct().toArray();
        int[] place = new int[log.users().size()];
        IntStream.range(0, users.length).forEach(i -> place[users[i]] = i);
        boolean[] right = new boolean[predictions.length];
        int[] person = new int[predictions.length];
        for (int i = 0; i < predictions.length; i++) {
            right[i] = test.get(i).right();
            person[i] = place[test.get(i).user()];
        }
        Score score = Score.of(predictions, right, person, users.length);
        report.row(
                name,
                four(score.auc()),
                four(score.aucInterval().low()) + "-" + four(score.aucInterval().high()),
                four(score.logLoss()),
                four(score.logLossInterval().low()) + "-"
                        + four(score.logLossInterval().high()),
                four(score.rmse()));
        return score;
    }

    /** Answers of one side by time; of the same second, as in the file. */
    private static List<Answer> inOrder(AnswerLog log, boolean train) {
        return log.answers().stream()
                .filter(answer -> trains(log.users().get(answer.user())) == train)
                .sorted(Comparator.comparingLong(Answer::second))
                .toList();
    }

    /** FNV-1a over the characters, mixed; of its remainder by 100. */
    static boolean trains(String user) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < user.length(); i++) {
            hash = (hash ^ user.charAt(i)) * 0x01000193;
        }
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        return Integer.remainderUnsigned(hash, 100) < TRAIN_PERCENT;
    }

    private static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static double round(double value) {
        return Math.round(value * 1e5) / 1e5;
    }
}
