package dev.devmentor.learning.engine.fit;

import static dev.devmentor.deterministic.DeterministicMath.exp;
import static dev.devmentor.deterministic.DeterministicMath.log;

/**
 * The loss of FSRS-7 over a card's sequence, and its gradient by reverse mode written by hand: one pass forward that keeps
 * memories and intermediate values, one pass back that carries the derivatives by both stabilities and difficulty.
 *
 * <p>Source of the model: fsrs-rs, src/model_v7.rs, with x^y as e^(y ln x). Where it clamps, the derivative is 0. Not safe for
 * several threads: it works in arrays of its own.
 */
final class Fsrs7Loss implements SequenceLoss {

    static final int WEIGHTS = 34;

    private static final double LOWEST = 1e-4; // of a stability
    private static final double HIGHEST = 36_500;
    private static final double RANGE = 1 - 2e-5; // of recall
    private static final double MARGIN = 1e-5;
    private static final int SLOW = 7; // the first weight of each trace
    private static final int FAST = 15;

    private final double[] w = new double[WEIGHTS];
    private final double[] firstDExp = new double[5];
    private final double[] step = new double[5];
    private final double[] slowGain = new double[5];
    private final double[] fastGain = new double[5];
    private double easyD;
    private double fastLogRecall; // -ln w25
    private double slowDecay;
    private boolean slowDecayFree;
    private double slowFactor;
    private double slowFactorBy24;
    private double slowFactorBy26;
    private double shareOffset;

    // by entry of the sequence: state after it
    private final double[] s;
    private final double[] f;
    private final double[] d;
    // and of the step that leads to it
    private final boolean[] sFree;
    private final boolean[] fFree;
    private final boolean[] fLimited; // by .8 of the slow trace
    private final boolean[] dFree;
    private final double[] lnS; // of the stabilities before
    private final double[] lnF;
    private final double[] fastPower; // F^(w33 - .3)
    private final double[] fastDecay;
    private final double[] z; // ln(1 + fast factor)
    private final double[] fastFactor;
    private final double[] lnFastBase;
    private final double[] fastRecall;
    private final double[] slowX;
    private final double[] lnSlowBase;
    private final double[] slowRecall;
    private final double[] share; // of the slow trace, that of the fast one being 1
    private final double[] recall;
    private final double[] slowA; // recall: the increase; lapse: what a lapse leaves
    private final double[] slowB; // recall: its part with the spacing; lapse: the part with the power of x + 1
    private final double[] fastA;
    private final double[] fastB;

    Fsrs7Loss(int longest) {
        s = new double[longest];
        f = new double[longest];
        d = new double[longest];
        sFree = new boolean[longest];
        fFree = new boolean[longest];
        fLimited = new boolean[longest];
        dFree = new boolean[longest];
        lnS = new double[longest];
        lnF = new double[longest];
        fastPower = new double[longest];
        fastDecay = new double[longest];
        z = new double[longest];
        fastFactor = new double[longest];
        lnFastBase = new double[longest];
        fastRecall = new double[longest];
        slowX = new double[longest];
        lnSlowBase = new double[longest];
        slowRecall = new double[longest];
        share = new double[longest];
        recall = new double[longest];
        slowA = new double[longest];
        slowB = new double[longest];
        fastA = new double[longest];
        fastB = new double[longest];
    }

