package dev.devmentor.pbml.engine.related;

import dev.devmentor.deterministic.DeterministicMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a ranking believes before it has seen anything of its own history: weights that served other histories well. They are
 * rounded to 16 bits, so that they can stand in source.
 */
public final class Prior {

    /** Weights are multiples of it. */
    private static final double UNIT = 1.0 / 2_048;

    private static final int EPOCHS = 4;

    /**
     * Every so many queries stand among the examples once more, as if their file were new: files that were never seen are rare
     * where only modified ones are asked about, and not where people ask.
     */
    private static final int NEW_EVERY = 5;

    private static final int BATCH = 16;
    private static final double RATE = 0.003;
    private static final double LEAST_RATE = 0.02;
    private static final double WEIGHT_DECAY = 0.01;
    private static final long SEED = 20_261_129;

    /** So often the histories are replayed for the odds. */
    private static final int REPLAYS = 2;

    private static final int SIZE = Ranker.WEIGHTS + Odds.WEIGHTS;

    /** Those of the ranker, then those of the odds. */
    private final double[] weights;

    private Prior(double[] weights) {
        this.weights = weights;
    }

    /** The one that is used unless another is given. How it was found stands in docs/pbml.md. */
    public static Prior shipped() {
        return of(ShippedPrior.TEXT);
    }

