package dev.devmentor.bench.cochange;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.pbml.engine.confidence.Calibration;
import dev.devmentor.pbml.engine.owner.OwnerLimits;
import dev.devmentor.pbml.engine.related.Commit;
import dev.devmentor.pbml.engine.related.Prior;
import dev.devmentor.pbml.engine.related.Query;
import dev.devmentor.pbml.engine.related.Related;
import dev.devmentor.pbml.engine.related.RelatedFiles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which file goes with this one? Test-then-train over histories, in the order of the file: of a commit of 2 to 30 modified
 * files every one is a query and the others are relevant. A query tells its path and its time, nothing else of its commit.
 */
public final class CochangeBenchmark implements Benchmark {

    private static final int LEAST = 2;
    private static final int MOST = 30;
    private static final int LIST = 50;

    /** Probabilities of so many files at the top are checked. */
    private static final int TOLD = 10;

    /** Time of this thread, not of the clock: other work on the machine does not count. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    /** What one history gave. */
    private static final class Outcome {
        final Hits ours = new Hits();
        final Hits withAuthor = new Hits();
        final Hits counts = new Hits();

        /** Two files given, where a third is left to find; and the same questions with the first of them alone. */
        final Hits pairs = new Hits();

        final Hits halvesOfPairs = new Hits();

        /** Queries about files that one commit touched at most, and the peer's. */
        final Hits young = new Hits();

        final Hits youngCounts = new Hits();
        final Map<String, Integer> commitsOf = new HashMap<>();
        final Calibration calibration = new Calibration();
        long nanos;
        long observeNanos;
        long asked;
        long[] each = new long[1_024];

