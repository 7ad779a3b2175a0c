package dev.devmentor.clientcrypto;

import java.io.IOException;

/** Where access tokens come from. */
@FunctionalInterface
public interface AccessTokenSource {
    /** A token that is good for the next minute at least. */
    String accessToken() throws IOException, InterruptedException;
}
