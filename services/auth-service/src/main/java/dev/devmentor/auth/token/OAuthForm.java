package dev.devmentor.auth.token;

import dev.devmentor.auth.client.ClientAuthentication;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parameters of a request to an OAuth endpoint; each at most once (RFC 6749 3.2). */
public final class OAuthForm implements TokenGrant.Form {
    private static final int LONGEST_VALUE = 4_096;
    private static final int MOST = 100;

    private final Map<String, List<String>> values;

    private OAuthForm(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * What a body says.
     *
     * @param body {@code application/x-www-form-urlencoded}; null without one
     * @throws OAuthException {@code invalid_request} if it is none
     */
    public static OAuthForm of(@Nullable String body) {
        Map<String, List<String>> values = new HashMap<>();
        String[] pairs = body == null ? new String[0] : body.split("&", MOST + 1);
        if (pairs.length > MOST) {
            throw OAuthException.of("invalid_request", "these are more parameters than any request has");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                values.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new OAuthForm(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw OAuthException.of("invalid_request", "a % stands before two hexadecimal digits");
        }
    }

    @Override
    public @Nullable String optional(String name) {
        List<String> given = values.get(name);
        if (given == null) {
            return null;
        }
        if (given.size() > 1) {
            throw OAuthException.of("invalid_request", "'" + name + "' is there more than once");
        }
        String value = given.getFirst();
        if (value.length() > LONGEST_VALUE) {
            throw OAuthException.of("invalid_request", "'" + name + "' is too long");
        }
        return value.isEmpty() ? null : value;
    }

    @Override
    public String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw OAuthException.of("invalid_request", "'" + name + "' is missing");
        }
        return value;
    }

    /**
     * Who the program says it is; empty if it does not, or not in a form that there is.
     *
     * @param authorization the header
     * @throws OAuthException {@code invalid_request} if it says so in two ways (RFC 6749 2.3 and 5.2)
     */
    public Optional<ClientAuthentication.Shown> client(@Nullable String authorization) {
        String secret = optional("client_secret");
        if (secret != null && ClientAuthentication.isBasic(authorization)) {
            throw OAuthException.of(
                    "invalid_request",
                    "the client's secret is in Authorization and in the form; one of them is enough");
        }
        return ClientAuthentication.of(authorization, optional("client_id"), secret);
    }
}
