package dev.devmentor.fuzz;

import static dev.devmentor.fuzz.Cost.promise;

import dev.devmentor.pbml.engine.confidence.Calibrator;
import dev.devmentor.pbml.engine.confidence.Confidence;
import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.drift.Adwin;
import dev.devmentor.pbml.engine.drift.ModelScores;
import dev.devmentor.pbml.engine.drift.PrequentialScore;
import dev.devmentor.pbml.engine.related.Commit;
import dev.devmentor.pbml.engine.related.Prior;
import dev.devmentor.pbml.engine.related.RelatedFiles;
import dev.devmentor.pbml.engine.sequence.Alphabet;
import dev.devmentor.pbml.engine.sequence.SequenceLimits;
import dev.devmentor.pbml.engine.sequence.SequenceMixture;
import dev.devmentor.pbml.engine.sequence.SequenceQuestion;
import dev.devmentor.pbml.engine.study.Answer;
import dev.devmentor.pbml.engine.study.EventReference;
import dev.devmentor.pbml.engine.study.StudyPatterns;
import dev.devmentor.pbml.engine.template.Limits;
import dev.devmentor.pbml.engine.template.TemplateMiner;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A snapshot of one of the engines: a byte that says of which, then what a storage gave back. */
final class SnapshotTarget implements Target {

    /** For the arrays that an engine has whatever it holds; the largest are those of a miner of the widest limits. */
    private static final long FIXED = 160L << 20;
    /** Of a byte of a snapshot, with the copies that reading and writing make. */
    private static final long PER_BYTE = 4_096;

    /** @param again restores and takes a snapshot of what was restored */
    private record Engine(byte[] seed, UnaryOperator<byte[]> again) {}

    private final List<Engine> engines = List.of(
            new Engine(miner(), bytes -> TemplateMiner.restore(bytes).snapshot()),
            new Engine(mixture(), bytes -> SequenceMixture.restore(bytes).snapshot()),
            new Engine(alphabet(), bytes -> Alphabet.restore(bytes).snapshot()),
            new Engine(related(), bytes -> RelatedFiles.restore(bytes).snapshot()),
            new Engine(study(), bytes -> StudyPatterns.restore(bytes).snapshot()),
            new Engine(evidence().snapshot(), bytes -> Evidence.restore(bytes).snapshot()),
            new Engine(confidence(), bytes -> Confidence.restore(bytes).snapshot()),
            new Engine(calibrator(), bytes -> Calibrator.restore(bytes).snapshot()),
            new Engine(adwin(), bytes -> Adwin.restore(bytes).snapshot()),
            new Engine(score(), bytes -> PrequentialScore.restore(bytes).snapshot()),
            new Engine(scores(), bytes -> ModelScores.restore(bytes).snapshot()));

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public List<byte[]> seeds() {
        byte[][] seeds = new byte[engines.size()][];
        for (int i = 0; i < seeds.length; i++) {
            byte[] snapshot = engines.get(i).seed();
            seeds[i] = new byte[snapshot.length + 1];
            seeds[i][0] = (byte) i;
            System.arraycopy(snapshot, 0, seeds[i], 1, snapshot.length);
        }
        return List.of(seeds);
    }

    @Override
    public void accept(byte[] input) {
        if (input.length > 0) {
            restores(input);
        }
    }

    /** Whether an engine takes the bytes. */
    boolean restores(byte[] input) {
        Engine engine = engines.get((input[0] & 0xff) % engines.size());
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        byte[][] snapshot = new byte[1][];
        Cost.withinMemory(FIXED + PER_BYTE * bytes.length, () -> {
            try {
                snapshot[0] = engine.again().apply(bytes);
            } catch (IllegalArgumentException refused) {
                snapshot[0] = null; // as it is documented
            }
        });
        if (snapshot[0] == null) {
            return false;
        }
        promise(
                Arrays.equals(engine.again().apply(snapshot[0]), snapshot[0]),
                "what was restored can be restored again");
        return true;
    }

    private static byte[] miner() {
        TemplateMiner miner = new TemplateMiner(new Limits(16, 4, 16, 256, 1 << 16));
        for (String line :
                "a 1 b,volume root_disk full,volume home_disk full,volume tmp_disk full,x 1 2 3,x 1".split(",")) {
            miner.add(line);
        }
        return miner.snapshot();
    }

    private static byte[] mixture() {
        SequenceMixture mixture = new SequenceMixture(SequenceQuestion.NEXT, new SequenceLimits(64, 4, 64, 32, 2, 16));
        mixture.learn(1, new int[] {1, 2, 3, 1, 2, 4});
        mixture.observe(2, 1);
        mixture.observe(2, 2);
        return mixture.snapshot();
    }

    private static byte[] alphabet() {
        Alphabet alphabet = new Alphabet(4);
        alphabet.add("a");
        alphabet.add("é");
        return alphabet.snapshot();
    }

    private static byte[] related() {
        RelatedFiles related = new RelatedFiles(new RelatedFiles.Bounds(16, 16, 400, 2, 64), Prior.shipped());
        for (int i = 0; i < 3; i++) {
            related.observe(new Commit(
                    "c" + i,
                    Instant.ofEpochSecond(i),
                    "a",
                    List.of(
                            new Commit.Change(i == 0 ? Commit.Kind.ADDED : Commit.Kind.MODIFIED, "a/B.java"),
                            new Commit.Change(Commit.Kind.MODIFIED, "a/BTest.java"))));
        }
        return related.snapshot();
    }

    private static byte[] study() {
        StudyPatterns study = new StudyPatterns();
        for (int i = 0; i < 3; i++) {
            study.observe(new Answer(
                    "i" + i % 2, List.of("s"), 1_000_000L * i, 7, i == 1, -1, new EventReference("/x", "e" + i)));
        }
        return study.snapshot();
    }

    private static Evidence evidence() {
        return Evidence.none()
                .with(Instant.ofEpochSecond(1_000_000), true)
                .with(Instant.ofEpochSecond(99_000_000), false);
    }

    private static byte[] confidence() {
        Confidence confidence = Confidence.of(Instant.EPOCH).observed(Instant.ofEpochSecond(5), true);
        return confidence
                .merge(
                        "p2",
                        Confidence.of(Instant.EPOCH).feedback(Instant.ofEpochSecond(6), false),
                        Instant.ofEpochSecond(7))
                .snapshot();
    }

    private static byte[] calibrator() {
        Calibrator calibrator = new Calibrator();
        calibrator.learn(0.3, true);
        calibrator.learn(0.9, false);
        return calibrator.snapshot();
    }

    private static byte[] adwin() {
        Adwin adwin = new Adwin();
        for (int i = 0; i < 50; i++) {
            adwin.add(i % 3 == 0);
        }
        return adwin.snapshot();
    }

    private static byte[] score() {
        PrequentialScore score = new PrequentialScore();
        score.add(0.25, true);
        return score.snapshot();
    }

    private static byte[] scores() {
        ModelScores scores = new ModelScores(Duration.ofDays(1), 3, 2);
        scores.add("m", Instant.ofEpochSecond(5), 0.5, true);
        scores.add("n", Instant.ofEpochSecond(500_000), 0.5, false);
        return scores.snapshot();
    }
}
