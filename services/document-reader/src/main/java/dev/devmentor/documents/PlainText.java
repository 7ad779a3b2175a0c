package dev.devmentor.documents;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Finds out how a plain text is encoded: a byte order mark decides; then UTF-8 if it is valid; then UTF-16 if every
 * other byte is mostly zero; else Windows-1252, the superset of Latin-1 that programs mean when they say Latin-1.
 */
public final class PlainText {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    /** Of a text in a one-byte encoding, at most one in so many characters may be a control character. */
    private static final int TEXT_PER_CONTROL = 100;

    private PlainText() {}

    /** Reads a plain text; refused if it is none. */
    public static Outcome read(byte[] bytes, DocumentLimits limits) {
        if (bytes.length > limits.bytes()) {
            return new Outcome.Refused(Refusal.TOO_LARGE);
        }
        try {
            return TextLines.of(decode(bytes), limits);
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.reason());
        }
    }

    /**
     * The text.
     *
     * @throws RefusedException {@link Refusal#UNSUPPORTED} if it is no text
     */
    public static String decode(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return strict(bytes, 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return strict(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return strict(bytes, 2, StandardCharsets.UTF_16BE);
        }
        int[] zeros = new int[2];
        int controls = 0;
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xFF;
            zeros[i & 1] += c == 0 ? 1 : 0;
            controls += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' ? 1 : 0;
        }
        if (zeros[0] + zeros[1] > 0) {
            return utf16(bytes, zeros);
        }
        if (controls * TEXT_PER_CONTROL > bytes.length) {
            throw new RefusedException(Refusal.UNSUPPORTED);
        }
        try {
            return decode(bytes, 0, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, WINDOWS_1252);
        }
    }

    /** What is UTF-8; refused as broken if it is not. */
    static String utf8(byte[] bytes) {
        return strict(bytes, 0, StandardCharsets.UTF_8);
    }

    private static String utf16(byte[] bytes, int[] zeros) {
        // Western text has a zero in most pairs, always on the same side.
        int pairs = bytes.length / 2;
        if (bytes.length % 2 == 0 && zeros[1] * 2 > pairs && zeros[0] * 20 < pairs) {
            return strict(bytes, 0, StandardCharsets.UTF_16LE);
        }
        if (bytes.length % 2 == 0 && zeros[0] * 2 > pairs && zeros[1] * 20 < pairs) {
            return strict(bytes, 0, StandardCharsets.UTF_16BE);
        }
        throw new RefusedException(Refusal.UNSUPPORTED);
    }

    private static String strict(byte[] bytes, int from, Charset charset) {
        try {
            return decode(bytes, from, charset);
        } catch (CharacterCodingException broken) {
            throw new RefusedException(Refusal.BROKEN);
        }
    }

    private static String decode(byte[] bytes, int from, Charset charset) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                .toString();
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
