package dev.devmentor.clientcrypto;

import java.math.BigInteger;
import java.util.Locale;

/** Crockford's base 32: no I, L, O and U, so that nothing is misread from paper; groups of four. */
final class Base32 {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Base32() {}

    /** The number of the bytes in so many digits, in groups. */
    static String of(byte[] bytes, int digits) {
        BigInteger left = new BigInteger(1, bytes);
        StringBuilder text = new StringBuilder();
        for (int i = digits - 1; i >= 0; i--) {
            text.append(DIGITS.charAt(left.shiftRight(5 * i).intValue() & 31));
            if (i % 4 == 0 && i > 0) {
                text.append('-');
            }
        }
        return text.toString();
    }

    /** The number of a text, in whichever case and groups; -1 if it has another number of digits, or other characters. */
    static BigInteger number(String text, int digits) {
        String plain = text.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        BigInteger number = BigInteger.ZERO;
        for (char c : plain.toCharArray()) {
            int digit = DIGITS.indexOf(c);
            if (digit < 0) {
                return BigInteger.ONE.negate();
            }
            number = number.shiftLeft(5).or(BigInteger.valueOf(digit));
        }
        return plain.length() == digits ? number : BigInteger.ONE.negate();
    }
}