    @Override
    public void use(double[] weights) {
        System.arraycopy(weights, 0, w, 0, WEIGHTS);
        double slow = exp(w[SLOW] - 1.5);
        double fast = exp(w[FAST] - 1.5);
        for (int g = 1; g <= 4; g++) {
            firstDExp[g] = exp(w[5] * (g - 1));
            step[g] = -w[6] * (g - 3) / 9;
            slowGain[g] = slow * (g == 2 ? w[SLOW + 6] : g == 4 ? w[SLOW + 7] : 1);
            fastGain[g] = fast * (g == 2 ? w[FAST + 6] : g == 4 ? w[FAST + 7] : 1);
        }
        easyD = w[4] - firstDExp[4] + 1;
        fastLogRecall = -log(w[25]);
        slowDecay = Math.min(Math.max(w[24], 0.01), 0.95);
        slowDecayFree = slowDecay == w[24];
        double ln26 = log(w[26]);
        double grown = exp(-ln26 / slowDecay);
        slowFactor = grown - 1;
        slowFactorBy26 = -grown / (slowDecay * w[26]);
        slowFactorBy24 = grown * ln26 / (slowDecay * slowDecay);
        shareOffset = log(w[28]) - log(w[27]);
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
        int first = grades[from];
        double slow = clampS(w[first - 1]);
        double fast = clampS(0.8 * w[first - 1]);
        double difficulty = clampD(w[4] - firstDExp[first] + 1);
        s[0] = slow;
        f[0] = fast;
        d[0] = difficulty;
        int last = to - from - 1;
        for (int i = 1; i <= last; i++) {
            int g = grades[from + i];
            double t = elapsed[from + i];
            double logSlow = log(slow);
            double logFast = log(fast);
            lnS[i] = logSlow;
            lnF[i] = logFast;

            double power = exp((w[33] - 0.3) * logFast);
            double decay = Math.min(Math.max(w[23] * power, 0.01), 0.95);
            double lnGrown = Math.min(fastLogRecall / decay, 60);
            double factor = exp(lnGrown) - 1;
            double lnBase = log(1 + factor * t / fast);
            double byFast = exp(-decay * lnBase);
            fastPower[i] = power;
            fastDecay[i] = decay;
            z[i] = lnGrown;
            fastFactor[i] = factor;
            lnFastBase[i] = lnBase;
            fastRecall[i] = byFast;

            double x = slowFactor * exp((difficulty - 5) * (w[32] - 0.3)) * t / slow;
            double lnSlow = log(1 + x);
            double bySlow = exp(-slowDecay * lnSlow);
            slowX[i] = x;
            lnSlowBase[i] = lnSlow;
            slowRecall[i] = bySlow;

            double u = exp(shareOffset + w[30] * logSlow + w[29] * logFast + (difficulty - 5) * (w[31] - 0.5));
            double r = (byFast + u * bySlow) / (1 + u) * RANGE + MARGIN;
            share[i] = u;
            recall[i] = r;
            double weight = weights[from + i];
            if (weight != 0) {
                loss -= weight * log(g > 1 ? r : 1 - r);
            }
            if (i == last) {
                break; // behind the last target no state is needed
            }
            double nextSlow;
            double nextFast;
            if (g > 1) {
                double ease = 11 - difficulty;
                double level = slowGain[g] * ease * exp(-w[SLOW + 1] * logSlow);
                double spacing = exp((1 - r) * w[SLOW + 2]);
                slowA[i] = level * (spacing - 1);
                slowB[i] = level * spacing;
                nextSlow = slow * (1 + slowA[i]);
                level = fastGain[g] * ease * exp(-w[FAST + 1] * logFast);
                spacing = exp((1 - byFast) * w[FAST + 2]);
                fastA[i] = level * (spacing - 1);
                fastB[i] = level * spacing;
                nextFast = fast * (1 + fastA[i]);
            } else {
                double level = w[SLOW + 3] * exp((1 - r) * w[SLOW + 5]);
                double p = exp(w[SLOW + 4] * log(slow + 1));
                slowA[i] = level * (p - 1);
                slowB[i] = level * p;
                nextSlow = Math.min(slow, slowA[i]);
                level = w[FAST + 3] * exp((1 - byFast) * w[FAST + 5]);
                p = exp(w[FAST + 4] * log(fast + 1));
                fastA[i] = level * (p - 1);
                fastB[i] = level * p;
                nextFast = Math.min(fast, fastA[i]);
            }
            slow = clampS(nextSlow);
            sFree[i] = slow == nextSlow;
            fast = clampS(nextFast);
            fFree[i] = fast == nextFast;
            fLimited[i] = g == 1 && 0.8 * slow < fast;
            if (fLimited[i]) {
                fast = Math.max(0.8 * slow, LOWEST);
            }
            double reverted = 0.01 * easyD + 0.99 * (difficulty + (10 - difficulty) * step[g] * (g == 1 ? r + 0.1 : 1));
            difficulty = clampD(reverted);
            dFree[i] = difficulty == reverted;
            s[i] = slow;
            f[i] = fast;
            d[i] = difficulty;
        }
        return loss;
    }

