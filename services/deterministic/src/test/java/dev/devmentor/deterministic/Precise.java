package dev.devmentor.deterministic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Exponential and logarithm by their series with 90 decimal digits: slow, and plain enough to believe. */
final class Precise {

    static final MathContext DIGITS = new MathContext(90, RoundingMode.HALF_EVEN);
    static final BigDecimal LN2 = logNearOne(BigDecimal.valueOf(2));

    private static final BigDecimal TINY = new BigDecimal("1e-95");

    private Precise() {}

    static BigDecimal exp(BigDecimal x) {
        int halvings = 12;
        BigDecimal small = x.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), DIGITS);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; term.abs().compareTo(TINY) > 0; n++) {
            term = term.multiply(small).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    static BigDecimal log(double x) {
        int exponent = Math.getExponent(x);
        double mantissa = x / Math.pow(2, exponent);
        if (mantissa > 1.4) {
            mantissa /= 2;
            exponent++;
        }
        return logNearOne(new BigDecimal(mantissa)).add(LN2.multiply(BigDecimal.valueOf(exponent), DIGITS), DIGITS);
    }

    static BigDecimal pow(double x, double y) {
        return exp(log(x).multiply(new BigDecimal(y), DIGITS));
    }

    /** How far a double is from the true value, in units of the double's last place. */
    static double ulps(double actual, BigDecimal truth) {
        return new BigDecimal(actual)
                .subtract(truth)
                .abs()
                .divide(new BigDecimal(Math.ulp(actual)), MathContext.DECIMAL64)
                .doubleValue();
    }

    /** log x = 2 artanh((x - 1) / (x + 1)). */
    private static BigDecimal logNearOne(BigDecimal x) {
        BigDecimal ratio = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), DIGITS);
        BigDecimal square = ratio.multiply(ratio, DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = ratio;
        for (int n = 1; power.abs().compareTo(new BigDecimal("1e-95")) > 0; n += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(n), DIGITS), DIGITS);
            power = power.multiply(square, DIGITS);
        }
        return sum.multiply(BigDecimal.TWO, DIGITS);
    }
}
