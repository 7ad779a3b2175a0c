package dev.devmentor.pbml.engine.confidence;

import dev.devmentor.deterministic.DeterministicMath;

/**
 * A probability that is not known exactly: the Beta distribution, its distribution function and quantiles, with the same
 * bits everywhere.
 *
 * <p>Sources: the continued fraction of the incomplete beta function, DLMF 8.17.22, by Lentz's method (Thompson and
 * Barnett 1986); the factor before it by C. Loader's saddle point expansion ("Fast and Accurate Computation of Binomial
 * Probabilities", 2000), which loses no digits where parameters are large.
 *
 * @param alpha successes, with the prior's; above 0
 * @param beta failures, with the prior's; above 0
 */
public record BetaDistribution(double alpha, double beta) {

    private static final double TWO_PI = 6.283185307179586;
    private static final int MOST_TERMS = 100_000;
    private static final double TINY = 1e-300;

    /** ln n! less Stirling's first terms, for 0 ½ 1 … 7½; beyond, the series is exact enough. */
    private static final double SERIES_FROM = 16;

    public BetaDistribution {
        if (!(alpha > 0 && beta > 0 && alpha < 1e15 && beta < 1e15)) {
            throw new IllegalArgumentException("alpha " + alpha + ", beta " + beta);
        }
    }

    public double mean() {
        return alpha / (alpha + beta);
    }

    public double variance() {
        double n = alpha + beta;
        return alpha * beta / (n * n * (n + 1));
    }

    /**
     * Probability of a value of at most x.
     *
     * @param x any number; 0 below 0, 1 above 1
     */
    public double cdf(double x) {
        if (!(x > 0)) {
            return 0;
        }
        return x >= 1 ? 1 : cdf(x, 1 - x);
    }

    private double cdf(double x, double y) {
        double factor = factor(x, y);
        // The fraction converges fast below the mean; above it that of the complement does.
        return x < (alpha + 1) / (alpha + beta + 2)
                ? factor * fraction(alpha, beta, x) / alpha
                : 1 - factor * fraction(beta, alpha, y) / beta;
    }

    /**
     * The value that the unknown probability lies below with probability q.
     *
     * @param q 0 to 1
     */
    public double quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile " + q);
        }
        if (q == 0 || q == 1) {
            return q;
        }
        double low = 0;
        double high = 1;
        double x = start(q);
        for (int i = 0; i < 200; i++) {
            double error = cdf(x) - q;
            if (error == 0) {
                return x;
            }
            if (error > 0) {
                high = x;
            } else {
                low = x;
            }
            double density = density(x);
            double next = x - error / density;
            if (!(next > low && next < high)) {
                // Newton left the bracket. Halving the exponent reaches quantiles near 0 in few steps.
                next = low == 0 ? (high > 1e-3 ? high / 2 : high * high) : (low + high) / 2;
            }
            if (next == x || high - low <= Math.ulp(low) || Math.abs(next - x) <= 0x1p-52 * x) {
                return next;
            }
            x = next;
        }
        return x;
    }

    /** A first guess: normal around the mean, kept within. */
    private double start(double q) {
        double tail = Math.min(q, 1 - q);
        double t = Math.sqrt(-2 * DeterministicMath.log(tail));
        double z = t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + t * 0.04481)); // Abramowitz and Stegun 26.2.22
        double guess = mean() + (q < 0.5 ? -z : z) * Math.sqrt(variance());
        return guess > 0 && guess < 1 ? guess : mean();
    }

    /** Density at x between 0 and 1. */
    double density(double x) {
        double y = 1 - x;
        return factor(x, y) / (x * y);
    }

    /** x^α y^β / B(α, β). */
    private double factor(double x, double y) {
        double n = alpha + beta;
        // Gamma(n) n^-n e^n ... of the three Gamma functions by Stirling, the deviances by Loader's bd0
        double stirling = stirling(n) - stirling(alpha) - stirling(beta);
        double deviance = deviance(alpha, n * x) + deviance(beta, n * y);
        return DeterministicMath.exp(stirling - deviance) * Math.sqrt(alpha / n * beta / TWO_PI);
    }

    /** ln Gamma(z + 1) - (z + ½) ln z + z - ½ ln 2π. */
    static double stirling(double z) {
        double shift = 0;
        double at = z;
        while (at < SERIES_FROM) {
            // s(z) = s(z + 1) + (z + ½) ln(1 + 1/z) - 1
            shift += logRise(at);
            at += 1;
        }
        double r = 1 / at;
        double r2 = r * r;
        double series = r
                * (1.0 / 12
                        - r2
                                * (1.0 / 360
                                        - r2
                                                * (1.0 / 1260
                                                        - r2
                                                                * (1.0 / 1680
                                                                        - r2 * (1.0 / 1188 - r2 * 691.0 / 360360)))));
        return shift + series;
    }

    /** (z + ½) ln(1 + 1/z) - 1, by the series of atanh where it would cancel. */
    private static double logRise(double z) {
        if (z < 1) {
            return (z + 0.5) * DeterministicMath.log((z + 1) / z) - 1;
        }
        // ln(1 + 1/z) = 2 atanh(v) with v = 1 / (2z + 1), and z + ½ = 1 / (2v)
        double v = 1 / (2 * z + 1);
        double v2 = v * v;
        double sum = 0;
        double power = v2;
        for (int k = 3; k < 60; k += 2) {
            double term = power / k;
            sum += term;
            if (term < 0x1p-56 * sum) {
                break;
            }
            power *= v2;
        }
        return sum;
    }

    /** Loader's bd0: x ln(x / m) + m - x, exact where x and m are close. */
    static double deviance(double x, double m) {
        double d = x - m;
        if (Math.abs(d) < 0.1 * (x + m)) {
            double v = d / (x + m);
            double sum = d * v;
            double term = 2 * x * v;
            double v2 = v * v;
            for (int k = 3; k < 1_000; k += 2) {
                term *= v2;
                double next = sum + term / k;
                if (next == sum) {
                    return next;
                }
                sum = next;
            }
            return sum;
        }
        return x * DeterministicMath.log(x / m) + m - x;
    }

    /** The continued fraction by Lentz's method. */
    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 - (a + b) * x / (a + 1);
        d = 1 / (Math.abs(d) < TINY ? TINY : d);
        double h = d;
        for (int m = 1; m < MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m));
            d = 1 + even * d;
            d = 1 / (Math.abs(d) < TINY ? TINY : d);
            c = 1 + even / c;
            c = Math.abs(c) < TINY ? TINY : c;
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
            d = 1 + odd * d;
            d = 1 / (Math.abs(d) < TINY ? TINY : d);
            c = 1 + odd / c;
            c = Math.abs(c) < TINY ? TINY : c;
            double change = d * c;
            h *= change;
            if (Math.abs(change - 1) < 0x1p-52) {
                return h;
            }
        }
        return h;
    }
}