        void took(long time) {
            nanos += time;
            if (asked == each.length) {
                each = Arrays.copyOf(each, 2 * each.length);
            }
            each[(int) asked++] = time;
        }
    }

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        if (arguments.isEmpty() || arguments.size() > 2 || !Files.isDirectory(Path.of(arguments.getFirst()))) {
            throw new BenchmarkFailed("takes a folder of *.jsonl.gz, and --cross or --fit behind it");
        }
        List<HistoryFile> histories = HistoryFile.all(Path.of(arguments.getFirst()));
        return switch (arguments.size() == 1 ? "" : arguments.getLast()) {
            case "" -> report(histories, List.of(Prior.shipped()), "shipped prior");
            case "--cross" -> report(histories, crossed(histories), "prior from the other half of the histories");
            case "--fit" -> fitted(histories);
            default -> throw new BenchmarkFailed("no option " + arguments.getLast());
        };
    }

    private static Report fitted(List<HistoryFile> histories) {
        String text = fit(histories, 0, 1).text();
        return new Report("prior").row(text).value("prior", text);
    }

    /** For the histories of even and of odd places in the list: the prior from those of the other. */
    private static List<Prior> crossed(List<HistoryFile> histories) throws BenchmarkFailed {
        if (histories.size() < 2) {
            throw new BenchmarkFailed("--cross takes two histories at least");
        }
        return List.of(fit(histories, 1, 2), fit(histories, 0, 2));
    }

    private static Prior fit(List<HistoryFile> histories, int from, int step) {
        List<List<Commit>> chosen = new ArrayList<>();
        for (int i = from; i < histories.size(); i += step) {
            chosen.add(histories.get(i).commits());
        }
        System.err.println("fitting the prior to " + chosen.size() + " histories");
        return Prior.fit(chosen);
    }

    private static Report report(List<HistoryFile> histories, List<Prior> priors, String prior) throws BenchmarkFailed {
        Report report = new Report(
                "history",
                "queries",
                "hit1",
                "hit3",
                "hit10",
                "mrr",
                "counts: hit1",
                "hit3",
                "hit10",
                "mrr",
                "with author: hit1",
                "hit3",
                "mrr",
                "ece",
                "CPU µs/query");
        Outcome total = new Outcome();
        ObjectNode each = new ObjectMapper().createObjectNode();
        List<long[]> times = new ArrayList<>();
        Calibration all = new Calibration();
        for (int i = 0; i < histories.size(); i++) {
            HistoryFile history = histories.get(i);
            System.err.println(history.name());
            Outcome outcome = run(history, priors.get(i % priors.size()), all);
            row(report, history.name(), outcome);
            total.ours.add(outcome.ours);
            total.counts.add(outcome.counts);
            total.withAuthor.add(outcome.withAuthor);
            total.pairs.add(outcome.pairs);
            total.young.add(outcome.young);
            total.youngCounts.add(outcome.youngCounts);
            total.halvesOfPairs.add(outcome.halvesOfPairs);
            total.nanos += outcome.nanos;
            total.observeNanos += outcome.observeNanos;
            total.asked += outcome.asked;
            times.add(Arrays.copyOf(outcome.each, (int) outcome.asked));
            ObjectNode own = each.putObject(history.name());
            own.put("hit1", round(outcome.ours.hit1()));
            own.put("hit3", round(outcome.ours.hit3()));
            own.put("hit10", round(outcome.ours.hit10()));
            own.put("mrr", round(outcome.ours.mrr()));
            own.put("queries", outcome.ours.queries());
        }
        if (total.ours.queries() == 0 || total.ours.queries() != total.counts.queries()) {
            throw new BenchmarkFailed(total.ours.queries() + " queries, " + total.counts.queries() + " of the peer");
        }
        long[] sorted = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        double p99 = sorted[(int) (sorted.length * 0.99)] / 1e3;
        report.row(cells("all", total, all));
        report.note("%s; a query tells its path and time; every query counts, whatever was known.", prior);
        report.note(
                "Two files given, a third to find: hit1 %.3f, mrr %.3f; with the first alone %.3f, %.3f (%d queries).",
                total.pairs.hit1(),
                total.pairs.mrr(),
                total.halvesOfPairs.hit1(),
                total.halvesOfPairs.mrr(),
                total.pairs.queries());
        report.note(
                "Files of at most one commit: hit1 %.3f, mrr %.3f; counts %.3f, %.3f (%d queries).",
                total.young.hit1(),
                total.young.mrr(),
                total.youngCounts.hit1(),
                total.youngCounts.mrr(),
                total.young.queries());
        report.note("ece: of the probabilities of the first %d files, over commits of 1 to %d files.", TOLD, MOST);
        StringBuilder bins = new StringBuilder();
        for (Calibration.Bin bin : all.bins()) {
            bins.append(String.format(Locale.ROOT, " %.2f→%.2f (%d)", bin.predicted(), bin.happened(), bin.count()));
        }
        report.note("told→came (how many):%s", bins);
        report.note(
                "CPU time: %.1f s of queries (p99 %.0f µs), %.1f s of learning.",
                total.nanos / 1e9, p99, total.observeNanos / 1e9);
        return report.value("hit1", round(total.ours.hit1()))
                .value("hit3", round(total.ours.hit3()))
                .value("hit10", round(total.ours.hit10()))
                .value("mrr", round(total.ours.mrr()))
                .value("queries", total.ours.queries())
                .value("counts_hit1", round(total.counts.hit1()))
                .value("counts_hit3", round(total.counts.hit3()))
                .value("counts_mrr", round(total.counts.mrr()))
                .value("mrr_of_10", round(total.ours.mrrOfTen()))
                .value("counts_mrr_of_10", round(total.counts.mrrOfTen()))
                .value("author_hit1", round(total.withAuthor.hit1()))
                .value("author_mrr", round(total.withAuthor.mrr()))
                .value("pair_hit1", round(total.pairs.hit1()))
                .value("pair_mrr", round(total.pairs.mrr()))
                .value("ece", round(all.error()))
                .value("query_p99_us", Math.round(p99))
                .value("prior", prior)
                .value("histories", each);
    }

    private static Outcome run(HistoryFile history, Prior prior, Calibration all) throws BenchmarkFailed {
        Outcome outcome = new Outcome();
        RelatedFiles engine = new RelatedFiles(OwnerLimits.DEFAULT.related(), prior);
        PlainCounts counts = new PlainCounts();
        for (Commit commit : history.commits()) {
            Set<String> modified = new LinkedHashSet<>();
            for (Commit.Change change : commit.changes()) {
                if (change.kind() == Commit.Kind.MODIFIED) {
                    modified.add(change.path());
                }
            }
            if (!modified.isEmpty() && modified.size() <= MOST) {
                for (String path : modified) {
                    ask(engine, counts, commit, path, modified, outcome, all);
                }
            }
            long start = CPU.getCurrentThreadCpuTime();
            engine.observe(commit);
            outcome.observeNanos += CPU.getCurrentThreadCpuTime() - start;
            counts.observe(commit);
            commit.changes().forEach(change -> outcome.commitsOf.merge(change.path(), 1, Integer::sum));
        }
        return outcome;
    }

    private static void ask(
            RelatedFiles engine,
            PlainCounts counts,
            Commit commit,
            String path,
            Set<String> modified,
            Outcome outcome,
            Calibration all)
            throws BenchmarkFailed {
        Instant at = commit.at();
        long start = CPU.getCurrentThreadCpuTime();
        List<Related> related = engine.related(Query.of(path, at), LIST);
        outcome.took(CPU.getCurrentThreadCpuTime() - start);
        for (Related told : related.subList(0, Math.min(TOLD, related.size()))) {
            outcome.calibration.add(told.probability(), modified.contains(told.path()));
            all.add(told.probability(), modified.contains(told.path()));
        }
        if (modified.size() < LEAST) {
            return;
        }
        int rank = rank(paths(related), path, modified);
        outcome.ours.add(rank);
        List<Related> withAuthor = engine.related(new Query(List.of(path), commit.author(), at), LIST);
        outcome.withAuthor.add(rank(paths(withAuthor), path, modified));
        int peers = rank(counts.related(path, LIST), path, modified);
        outcome.counts.add(peers);
        if (outcome.commitsOf.getOrDefault(path, 0) <= 1) {
            outcome.young.add(rank);
            outcome.youngCounts.add(peers);
        }
        if (modified.size() > LEAST) {
            pair(engine, path, modified, at, paths(related), outcome);
        }
    }

    /** Gives the next file of the commit too. */
    private static void pair(
            RelatedFiles engine, String path, Set<String> modified, Instant at, List<String> alone, Outcome outcome)
            throws BenchmarkFailed {
        List<String> order = List.copyOf(modified);
        String second = order.get((order.indexOf(path) + 1) % order.size());
        Set<String> left = new LinkedHashSet<>(modified);
        left.remove(second);
        outcome.pairs.add(rank(paths(engine.related(new Query(List.of(path, second), "", at), LIST)), path, left));
        List<String> others = alone.stream().filter(one -> !one.equals(second)).toList();
        outcome.halvesOfPairs.add(rank(others, path, left));
    }

    private static List<String> paths(List<Related> related) {
        return related.stream().map(Related::path).toList();
    }

    private static int rank(List<String> offered, String query, Set<String> modified) throws BenchmarkFailed {
        if (offered.contains(query)) {
            throw new BenchmarkFailed("the file itself was offered for " + query);
        }
        for (int i = 0; i < offered.size(); i++) {
            if (modified.contains(offered.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }

    private static void row(Report report, String name, Outcome outcome) {
        report.row(cells(name, outcome, outcome.calibration));
    }

    private static String[] cells(String name, Outcome outcome, Calibration calibration) {
        return new String[] {
            name,
            Long.toString(outcome.ours.queries()),
            three(outcome.ours.hit1()),
            three(outcome.ours.hit3()),
            three(outcome.ours.hit10()),
            three(outcome.ours.mrr()),
            three(outcome.counts.hit1()),
            three(outcome.counts.hit3()),
            three(outcome.counts.hit10()),
            three(outcome.counts.mrr()),
            three(outcome.withAuthor.hit1()),
            three(outcome.withAuthor.hit3()),
            three(outcome.withAuthor.mrr()),
            three(calibration.error()),
            Long.toString(Math.round(outcome.nanos / 1e3 / outcome.asked))
        };
    }

    private static String three(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
