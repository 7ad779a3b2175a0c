package dev.devmentor.learning.engine.fit;

import static dev.devmentor.deterministic.DeterministicMath.exp;
import static dev.devmentor.deterministic.DeterministicMath.log;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;

/**
 * The loss of FSRS-6 over a card's sequence, and its gradient by reverse mode written by hand: one pass forward that
 * keeps memories and intermediate values, one pass back that carries the derivatives by stability and difficulty.
 *
 * <p>The model is that of {@link Fsrs6} (there the formulas and their source), with x^y as e^(y ln x). Where it clamps, the
 * derivative is 0. Not safe for several threads: it works in arrays of its own.
 */
final class Fsrs6Loss implements SequenceLoss {

    private static final double LN_09 = log(0.9);

    private static final byte LONG_RECALL = 0;
    private static final byte LAPSE = 1;
    private static final byte LAPSE_AT_CEILING = 2;
    private static final byte SAME_DAY = 3;
    private static final byte SAME_DAY_AT_FLOOR = 4;

    private final double[] w = new double[Fsrs6Weights.COUNT];
    private double decay;
    private double factor;
    private double factorByDecay; // the derivative of factor by w20
    private final double[] firstS = new double[5];
    private final double[] firstD = new double[5];
    private final double[] firstDExp = new double[5]; // e^(w5 (grade - 1))
    private final boolean[] firstSFree = new boolean[5]; // not clamped
    private final boolean[] firstDFree = new boolean[5];
    private final double[] step = new double[5];
    private final double[] gain = new double[5];
    private final double[] sameDayGain = new double[5];
    private double easyD;
    private double ceiling;

    // by entry of the sequence: state after it
    private final double[] s;
    private final double[] d;
    // and of the step that leads to it
    private final byte[] kind;
    private final boolean[] sFree;
    private final boolean[] dFree;
    private final double[] lnS; // of the stability before
    private final double[] recall;
    private final double[] lnBase; // ln(1 + factor t / S)
    private final double[] a; // recall: the increase; lapse: the power of D times the gain and spacing
    private final double[] b; // recall: the increase's part with e^(w10 (1 - R)); lapse: (S + 1)^w13
    private final double[] c; // lapse: ln D

    Fsrs6Loss(int longest) {
        s = new double[longest];
        d = new double[longest];
        kind = new byte[longest];
        sFree = new boolean[longest];
        dFree = new boolean[longest];
        lnS = new double[longest];
        recall = new double[longest];
        lnBase = new double[longest];
        a = new double[longest];
        b = new double[longest];
        c = new double[longest];
    }

    @Override
    public void use(double[] weights) {
        System.arraycopy(weights, 0, w, 0, w.length);
        decay = -w[20];
        factor = exp(LN_09 / decay) - 1;
        factorByDecay = (factor + 1) * LN_09 / (w[20] * w[20]);
        double e8 = exp(w[8]);
        for (int g = 1; g <= 4; g++) {
            firstSFree[g] = w[g - 1] > Fsrs6.MINIMUM_STABILITY && w[g - 1] < Fsrs6.MAXIMUM_STABILITY;
            firstS[g] = clampS(w[g - 1]);
            firstDExp[g] = exp(w[5] * (g - 1));
            double unclamped = w[4] - firstDExp[g] + 1;
            firstDFree[g] = unclamped > Fsrs6.MINIMUM_DIFFICULTY && unclamped < Fsrs6.MAXIMUM_DIFFICULTY;
            firstD[g] = clampD(unclamped);
            step[g] = -w[6] * (g - 3) / 9;
            gain[g] = e8;
            sameDayGain[g] = exp(w[17] * (g - 3 + w[18]));
        }
        gain[2] *= w[15];
        gain[4] *= w[16];
        easyD = w[4] - firstDExp[4] + 1;
        ceiling = exp(-w[17] * w[18]);
    }

    @Override
    public double loss(Sequences sequences, int sequence) {
        return forward(sequences, sequences.start()[sequence], sequences.start()[sequence + 1]);
    }

    @Override
    public double addGradient(Sequences sequences, int sequence, double[] gradient) {
        int from = sequences.start()[sequence];
        int to = sequences.start()[sequence + 1];
        double loss = forward(sequences, from, to);
        backward(sequences, from, to, gradient);
        return loss;
    }

    private double forward(Sequences sequences, int from, int to) {
        byte[] grades = sequences.grade();
        double[] elapsed = sequences.elapsed();
        double[] weights = sequences.weight();
        double loss = 0;
        double stability = firstS[grades[from]];
        double difficulty = firstD[grades[from]];
        s[0] = stability;
        d[0] = difficulty;
        int last = to - from - 1;
        for (int i = 1; i <= last; i++) {
            int g = grades[from + i];
            double t = elapsed[from + i];
            double ln = log(stability);
            lnS[i] = ln;
            double next;
            if (t > 0) {
                double base = 1 + factor * t / stability;
                double lnb = log(base);
                double r = exp(decay * lnb);
                lnBase[i] = lnb;
                recall[i] = r;
                double weight = weights[from + i];
                if (weight != 0) {
                    loss -= weight * (g > 1 ? decay * lnb : log(1 - r));
                }
                if (i == last) {
                    break; // behind the last target no state is needed
                }
                if (g > 1) {
                    double level = gain[g] * (11 - difficulty) * exp(-w[9] * ln);
                    double spacing = exp(w[10] * (1 - r));
                    a[i] = level * (spacing - 1);
                    b[i] = level * spacing;
                    kind[i] = LONG_RECALL;
                    next = stability * (1 + a[i]);
                } else {
                    double lnD = log(difficulty);
                    double level = w[11] * exp(w[14] * (1 - r) - w[12] * lnD);
                    double power = exp(w[13] * log(stability + 1));
                    a[i] = level;
                    b[i] = power;
                    c[i] = lnD;
                    double fallen = level * (power - 1);
                    double most = stability * ceiling;
                    kind[i] = fallen <= most ? LAPSE : LAPSE_AT_CEILING;
                    next = fallen <= most ? fallen : most;
                }
            } else {
                double increase = sameDayGain[g] * exp(-w[19] * ln);
                if (g >= 2 && increase < 1) {
                    kind[i] = SAME_DAY_AT_FLOOR;
                    next = stability;
                } else {
                    kind[i] = SAME_DAY;
                    a[i] = increase;
                    next = stability * increase;
                }
            }
            sFree[i] = next >= Fsrs6.MINIMUM_STABILITY && next <= Fsrs6.MAXIMUM_STABILITY;
            stability = clampS(next);
            double moved = difficulty + step[g] * (10 - difficulty);
            double reverted = moved + w[7] * (easyD - moved);
            dFree[i] = reverted >= Fsrs6.MINIMUM_DIFFICULTY && reverted <= Fsrs6.MAXIMUM_DIFFICULTY;
            difficulty = clampD(reverted);
            s[i] = stability;
            d[i] = difficulty;
        }
        return loss;
    }

