package dev.devmentor.clientcrypto;

import dev.devmentor.clientcrypto.CryptoFailed.Why;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes texts of different lengths look alike: 4 bytes of length, the text, zeros up to the next size. */
final class Padding {
    /** So that nonce, ciphertext and tag are 64 KiB at most. */
    static final int LARGEST = 65_536 - Box.OVERHEAD;

    private static final int LENGTH_BYTES = 4;
    private static final int SMALLEST = 256;

    private Padding() {}

    /** @throws IllegalArgumentException if the text is too long for an entry */
    static byte[] pad(byte[] text) {
        int needed = LENGTH_BYTES + text.length;
        if (needed > LARGEST) {
            throw new IllegalArgumentException("an entry has at most " + (LARGEST - LENGTH_BYTES) + " bytes");
        }
        int size = SMALLEST;
        while (size < needed) {
            size *= 2;
        }
        ByteBuffer padded = ByteBuffer.allocate(Math.min(size, LARGEST));
        padded.putInt(text.length).put(text);
        return padded.array();
    }

    static byte[] unpad(byte[] padded) throws CryptoFailed {
        int length = padded.length < LENGTH_BYTES ? -1 : ByteBuffer.wrap(padded).getInt();
        if (length < 0 || length > padded.length - LENGTH_BYTES) {
            throw new CryptoFailed(Why.UNREADABLE, "the length of an entry is not one");
        }
        return Arrays.copyOfRange(padded, LENGTH_BYTES, LENGTH_BYTES + length);
    }
}
