package dev.devmentor.documents.reading;

import dev.devmentor.documents.Format;
import dev.devmentor.documents.Refusal;
import dev.devmentor.documents.RefusedException;
import java.nio.charset.StandardCharsets;

/** Tells formats by their first bytes; names and media types are only what somebody says. */
final class Magic {
    /** ISO 32000-1, appendix H.3.4.1: readers accept the header within the first 1024 bytes. */
    private static final int PDF_HEADER_WITHIN = 1024;

    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};
    /** Compound files: Word before 2007, and DOCX with a password ([MS-OFFCRYPTO]). */
    private static final byte[] COMPOUND = {
        (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };

    private static final byte[] ENCRYPTED_PACKAGE = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
    private static final byte[] RTF = "{\\rtf".getBytes(StandardCharsets.US_ASCII);

    private Magic() {}

    /**
     * The format; text if it is none of the others.
     *
     * @throws RefusedException if it is one that is not read
     */
    static Format of(byte[] bytes) {
        if (at(bytes, 0, ZIP) || at(bytes, 0, EMPTY_ZIP)) {
            return Format.DOCX;
        }
        if (at(bytes, 0, COMPOUND)) {
            throw new RefusedException(
                    contains(bytes, ENCRYPTED_PACKAGE, bytes.length) ? Refusal.ENCRYPTED : Refusal.UNSUPPORTED);
        }
        if (at(bytes, 0, RTF)) {
            throw new RefusedException(Refusal.UNSUPPORTED);
        }
        return contains(bytes, PDF, PDF_HEADER_WITHIN) ? Format.PDF : Format.TEXT;
    }

    static boolean contains(byte[] bytes, byte[] what, int within) {
        for (int i = 0; i < Math.min(within, bytes.length); i++) {
            if (at(bytes, i, what)) {
                return true;
            }
        }
        return false;
    }

    static boolean at(byte[] bytes, int from, byte[] what) {
        if (from < 0 || bytes.length - from < what.length) {
            return false;
        }
        for (int i = 0; i < what.length; i++) {
            if (bytes[from + i] != what[i]) {
                return false;
            }
        }
        return true;
    }
}
