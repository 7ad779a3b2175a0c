package dev.devmentor.pbml.engine;

import dev.devmentor.pbml.engine.confidence.Calibrator;
import dev.devmentor.pbml.engine.confidence.Confidence;
import dev.devmentor.pbml.engine.drift.Adwin;
import dev.devmentor.pbml.engine.drift.ModelScores;
import dev.devmentor.pbml.engine.drift.PrequentialScore;
import dev.devmentor.pbml.engine.related.Commit;
import dev.devmentor.pbml.engine.related.Prior;
import dev.devmentor.pbml.engine.related.Query;
import dev.devmentor.pbml.engine.related.RelatedFiles;
import dev.devmentor.pbml.engine.sequence.SequenceLimits;
import dev.devmentor.pbml.engine.sequence.SequenceMixture;
import dev.devmentor.pbml.engine.sequence.SequenceQuestion;
import dev.devmentor.pbml.engine.study.Answer;
import dev.devmentor.pbml.engine.study.EventReference;
import dev.devmentor.pbml.engine.study.StudyPatterns;
import dev.devmentor.pbml.engine.template.Limits;
import dev.devmentor.pbml.engine.template.TemplateMiner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Every engine under the same harness: a random stream for each seed, learnt step by step. {@link #main} prints a digest of
 * each state and of what it answers, for comparing processes.
 */
final class States {

    /**
     * An engine.
     *
     * @param step learns the i-th event of a stream; gives the engine, which is another one where engines are values
     * @param answer what it says, as text
     */
    record Kind<E>(
            Function<SplittableRandom, E> start,
            Step<E> step,
            Function<E, byte[]> snapshot,
            Function<byte[], E> restore,
            BiFunction<E, SplittableRandom, String> answer) {}

    /** Learns an event. */
    interface Step<E> {
        E learn(E engine, int i, SplittableRandom random);
    }

    static final Map<String, Kind<?>> ALL = new LinkedHashMap<>();

    static {
        ALL.put(
                "templates",
                new Kind<>(
                        random -> new TemplateMiner(new Limits(40, 20, 32, 256, 1 << 17)),
                        (miner, i, random) -> {
                            miner.add(line(random, i));
                            return miner;
                        },
                        TemplateMiner::snapshot,
                        TemplateMiner::restore,
                        (miner, random) -> miner.templates() + " "
                                + miner.match(line(random, 0)).map(match -> match.template())));
        for (boolean last : new boolean[] {false, true}) {
            ALL.put(
                    "sequences, " + (last ? "last" : "next"),
                    new Kind<>(
                            random -> new SequenceMixture(
                                    new SequenceQuestion(2, 5, last), new SequenceLimits(300, 12, 200, 32, 4, 40)),
                            (mixture, i, random) -> {
                                long id = random.nextInt(6);
                                if (random.nextInt(9) == 0) {
                                    mixture.close(id);
                                } else {
                                    mixture.observe(id, Math.min(random.nextInt(40), random.nextInt(40)));
                                }
                                return mixture;
                            },
                            SequenceMixture::snapshot,
                            SequenceMixture::restore,
                            (mixture, random) -> mixture.predict(new int[] {random.nextInt(40), random.nextInt(40)}, 9)
                                    .toString()));
        }
        ALL.put(
                "related",
                new Kind<>(
                        random -> new RelatedFiles(new RelatedFiles.Bounds(40, 30, 300, 3, 64), Prior.shipped()),
                        (related, i, random) -> {
                            List<Commit.Change> changes = new ArrayList<>();
                            for (int c = random.nextInt(1, 5); c > 0; c--) {
                                changes.add(new Commit.Change(
                                        Commit.Kind.values()[
                                                Math.min(1, random.nextInt(9) % 3) + (random.nextInt(12) == 0 ? 1 : 0)],
                                        path(random)));
                            }
                            related.observe(new Commit("c" + i, at(i), "author" + random.nextInt(5), changes));
                            return related;
                        },
                        RelatedFiles::snapshot,
                        RelatedFiles::restore,
                        (related, random) -> related.related(Query.of(path(random), at(9_000)), 9)
                                .toString()));
        ALL.put(
                "study",
                new Kind<>(
                        random -> new StudyPatterns(),
                        (study, i, random) -> {
                            study.observe(new Answer(
                                    "i" + random.nextInt(30),
                                    List.of("s" + random.nextInt(4), "t" + random.nextInt(3)),
                                    i * 700_000_000L,
                                    random.nextInt(1_440),
                                    random.nextInt(3) > 0,
                                    random.nextInt(9_000),
                                    new EventReference("/a", "e" + i)));
                            return study;
                        },
                        StudyPatterns::snapshot,
                        StudyPatterns::restore,
                        (study, random) -> study.patterns().toString()));
        ALL.put(
                "confidence",
                new Kind<>(
                        random -> Confidence.of(at(0)),
                        (confidence, i, random) -> switch (random.nextInt(8)) {
                            case 0 -> confidence.feedback(at(i), random.nextBoolean());
                            case 1 ->
                                confidence.merge("p" + i, Confidence.of(at(i)).observed(at(i), true), at(i));
                            default -> confidence.observed(at(random.nextInt(i + 1)), random.nextInt(3) > 0);
                        },
                        Confidence::snapshot,
                        Confidence::restore,
                        (confidence, random) -> confidence.toString()));
        ALL.put(
                "calibrator",
                new Kind<>(
                        random -> new Calibrator(),
                        (calibrator, i, random) -> {
                            calibrator.learn(random.nextDouble(), random.nextInt(3) == 0);
                            return calibrator;
                        },
                        Calibrator::snapshot,
                        Calibrator::restore,
                        (calibrator, random) -> Double.toHexString(calibrator.calibrate(random.nextDouble()))));
        ALL.put(
                "drift",
                new Kind<>(
                        random -> new Adwin(),
                        (adwin, i, random) -> {
                            adwin.add(random.nextInt(100) < (i / 200 % 2 == 0 ? 20 : 80));
                            return adwin;
                        },
                        Adwin::snapshot,
                        Adwin::restore,
                        (adwin, random) -> adwin.width() + " " + adwin.drifts() + " " + adwin.rate()));
        ALL.put(
                "score",
                new Kind<>(
                        random -> new PrequentialScore(),
                        (score, i, random) -> {
                            score.add(random.nextDouble(), random.nextBoolean());
                            return score;
                        },
                        PrequentialScore::snapshot,
                        PrequentialScore::restore,
                        (score, random) -> score.logLoss() + " " + score.calibrationError()));
        ALL.put(
                "scores",
                new Kind<>(
                        random -> new ModelScores(Duration.ofDays(1), 3, 4),
                        (scores, i, random) -> {
                            scores.add("m" + random.nextInt(6), at(i * 9), random.nextDouble(), random.nextBoolean());
                            return scores;
                        },
                        ModelScores::snapshot,
                        ModelScores::restore,
                        (scores, random) ->
                                scores.models() + " " + scores.recent("m1").brier()));
    }

    private States() {}

    private static Instant at(int i) {
        return Instant.ofEpochSecond(1_700_000_000L + 3_600L * i);
    }

    private static String path(SplittableRandom random) {
        return "src/" + "abc".charAt(random.nextInt(3)) + "/File" + random.nextInt(25)
                + (random.nextInt(3) == 0 ? "Test" : "") + ".java";
    }

    private static String line(SplittableRandom random, int i) {
        return switch (random.nextInt(6)) {
            case 0 ->
                "never again " + Long.toString(random.nextLong() >>> 1, 36).replaceAll("[0-9]", "") + " it came";
            case 1 -> "user " + (char) ('a' + random.nextInt(20)) + "lice logged in at desk";
            case 2 -> "deleting" + " blk_1,".repeat(random.nextInt(1, 5)) + " now";
            case 3 -> "free " + i + (random.nextBoolean() ? " KB" : " MB") + " left";
            case 4 ->
                "volume " + (char) ('a' + random.nextInt(9)) + "_disk " + (char) ('a' + random.nextInt(9))
                        + "_place full";
            default -> "request " + random.nextInt(1_000) + " took " + random.nextInt(90) + "ms";
        };
    }

    /** A digest of the state and an answer of each engine, after a stream. */
    static Map<String, String> digests() {
        Map<String, String> digests = new LinkedHashMap<>();
        ALL.forEach((name, kind) -> digests.put(name, digest(kind)));
        return digests;
    }

    private static <E> String digest(Kind<E> kind) {
        SplittableRandom random = new SplittableRandom(29);
        E engine = kind.start().apply(random);
        for (int i = 0; i < 1_000; i++) {
            engine = kind.step().learn(engine, i, random);
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(kind.snapshot().apply(engine));
            sha.update(kind.answer().apply(engine, random).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static void main(String[] args) {
        // Identity hash codes and the order of immutable sets differ from process to process; let them differ more.
        for (int i = 0; i < Integer.getInteger("shift", 0); i++) {
            System.identityHashCode(new Object());
        }
        System.out.println(digests());
    }
}
