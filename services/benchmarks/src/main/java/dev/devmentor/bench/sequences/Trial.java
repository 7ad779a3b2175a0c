package dev.devmentor.bench.sequences;

import dev.devmentor.pbml.engine.sequence.Prediction;
import dev.devmentor.pbml.engine.sequence.SequenceMixture;
import dev.devmentor.pbml.engine.sequence.SequenceModel;
import dev.devmentor.pbml.engine.sequence.SequenceQuestion;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Trains on all folds but one and tests on that one, for every fold. */
final class Trial {
    private final SequenceFile file;
    private final SequenceQuestion question;

    private int tested;
    private int right;
    private int found;
    private double claimed;
    private long trainNanos;
    private long testNanos;
    private long events;
    private final Map<SequenceModel, Integer> alone = new EnumMap<>(SequenceModel.class);
    private long[] predictionNanos = new long[0];

    Trial(SequenceFile file, SequenceQuestion question) {
        this.file = file;
        this.question = question;
        for (SequenceModel model : SequenceModel.values()) {
            alone.put(model, 0);
        }
    }

    /** Runs one fold. */
    void run(int fold) {
        int from = file.from(fold);
        int to = file.to(fold);
        SequenceMixture mixture = new SequenceMixture(question);
        long started = cpuNanos();
        for (int i = 0; i < file.sequences().size(); i++) {
            if (i < from || i >= to) {
                mixture.learn(i, file.sequences().get(i));
                events += file.sequences().get(i).length;
            }
        }
        trainNanos += cpuNanos() - started;
        int before = predictionNanos.length;
        predictionNanos = Arrays.copyOf(predictionNanos, before + to - from);
        for (int i = from; i < to; i++) {
            predictionNanos[before + i - from] = test(mixture, file.sequences().get(i));
        }
    }

    private long test(SequenceMixture mixture, int[] sequence) {
        tested++;
        int end = sequence.length - question.horizon();
        if (end <= 0) {
            return 0; // too short to ask about: counts as a failure, as in the published comparisons
        }
        int[] context = Arrays.copyOfRange(sequence, Math.max(0, end - question.window()), end);
        long cpu = cpuNanos();
        long started = System.nanoTime();
        List<Prediction> predictions = mixture.predict(context, 1);
        long nanos = System.nanoTime() - started;
        testNanos += cpuNanos() - cpu;
        if (!predictions.isEmpty()) {
            found++;
            claimed += predictions.getFirst().probability();
        }
        right += hit(predictions, sequence, end);
        for (SequenceModel model : SequenceModel.values()) {
            alone.merge(model, hit(mixture.predict(model, context, 1), sequence, end), Integer::sum);
        }
        return nanos;
    }

    /** Of this thread: other work on the machine is not the engine's. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int hit(List<Prediction> predictions, int[] sequence, int end) {
        if (predictions.isEmpty()) {
            return 0;
        }
        for (int i = end; i < sequence.length; i++) {
            if (sequence[i] == predictions.getFirst().symbol()) {
                return 1;
            }
        }
        return 0;
    }

    /** Per cent of the tested sequences; no answer counts as a failure. */
    double overall() {
        return 100.0 * right / tested;
    }

    /** The same for one model alone. */
    double overall(SequenceModel model) {
        return 100.0 * alone.getOrDefault(model, 0) / tested;
    }

    /** What the engine thought its overall would be, in per cent. */
    double claimed() {
        return 100 * claimed / tested;
    }

    int tested() {
        return tested;
    }

    /** Of those tested, how many got an answer. */
    int found() {
        return found;
    }

    double trainSeconds() {
        return trainNanos / 1e9;
    }

    double testSeconds() {
        return testNanos / 1e9;
    }

    /** What learning one symbol took. */
    double microsPerEvent() {
        return trainNanos / 1e3 / events;
    }

    /** The median time of a prediction with its evidence. */
    double medianMicros() {
        long[] sorted = predictionNanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e3;
    }
}
