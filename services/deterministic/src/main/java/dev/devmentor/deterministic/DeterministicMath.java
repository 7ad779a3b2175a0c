package dev.devmentor.deterministic;

/**
 * Exponential, logarithm and power in plain IEEE-754 double arithmetic: additions, multiplications and table look-ups
 * only, so that the JVM (interpreter and both compilers) and the native executable give the same bits. {@link Math}
 * does not promise that for these functions, and {@link StrictMath}, which does, takes several times as long.
 *
 * <p>Results lie within 1 ulp of the true value. Arguments outside the fast range (subnormal, zero, negative, infinite,
 * NaN, or with a result near overflow or underflow) go to {@link StrictMath}, whose bits are fixed by its
 * specification; special cases are therefore those of {@link Math}.
 *
 * <p>Source of the method: table-driven reduction as in P. T. P. Tang, "Table-driven implementation of the exponential
 * (logarithm) function in IEEE floating-point arithmetic", ACM TOMS 15/2 (1989) and 16/4 (1990), with the extended
 * precision logarithm for powers as described for the log2/pow routines of ARM's optimized-routines. No fused
 * multiply-add is used: whether it is there depends on the machine.
 */
public final class DeterministicMath {

    /** Adding and subtracting it rounds to a whole number (for absolute values below 2^51). */
    private static final double ROUND = 0x1.8p52;

    private static final double N_OVER_LN2 = 0x1.71547652b82fep7; // 128 / ln 2
    private static final double LN2_OVER_N_HI = 0x1.62e42fefa0000p-8; // ln 2 / 128, upper bits: times k is exact
    private static final double LN2_OVER_N_LO = 0x1.cf79abc9e3b3ap-47;

    private static final double LN2_HI = 0x1.62e42fefa3800p-1; // ln 2, upper 42 bits: times an exponent is exact
    private static final double LN2_LO = 0x1.ef35793c76730p-45;

    /** The reduced argument of the logarithm lies in [0.7055, 1.411): bits of its lower end. */
    private static final long LOG_OFFSET = 0x3fe6955500000000L;

    private static final long SMALLEST_NORMAL = 0x0010000000000000L;
    private static final long INFINITY = 0x7ff0000000000000L;
    private static final double LARGEST_EXPONENT = 700.0;

    private DeterministicMath() {}

    /**
     * e to the power x.
     *
     * @param x any double
     * @return e^x within 1 ulp
     */
    public static double exp(double x) {
        if (!(Math.abs(x) < LARGEST_EXPONENT)) {
            return StrictMath.exp(x);
        }
        return expOfSum(x, 0.0);
    }

    /**
     * Natural logarithm.
     *
     * @param x any double; NaN for negative values
     * @return ln x within 1 ulp
     */
    public static double log(double x) {
        long bits = Double.doubleToRawLongBits(x);
        if (bits < SMALLEST_NORMAL || bits >= INFINITY) {
            return StrictMath.log(x);
        }
        long shifted = bits - LOG_OFFSET;
        int i = (int) (shifted >>> 43) & 0x1fc;
        double k = (int) (shifted >> 52);
        long reduced = bits - (shifted & 0xfff0000000000000L);
        double z = Double.longBitsToDouble(reduced);
        double inverse = Tables.LOG[i];
        double zHigh = Double.longBitsToDouble((reduced + 0x80000000L) & 0xffffffff00000000L);
        double rHigh = zHigh * inverse - 1.0; // exact
        double rLow = (z - zHigh) * inverse; // exact
        double r = rHigh + rLow;

        // log x = k ln 2 + log c + log1p(r); the two leading sums keep their rounding errors
        double base = k * LN2_HI + Tables.LOG[i + 1]; // exact
        double high = base + r;
        double low = (base - high + rHigh) + rLow + (k * LN2_LO + Tables.LOG[i + 2]);
        double r2 = r * r;
        double tail =
                r2 * (-0.5 + r * (1.0 / 3 + r * -0.25 + r2 * (0.2 + r * (-1.0 / 6) + r2 * (1.0 / 7 + r * -0.125))));
        return high + (low + tail);
    }

    /**
     * x to the power y.
     *
     * @param x any double
     * @param y any double
     * @return x^y within 1 ulp
     */
    public static double pow(double x, double y) {
        long bits = Double.doubleToRawLongBits(x);
        if (bits < SMALLEST_NORMAL || bits >= INFINITY) {
            return StrictMath.pow(x, y);
        }
        long shifted = bits - LOG_OFFSET;
        int i = (int) (shifted >>> 43) & 0x1fc;
        double k = (int) (shifted >> 52);
        long reduced = bits - (shifted & 0xfff0000000000000L);
        double z = Double.longBitsToDouble(reduced);
        double inverse = Tables.LOG[i];
        double zHigh = Double.longBitsToDouble((reduced + 0x80000000L) & 0xffffffff00000000L);
        double rHigh = zHigh * inverse - 1.0; // exact, and so is its square
        double rLow = (z - zHigh) * inverse; // exact
        double r = rHigh + rLow;

        // log x as a sum of two doubles, to about 2^-68: high takes k ln 2 + log c + r - r^2/2
        double base = k * LN2_HI + Tables.LOG[i + 1]; // exact
        double sum = base + r;
        double low1 = k * LN2_LO + Tables.LOG[i + 2];
        double low2 = base - sum + rHigh + rLow;
        double half = -0.5 * r;
        double halfHigh = -0.5 * rHigh;
        double square = rHigh * halfHigh; // exact
        double high = sum + square;
        double low3 = rLow * (half + halfHigh);
        double low4 = sum - high + square;
        double r2 = r * r;
        double tail = r * r2 * (1.0 / 3 + r * -0.25 + r2 * (0.2 + r * (-1.0 / 6) + r2 * (1.0 / 7 + r * -0.125)));
        double low = low1 + low2 + low3 + low4 + tail;
        double logHigh = high + low;
        double logLow = high - logHigh + low;

        // y log x as a sum of two doubles
        double yUpper = Double.longBitsToDouble(Double.doubleToRawLongBits(y) & (-1L << 27));
        double logUpper = Double.longBitsToDouble(Double.doubleToRawLongBits(logHigh) & (-1L << 27));
        double product = yUpper * logUpper; // exact
        double rest = (y - yUpper) * logUpper + y * (logHigh - logUpper + logLow);
        if (!(Math.abs(product) < LARGEST_EXPONENT)) {
            return StrictMath.pow(x, y);
        }
        return expOfSum(product, rest);
    }

    /** e^(x + low) for |x| below 700 and a low part that is small beside 1. */
    private static double expOfSum(double x, double low) {
        double shifted = x * N_OVER_LN2 + ROUND;
        long k = Double.doubleToRawLongBits(shifted);
        double whole = shifted - ROUND;
        double r = x - whole * LN2_OVER_N_HI - whole * LN2_OVER_N_LO + low;
        int i = ((int) k << 1) & 0xfe;
        double tail = Double.longBitsToDouble(Tables.EXP[i]);
        double scale = Double.longBitsToDouble(Tables.EXP[i + 1] + (k << 45));
        double r2 = r * r;
        double rest = tail + r + r2 * (0.5 + r * (1.0 / 6)) + r2 * r2 * (1.0 / 24 + r * (1.0 / 120));
        return scale + scale * rest;
    }
}
