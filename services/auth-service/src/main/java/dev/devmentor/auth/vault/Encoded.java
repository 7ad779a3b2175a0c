package dev.devmentor.auth.vault;

import dev.devmentor.kit.problem.ProblemException;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes and ids as they come in JSON and in paths. */
final class Encoded {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Encoded() {}

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes of a text; 400 if it is not base64url or has another number of bytes. */
    static byte[] bytes(String name, @Nullable String text, int least, int most) {
        // Four characters are three bytes: what is longer is not decoded at all.
        if (text != null && text.length() <= (most + 2) / 3 * 4) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(text);
                if (bytes.length >= least && bytes.length <= most) {
                    return bytes;
                }
            } catch (IllegalArgumentException notBase64) {
                // Same answer as for another length.
            }
        }
        String length = least == most ? String.valueOf(most) : least + " to " + most;
        throw ProblemException.invalid("'" + name + "' is " + length + " bytes in base64url");
    }

    /** A point of P-256 without compression. Whether it is one of the curve is for those to see who use it. */
    static byte[] point(String name, @Nullable String text) {
        byte[] bytes = bytes(name, text, 65, 65);
        if (bytes[0] != 4) {
            throw ProblemException.invalid("'" + name + "' is a point of P-256 that begins with 04");
        }
        return bytes;
    }

    static int positive(String name, @Nullable Integer number) {
        if (number == null || number < 1) {
            throw ProblemException.invalid("'" + name + "' is a number from 1");
        }
        return number;
    }

    /** The id of a path; null if there can be nothing of that name. */
    static @Nullable UUID id(String text) {
        return UUID_FORM.matcher(text).matches() ? UUID.fromString(text) : null;
    }
}
