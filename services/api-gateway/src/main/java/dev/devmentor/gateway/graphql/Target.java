package dev.devmentor.gateway.graphql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds path and query of a read; every value is encoded, so that none can reach another path. */
final class Target {
    private final StringBuilder text;
    private char separator = '?';

    private Target(String path) {
        text = new StringBuilder(path);
    }

    /** @param path fixed and encoded */
    static Target of(String path) {
        return new Target(path);
    }

    /** Adds a segment. */
    Target segment(String value) {
        // A segment of dots alone would be resolved on the way.
        String dots = value.equals(".") || value.equals("..") ? value.replace(".", "%2E") : encode(value);
        text.append('/').append(dots);
        return this;
    }

    /** Adds a parameter; null leaves it out. */
    Target with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(separator).append(name).append('=').append(encode(value.toString()));
            separator = '&';
        }
        return this;
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