    /**
     * The prior that a text stands for.
     *
     * @throws IllegalArgumentException if it is not one that {@link #text} gave
     */
    public static Prior of(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length != 2 * SIZE) {
            throw new IllegalArgumentException(bytes.length / 2 + " weights instead of " + SIZE);
        }
        double[] weights = new double[SIZE];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (short) (bytes[2 * i] << 8 | bytes[2 * i + 1] & 0xff) * UNIT;
        }
        return new Prior(weights);
    }

    /** As text, which {@link #of} reads. */
    public String text() {
        byte[] bytes = new byte[2 * weights.length];
        for (int i = 0; i < weights.length; i++) {
            int value = (int) Math.clamp(Math.round(weights[i] / UNIT), Short.MIN_VALUE, Short.MAX_VALUE);
            bytes[2 * i] = (byte) (value >> 8);
            bytes[2 * i + 1] = (byte) value;
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    double[] ranker() {
        return Arrays.copyOf(weights, Ranker.WEIGHTS);
    }

    double[] odds() {
        return Arrays.copyOfRange(weights, Ranker.WEIGHTS, SIZE);
    }

    private static Prior of(double[] ranker, double[] odds) {
        double[] weights = Arrays.copyOf(ranker, SIZE);
        System.arraycopy(odds, 0, weights, Ranker.WEIGHTS, Odds.WEIGHTS);
        return of(new Prior(weights).text());
    }

    /** One list of a history: features of its candidates in a row, and which were right. */
    private record Example(float[] features, boolean[] right) {}

    /**
     * Finds the weights that serve histories best, with the state of each before every commit. Adam with decoupled weight
     * decay (Kingma and Ba 2015; Loshchilov and Hutter 2019), the rate falling to nothing. Takes minutes and some hundred
     * megabytes for ten thousand queries; the same histories give the same weights.
     */
    public static Prior fit(List<List<Commit>> histories) {
        List<Example> examples = new ArrayList<>();
        histories.forEach(history -> collect(history, examples));
        SplittableRandom random = new SplittableRandom(SEED);
        Ranker ranker = new Ranker(start(random));
        double[] w = ranker.weights();
        double[] mean = new double[w.length];
        double[] square = new double[w.length];
        int[] order = new int[examples.size()];
        Arrays.setAll(order, i -> i);
        long steps = Math.max(1, (long) EPOCHS * order.length / BATCH);
        double[] features = new double[0];
        int step = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order, random);
            for (int i = 0; i + BATCH <= order.length; i += BATCH) {
                for (int j = i; j < i + BATCH; j++) {
                    Example example = examples.get(order[j]);
                    if (features.length < example.features.length) {
                        features = new double[2 * example.features.length];
                    }
                    for (int k = 0; k < example.features.length; k++) {
                        features[k] = example.features[k];
                    }
                    ranker.score(features, example.right.length);
                    ranker.note(features, example.right.length, example.right, true);
                }
                step++;
                double rate = RATE * Math.max(LEAST_RATE, 1 - (double) step / steps);
                double correctMean = 1 - DeterministicMath.pow(0.9, step);
                double correctSquare = 1 - DeterministicMath.pow(0.999, step);
                double[] gradient = ranker.gradient();
                for (int k = 0; k < w.length; k++) {
                    double g = gradient[k] / BATCH;
                    mean[k] = 0.9 * mean[k] + 0.1 * g;
                    square[k] = 0.999 * square[k] + 0.001 * g * g;
                    double move = mean[k] / correctMean / (Math.sqrt(square[k] / correctSquare) + 1e-8);
                    w[k] -= rate * (move + WEIGHT_DECAY * w[k]);
                }
                ranker.forgetErrors();
            }
        }
        return of(w, fitOdds(w, histories));
    }

    /** Mean of what the odds learn in each history, beginning with what they learnt in the one before. */
    private static double[] fitOdds(double[] ranker, List<List<Commit>> histories) {
        double[] odds = new double[Odds.WEIGHTS];
        odds[1] = 2;
        for (int replay = 0; replay < REPLAYS; replay++) {
            double[] sum = new double[Odds.WEIGHTS];
            for (List<Commit> history : histories) {
                RelatedFiles engine = new RelatedFiles(RelatedFiles.Bounds.DEFAULT, of(ranker, odds));
                Odds learning = engine.learningOdds();
                history.forEach(engine::observe);
                odds = learning.weights().clone();
                for (int k = 0; k < odds.length; k++) {
                    sum[k] += odds[k] / histories.size();
                }
            }
            odds = sum;
        }
        return odds;
    }

    private static double[] start(SplittableRandom random) {
        double[] weights = new double[Ranker.WEIGHTS];
        int out = Ranker.WEIGHTS - Ranker.HIDDEN;
        int bias = out - Ranker.HIDDEN;
        double spread = 1.4 * Math.sqrt(3.0 / Candidates.FEATURES);
        for (int k = Candidates.FEATURES; k < bias; k++) {
            weights[k] = (random.nextDouble() - 0.5) * spread;
        }
        for (int k = out; k < weights.length; k++) {
            weights[k] = (random.nextDouble() - 0.5) * 0.5;
        }
        return weights;
    }

    private static void collect(List<Commit> commits, List<Example> examples) {
        History history = new History(RelatedFiles.Bounds.DEFAULT);
        Candidates candidates = new Candidates(history);
        int number = 0;
        for (Commit commit : commits) {
            List<String> modified = RelatedFiles.modified(commit, history);
            if (modified.size() >= 2 && modified.size() <= RelatedFiles.LARGEST_TO_LEARN) {
                Set<String> all = new HashSet<>(modified);
                for (String path : modified) {
                    FileState file = history.file(path);
                    long at = commit.at().getEpochSecond();
                    candidates.collect(PathName.of(path), file, at);
                    add(candidates, all, examples);
                    if (file != null && number++ % NEW_EVERY == 0) {
                        candidates.collectAsNew(file, at);
                        add(candidates, all, examples);
                    }
                }
            }
            history.append(commit);
        }
    }

    private static void add(Candidates candidates, Set<String> modified, List<Example> examples) {
        boolean[] right = new boolean[candidates.size()];
        boolean any = false;
        for (int i = 0; i < right.length; i++) {
            right[i] = modified.contains(candidates.file(i).name.path());
            any |= right[i];
        }
        if (any) {
            float[] features = new float[right.length * Candidates.FEATURES];
            for (int k = 0; k < features.length; k++) {
                features[k] = (float) candidates.features()[k];
            }
            examples.add(new Example(features, right));
        }
    }

    /** Fisher and Yates. */
    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
