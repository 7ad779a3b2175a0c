package dev.devmentor.learning.engine.fit;

/**
 * Gradient descent over cards: Adam with cosine annealing, batches of whole cards, a penalty for leaving the initial weights.
 *
 * @param epochs passes over all cards
 * @param batch a batch is full with this many targets
 * @param rate the first learning rate
 * @param beta1 Adam's
 * @param beta2 Adam's
 * @param penalty the weight of the sum over ((w - initial) / spread)^2, spread over all batches by their targets
 * @param spread by weight; infinite for no penalty
 * @param low by weight, the lowest value
 * @param high by weight, the highest value
 * @param seed of the order of cards
 * @param keepsBest whether the weights of least loss at the end of an epoch are the result, or the last ones
 */
record Training(
        int epochs,
        int batch,
        double rate,
        double beta1,
        double beta2,
        double penalty,
        double[] spread,
        double[] low,
        double[] high,
        long seed,
        boolean keepsBest) {

    /** What a model demands of its weights beyond bounds; called after every step. */
    interface Repair {
        void repair(double[] weights);
    }

    /** The weights that it ends with; the initial ones are not changed. */
    double[] run(SequenceLoss model, Sequences sequences, double[] initial, Repair repair) {
        int total = sequences.totalTargets();
        int[] order = new int[sequences.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int steps = Math.max(1, (total + batch - 1) / batch) * epochs;
        Shuffle shuffle = new Shuffle(seed);
        Adam adam = new Adam(initial.length, beta1, beta2);
        double[] w = initial.clone();
        clamp(w);
        double[] best = w.clone();
        double bestLoss = Double.POSITIVE_INFINITY;
        double[] gradient = new double[w.length];
        int[] targets = sequences.targets();
        int step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            shuffle.shuffle(order);
            int at = 0;
            while (at < order.length) {
                model.use(w);
                java.util.Arrays.fill(gradient, 0);
                int size = 0;
                while (at < order.length && (size == 0 || size + targets[order[at]] <= batch)) {
                    model.addGradient(sequences, order[at], gradient);
                    size += targets[order[at]];
                    at++;
                }
                addPenalty(w, initial, (double) size / total, gradient);
                adam.step(w, gradient, rate(step++, steps));
                clamp(w);
                repair.repair(w);
            }
            if (keepsBest) {
                double loss = loss(model, sequences, w) + penalty(w, initial, 1);
                if (loss < bestLoss) {
                    bestLoss = loss;
                    best = w.clone();
                }
            }
        }
        return keepsBest ? best : w;
    }

    /** Weighted log loss over all sequences, without the penalty. */
    static double loss(SequenceLoss model, Sequences sequences, double[] weights) {
        model.use(weights);
        double sum = 0;
        for (int s = 0; s < sequences.count(); s++) {
            sum += model.loss(sequences, s);
        }
        return sum;
    }

    /** Cosine annealing from the first rate to 0 over the expected steps (SGDR, Loshchilov and Hutter 2017, one period). */
    double rate(int step, int steps) {
        double x = Math.min(1.0, (double) step / steps);
        return rate * (1 + cosineOfPiTimes(x)) / 2;
    }

    double penalty(double[] w, double[] initial, double share) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            double away = (w[i] - initial[i]) / spread[i];
            sum += away * away;
        }
        return sum * penalty * share;
    }

    void addPenalty(double[] w, double[] initial, double share, double[] gradient) {
        for (int i = 0; i < w.length; i++) {
            gradient[i] += 2 * (w[i] - initial[i]) / (spread[i] * spread[i]) * penalty * share;
        }
    }

    void clamp(double[] w) {
        for (int i = 0; i < w.length; i++) {
            w[i] = Math.min(Math.max(w[i], low[i]), high[i]);
        }
    }

    /** cos(pi x) for x from 0 to 1, by its series: {@link Math#cos} does not promise its bits. */
    static double cosineOfPiTimes(double x) {
        double folded = x > 0.5 ? 1 - x : x;
        double y = Math.PI * folded * Math.PI * folded;
        double sum = 0;
        double term = 1;
        for (int k = 0; k < 12; k++) {
            sum += term;
            term *= -y / ((2 * k + 1) * (2 * k + 2));
        }
        return x > 0.5 ? -sum : sum;
    }
}
