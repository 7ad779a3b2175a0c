package dev.devmentor.auth.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a program shows who it is: in the header (HTTP Basic) or in the form (RFC 6749 2.3.1), never in both. */
public final class ClientAuthentication {
    private ClientAuthentication() {}

    /**
     * What a program has sent.
     *
     * @param secret decoded, as RFC 6749 2.3.1 says of the header
     * @param asSent the same as it stood there: many programs, {@code curl -u} among them, encode nothing
     */
    public record Shown(
            String id, @Nullable String secret, @Nullable String asSent) {}

    /** Whether a header says who the program is. */
    public static boolean isBasic(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6);
    }

    /**
     * What was sent; empty if nothing was, if it is malformed, or if it was sent in both places.
     *
     * @param authorization the header
     */
    public static Optional<Shown> of(
            @Nullable String authorization, @Nullable String formId, @Nullable String formSecret) {
        if (authorization == null || !isBasic(authorization)) {
            return formId == null || formId.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Shown(formId, formSecret, formSecret));
        }
        if (formSecret != null) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 1) {
                return Optional.empty();
            }
            String id = decoded(pair.substring(0, colon));
            String secret = pair.substring(colon + 1);
            boolean same = formId == null || formId.equals(id);
            return same ? Optional.of(new Shown(id, decoded(secret), secret)) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** A text that was not encoded can look as if it had been, badly. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