    private void backward(Sequences sequences, int from, int to, double[] gradient) {
        byte[] grades = sequences.grade();
        double[] elapsed = sequences.elapsed();
        double[] weights = sequences.weight();
        int last = to - from - 1;
        double byS = 0; // of the loss, by the stability after entry i
        double byD = 0;
        for (int i = last; i >= 1; i--) {
            int g = grades[from + i];
            double t = elapsed[from + i];
            double stability = s[i - 1];
            double difficulty = d[i - 1];
            double ln = lnS[i];
            double outS = 0; // of the loss, by the stability before entry i
            double outD = 0;
            double byR = 0;
            double r = recall[i];
            if (i < last) {
                if (byD != 0 && dFree[i]) {
                    double moved = difficulty + step[g] * (10 - difficulty);
                    outD = byD * (1 - w[7]) * (1 - step[g]);
                    gradient[4] += byD * w[7];
                    gradient[5] -= byD * w[7] * 3 * firstDExp[4];
                    gradient[6] -= byD * (1 - w[7]) * (10 - difficulty) * (g - 3) / 9;
                    gradient[7] += byD * (easyD - moved);
                }
                if (byS != 0 && sFree[i]) {
                    switch (kind[i]) {
                        case LONG_RECALL -> {
                            double increase = byS * stability * a[i];
                            double spaced = byS * stability * b[i];
                            outS += byS * (1 + a[i] * (1 - w[9]));
                            outD -= increase / (11 - difficulty);
                            byR = -spaced * w[10];
                            gradient[8] += increase;
                            gradient[9] -= increase * ln;
                            gradient[10] += spaced * (1 - r);
                            if (g == 2) {
                                // without w15: it may be 0
                                gradient[15] += w[15] != 0 ? increase / w[15] : byS * stability * withoutHard(i, r);
                            } else if (g == 4) {
                                gradient[16] += increase / w[16];
                            }
                        }
                        case LAPSE -> {
                            double fallen = byS * a[i] * (b[i] - 1);
                            outS += byS * a[i] * w[13] * b[i] / (stability + 1);
                            outD -= fallen * w[12] / difficulty;
                            byR = -fallen * w[14];
                            gradient[11] += fallen / w[11];
                            gradient[12] -= fallen * c[i];
                            gradient[13] += byS * a[i] * b[i] * log(stability + 1);
                            gradient[14] += fallen * (1 - r);
                        }
                        case LAPSE_AT_CEILING -> {
                            double at = byS * ceiling;
                            outS += at;
                            gradient[17] -= at * stability * w[18];
                            gradient[18] -= at * stability * w[17];
                        }
                        case SAME_DAY -> {
                            double grown = byS * stability * a[i];
                            outS += byS * a[i] * (1 - w[19]);
                            gradient[17] += grown * (g - 3 + w[18]);
                            gradient[18] += grown * w[17];
                            gradient[19] -= grown * ln;
                        }
                        default -> outS += byS; // at the floor
                    }
                }
            }
            if (t > 0) {
                double weight = weights[from + i];
                if (weight != 0) {
                    byR -= g > 1 ? weight / r : -weight / (1 - r);
                }
                if (byR != 0) {
                    double base = 1 + factor * t / stability;
                    double slope = byR * w[20] * r / base * t / stability;
                    outS += slope * factor / stability;
                    gradient[20] -= byR * r * lnBase[i] + slope * factorByDecay;
                }
            }
            byS = outS;
            byD = outD;
        }
        int first = grades[from];
        if (firstSFree[first]) {
            gradient[first - 1] += byS;
        }
        if (firstDFree[first]) {
            gradient[4] += byD;
            gradient[5] -= byD * (first - 1) * firstDExp[first];
        }
    }

    /** The increase of a Hard answer divided by w15, where that is 0. */
    private double withoutHard(int i, double r) {
        return gain[3] * (11 - d[i - 1]) * exp(-w[9] * lnS[i]) * (exp(w[10] * (1 - r)) - 1);
    }

    private static double clampS(double stability) {
        return Math.min(Math.max(stability, Fsrs6.MINIMUM_STABILITY), Fsrs6.MAXIMUM_STABILITY);
    }

    private static double clampD(double difficulty) {
        return Math.min(Math.max(difficulty, Fsrs6.MINIMUM_DIFFICULTY), Fsrs6.MAXIMUM_DIFFICULTY);
    }
}