    private void backward(Sequences sequences, int from, int to, double[] gradient) {
        byte[] grades = sequences.grade();
        double[] elapsed = sequences.elapsed();
        double[] weights = sequences.weight();
        int last = to - from - 1;
        double byS = 0; // of the loss, by the state after entry i
        double byF = 0;
        double byD = 0;
        for (int i = last; i >= 1; i--) {
            int g = grades[from + i];
            double t = elapsed[from + i];
            double slow = s[i - 1];
            double fast = f[i - 1];
            double difficulty = d[i - 1];
            double logSlow = lnS[i];
            double logFast = lnF[i];
            double r = recall[i];
            double rf = fastRecall[i];
            double outS = 0; // of the loss, by the state before entry i
            double outF = 0;
            double outD = 0;
            double byR = 0;
            double byRf = 0;
            if (i < last) {
                if (dFree[i]) {
                    double times = g == 1 ? r + 0.1 : 1;
                    double room = 10 - difficulty;
                    outD = byD * 0.99 * (1 - step[g] * times);
                    gradient[4] += byD * 0.01;
                    gradient[5] -= byD * 0.03 * firstDExp[4];
                    gradient[6] -= byD * 0.99 * room * times * (g - 3) / 9;
                    if (g == 1) {
                        byR += byD * 0.99 * room * step[1];
                    }
                }
                if (fLimited[i]) {
                    byS += f[i] > LOWEST ? 0.8 * byF : 0;
                    byF = 0;
                }
                byS = sFree[i] ? byS : 0;
                byF = fFree[i] ? byF : 0;
                if (g > 1) {
                    double grown = byS * slow * slowA[i];
                    double spaced = byS * slow * slowB[i];
                    outS = byS * (1 + slowA[i] * (1 - w[SLOW + 1]));
                    byR -= spaced * w[SLOW + 2];
                    gradient[SLOW] += grown;
                    gradient[SLOW + 1] -= grown * logSlow;
                    gradient[SLOW + 2] += spaced * (1 - r);
                    double fastGrown = byF * fast * fastA[i];
                    double fastSpaced = byF * fast * fastB[i];
                    outF = byF * (1 + fastA[i] * (1 - w[FAST + 1]));
                    byRf -= fastSpaced * w[FAST + 2];
                    gradient[FAST] += fastGrown;
                    gradient[FAST + 1] -= fastGrown * logFast;
                    gradient[FAST + 2] += fastSpaced * (1 - rf);
                    outD -= (grown + fastGrown) / (11 - difficulty);
                    if (g == 2) {
                        // a factor of 0 leaves nothing to divide: the derivative is taken from the factors then
                        gradient[SLOW + 6] += w[SLOW + 6] != 0
                                ? grown / w[SLOW + 6]
                                : byS
                                        * slow
                                        * slowGain[3]
                                        * (11 - difficulty)
                                        * exp(-w[SLOW + 1] * logSlow)
                                        * (exp((1 - r) * w[SLOW + 2]) - 1);
                        gradient[FAST + 6] += w[FAST + 6] != 0
                                ? fastGrown / w[FAST + 6]
                                : byF
                                        * fast
                                        * fastGain[3]
                                        * (11 - difficulty)
                                        * exp(-w[FAST + 1] * logFast)
                                        * (exp((1 - rf) * w[FAST + 2]) - 1);
                    } else if (g == 4) {
                        gradient[SLOW + 7] += grown / w[SLOW + 7];
                        gradient[FAST + 7] += fastGrown / w[FAST + 7];
                    }
                } else {
                    if (slow <= slowA[i]) {
                        outS = byS;
                    } else {
                        double left = byS * slowA[i];
                        outS = byS * w[SLOW + 4] * slowB[i] / (slow + 1);
                        byR -= left * w[SLOW + 5];
                        gradient[SLOW + 3] += left / w[SLOW + 3];
                        gradient[SLOW + 4] += byS * slowB[i] * log(slow + 1);
                        gradient[SLOW + 5] += left * (1 - r);
                    }
                    if (fast <= fastA[i]) {
                        outF = byF;
                    } else {
                        double left = byF * fastA[i];
                        outF = byF * w[FAST + 4] * fastB[i] / (fast + 1);
                        byRf -= left * w[FAST + 5];
                        gradient[FAST + 3] += left / w[FAST + 3];
                        gradient[FAST + 4] += byF * fastB[i] * log(fast + 1);
                        gradient[FAST + 5] += left * (1 - rf);
                    }
                }
            }
            double weight = weights[from + i];
            if (weight != 0) {
                byR += g > 1 ? -weight / r : weight / (1 - r);
            }

            // the mixture
            double u = share[i];
            double rs = slowRecall[i];
            double byMix = byR * RANGE / (1 + u);
            byRf += byMix;
            double byRs = byMix * u;
            double byLnU = byMix * (rs - (rf + u * rs) / (1 + u)) * u;
            gradient[27] -= byLnU / w[27];
            gradient[28] += byLnU / w[28];
            gradient[29] += byLnU * logFast;
            gradient[30] += byLnU * logSlow;
            gradient[31] += byLnU * (difficulty - 5);
            outS += byLnU * w[30] / slow;
            outF += byLnU * w[29] / fast;
            outD += byLnU * (w[31] - 0.5);

            // the slow trace's recall
            double slowSlope = byRs * rs;
            double x = slowX[i];
            double byX = -slowSlope * slowDecay / (1 + x);
            double byFactor = byX * x / slowFactor;
            if (slowDecayFree) {
                gradient[24] += byFactor * slowFactorBy24 - slowSlope * lnSlowBase[i];
            }
            gradient[26] += byFactor * slowFactorBy26;
            gradient[32] += byX * x * (difficulty - 5);
            outD += byX * x * (w[32] - 0.3);
            outS -= byX * x / slow;

            // the fast trace's recall
            double fastSlope = byRf * rf;
            double decay = fastDecay[i];
            double fastX = fastFactor[i] * t / fast;
            double byFastX = -fastSlope * decay / (1 + fastX);
            outF -= byFastX * fastX / fast;
            double byDecay = -fastSlope * lnFastBase[i];
            if (z[i] < 60) {
                double byZ = byFastX * t / fast * (fastFactor[i] + 1);
                byDecay -= byZ * z[i] / decay;
                gradient[25] -= byZ / (w[25] * decay);
            }
            double free = w[23] * fastPower[i];
            if (decay == free) {
                gradient[23] += byDecay * fastPower[i];
                gradient[33] += byDecay * free * logFast;
                outF += byDecay * free * (w[33] - 0.3) / fast;
            }
            byS = outS;
            byF = outF;
            byD = outD;
        }
        int first = grades[from];
        double w0 = w[first - 1];
        gradient[first - 1] += (clampS(w0) == w0 ? byS : 0) + (clampS(0.8 * w0) == 0.8 * w0 ? 0.8 * byF : 0);
        double unclamped = w[4] - firstDExp[first] + 1;
        if (clampD(unclamped) == unclamped) {
            gradient[4] += byD;
            gradient[5] -= byD * (first - 1) * firstDExp[first];
        }
    }

    private static double clampS(double stability) {
        return Math.min(Math.max(stability, LOWEST), HIGHEST);
    }

    private static double clampD(double difficulty) {
        return Math.min(Math.max(difficulty, 1), 10);
    }
}
