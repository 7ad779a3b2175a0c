package dev.devmentor.clientcrypto;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How requests reach the server; this module opens no connection itself. */
@FunctionalInterface
public interface Http {
    /**
     * What the server answered.
     *
     * @param body JSON, or empty
     */
    record Answer(int status, String body) {}

    /**
     * Sends a request.
     *
     * @param path with its query, beginning with a slash
     * @param bearer access token; null for routes that need none
     * @param json body; null without
     */
    Answer send(String method, String path, @Nullable String bearer, @Nullable String json)
            throws IOException, InterruptedException;
}
