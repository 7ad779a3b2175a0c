package dev.devmentor.bench.embeddings;

import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.pbml.engine.embedding.Embedder;
import dev.devmentor.pbml.engine.embedding.Embedding;
import dev.devmentor.pbml.engine.embedding.NearestEmbeddings;
import dev.devmentor.pbml.engine.embedding.QuantisedEmbedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The shipped embedding beside TF-IDF, BM25, hashed words and a neural model that runs in this process: how early they rank
 * paraphrases of errors, lines of the same log statement, files of a commit; and what it costs.
 */
public final class EmbeddingsBenchmark implements Benchmark {

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 5;
    private static final int SEARCHES = 50;
    /** For which sets the last line has which prefix. */
    private static final Map<String, String> KEYS = Map.of(
            "development", "development",
            "held-out", "held_out",
            "log lines", "logs",
            "subjects", "subjects");

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        Map<String, List<Pool>> sets = sets(arguments);
        long before = residentMegabytes();
        EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
        model.embed("a first text, which loads what is loaded late");
        long neuralMegabytes = residentMegabytes() - before;
        List<Peer> peers = List.of(
                Vectors.ours(),
                Vectors.oursQuantised(),
                Lexical.TF_IDF,
                Lexical.BM25,
                Vectors.hashedWords(),
                Vectors.neural("neural, all-MiniLM-L6-v2 int8", model));
        Report report = new Report("set", "peer", "recall@1", "recall@5", "recall@10", "MRR", "queries");
        List<String> texts = new ArrayList<>();
        for (Map.Entry<String, List<Pool>> set : sets.entrySet()) {
            set.getValue().forEach(pool -> texts.addAll(pool.texts()));
            for (Peer peer : peers) {
                System.err.println(set.getKey() + ": " + peer.title());
                row(report, set.getKey(), peer, Ranking.of(peer, set.getValue()));
            }
        }
        for (String half : List.of("held-out", "development")) {
            thresholds(report, Pools.paraphrases(half));
        }
        speed(report, texts, model, neuralMegabytes);
        largest(report);
        quantisation(report, texts);
        search(report, texts);
        return report;
    }

    private static Map<String, List<Pool>> sets(List<String> arguments) throws Exception {
        if (arguments.size() > 1) {
            throw new BenchmarkFailed(
                    "usage: scripts/bench embeddings [DIR], where DIR holds loghub/ as for templates and git-events/ as for cochange");
        }
        Map<String, List<Pool>> sets = new LinkedHashMap<>();
        sets.put("held-out", List.of(Pools.paraphrases("held-out")));
        sets.put("development", List.of(Pools.paraphrases("development")));
        if (arguments.size() == 1) {
            Path folder = Path.of(arguments.getFirst());
            if (!Files.isDirectory(folder)) {
                throw new BenchmarkFailed("there is no folder " + folder);
            }
            sets.put("log lines", Pools.logs(folder.resolve("loghub")));
            sets.put("subjects", Pools.subjects(folder.resolve("git-events")));
        } else {
            System.err.println("without a folder: paraphrases alone");
        }
        return sets;
    }

    private static void row(Report report, String set, Peer peer, Ranking ranking) {
        report.row(
                set,
                peer.title(),
                three(ranking.at1()),
                three(ranking.at5()),
                three(ranking.at10()),
                three(ranking.mrr()),
                Integer.toString(ranking.queries()));
        String name = peer.title().split("[ ,]")[0].toLowerCase(Locale.ROOT).replace("-", "_");
        String key = KEYS.get(set) + '_' + (peer.title().equals("ours, int8") ? "ours_int8" : name);
        report.value(key + "_recall1", round(ranking.at1())).value(key + "_mrr", round(ranking.mrr()));
    }

    /** How many pairs that mean the same reach a cosine, and how many others do. */
    private static void thresholds(Report report, Pool pool) {
        Embedder embedder = new Embedder();
        List<Embedding> embeddings = pool.texts().stream().map(embedder::embed).toList();
        StringBuilder line = new StringBuilder();
        for (double threshold : new double[] {.2, .3, .4, .5, .6}) {
            int[] pairs = new int[2];
            int[] near = new int[2];
            for (Pool.Query query : pool.queries()) {
                for (int i = 0; i < query.itself(); i++) {
                    int same = query.relevant().contains(i) ? 1 : 0;
                    pairs[same]++;
                    near[same] += embeddings.get(i).cosine(embeddings.get(query.itself())) >= threshold ? 1 : 0;
                }
            }
            line.append(String.format(
                    Locale.ROOT, " %.1f: %d of %d, %d of %d;", threshold, near[1], pairs[1], near[0], pairs[0]));
        }
        report.note("%s, pairs from a cosine on, those that mean the same and others:%s", pool.name(), line);
    }

    private static void speed(Report report, List<String> texts, EmbeddingModel model, long megabytes) {
        Embedder embedder = new Embedder();
        double ours = nanosOfAText(texts, embedder::embed);
        List<String> some = texts.subList(0, Math.min(300, texts.size()));
        long start = System.nanoTime();
        some.forEach(model::embed);
        double neural = (System.nanoTime() - start) / (double) some.size();
        double characters = texts.stream().mapToInt(String::length).average().orElse(0);
        report.note(
                "Ours: %.1f µs of CPU a text of %.0f characters, %,.0f texts/s on one thread (median of %d rounds of %,d texts). Neural:"
                        + " %.1f µs by the clock on all cores, %,d MB more memory in use. Vectors of ours: %d bytes.",
                ours / 1e3, characters, 1e9 / ours, ROUNDS, texts.size(), neural / 1e3, megabytes, Embedder.DIMENSION);
        report.value("us_per_text", round(ours / 1e3))
                .value("texts_per_s", Math.round(1e9 / ours))
                .value("neural_us_per_text", round(neural / 1e3))
                .value("neural_mb", megabytes);
    }

    private static double nanosOfAText(List<String> texts, Consumer<String> work) {
        double[] rounds = new double[ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            long start = CPU.getCurrentThreadCpuTime();
            texts.forEach(work);
            if (round >= 0) {
                rounds[round] = (CPU.getCurrentThreadCpuTime() - start) / (double) texts.size();
            }
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    /** Texts of 64 KiB: errors one after another, one word without end, words of two letters, characters of all kinds. */
    private static void largest(Report report) throws Exception {
        List<String> held = Pools.paraphrases("held-out").texts();
        Iterator<String> errors =
                Stream.generate(() -> held).flatMap(List::stream).iterator();
        SplittableRandom random = new SplittableRandom(41);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("errors", filled(() -> errors.next() + "\n"));
        texts.put("one word", filled(() -> Character.toString('a' + random.nextInt(26))));
        texts.put(
                "two-letter words",
                filled(() -> Character.toString('a' + random.nextInt(26)) + (char) ('a' + random.nextInt(26)) + ' '));
        texts.put("ASCII", filled(() -> Character.toString(' ' + random.nextInt(95))));
        texts.put("any characters", filled(() -> Character.toString((char) random.nextInt(0x10000))));
        texts.put("ideographs", filled(() -> Character.toString(0x4e00 + random.nextInt(20_000))));
        Embedder embedder = new Embedder();
        StringBuilder line = new StringBuilder("64 KiB, ms of CPU:");
        double most = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            double millis = nanosOfAText(Collections.nCopies(20, text.getValue()), embedder::embed) / 1e6;
            most = Math.max(most, millis);
            line.append(String.format(Locale.ROOT, " %s %.1f;", text.getKey(), millis));
        }
        report.note("%s", line).value("largest_text_ms", round(most));
    }

    /** 64 KiB of UTF-8. */
    private static String filled(Supplier<String> part) {
        StringBuilder text = new StringBuilder();
        int bytes = 0;
        while (true) {
            String next = part.get();
            bytes += next.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > 65_536 && !text.isEmpty()) {
                return text.toString();
            }
            text.append(next);
        }
    }

    private static void quantisation(Report report, List<String> texts) {
        Embedder embedder = new Embedder();
        double largest = 0;
        double sum = 0;
        for (int i = 1; i < texts.size(); i++) {
            Embedding a = embedder.embed(texts.get(i - 1));
            Embedding b = embedder.embed(texts.get(i));
            double error = Math.abs(a.cosine(b) - a.quantised().cosine(b.quantised()));
            largest = Math.max(largest, error);
            sum += error;
        }
        report.note(
                        "A byte a number changes a cosine by %.5f on average, by %.5f at most.",
                        sum / Math.max(1, texts.size() - 1), largest)
                .value("int8_largest_error", Math.round(largest * 1e6) / 1e6);
    }

    private static void search(Report report, List<String> texts) throws BenchmarkFailed {
        Embedder embedder = new Embedder();
        NearestEmbeddings nearest = new NearestEmbeddings(NearestEmbeddings.MOST);
        for (int i = 0; i < NearestEmbeddings.MOST; i++) {
            String text = texts.get(i % texts.size());
            nearest.put(
                    i,
                    embedder.embed(i < texts.size() ? text : text + " variant" + (char) ('a' + i % 26) + i)
                            .quantised());
        }
        double[] times = new double[SEARCHES];
        for (int i = -SEARCHES; i < SEARCHES; i++) {
            QuantisedEmbedding asked =
                    embedder.embed(texts.get((i + SEARCHES) * 3 % texts.size())).quantised();
            long start = CPU.getCurrentThreadCpuTime();
            List<NearestEmbeddings.Neighbour> found = nearest.nearest(asked, 10, -1);
            if (i >= 0) {
                times[i] = (CPU.getCurrentThreadCpuTime() - start) / 1e6;
            }
            if (found.size() != 10 || found.getFirst().cosine() < .999) {
                throw new BenchmarkFailed("a text that was put was not found");
            }
        }
        Arrays.sort(times);
        report.note("Ten nearest of %,d, exact: median %.1f ms of CPU.", nearest.size(), times[SEARCHES / 2])
                .value("search_100k_ms", round(times[SEARCHES / 2]));
    }

    /** Of this process, as Linux tells it; 0 elsewhere. */
    private static long residentMegabytes() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .sum();
    }

    private static String three(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
