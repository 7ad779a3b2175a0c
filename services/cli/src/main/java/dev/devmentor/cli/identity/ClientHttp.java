package dev.devmentor.cli.identity;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.clientcrypto.Http;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How what encrypts here reaches the auth service. */
public final class ClientHttp implements Http {
    /** Above a page of a vault: 2 MiB of ciphertext as text, and the wrapped keys. */
    private static final int ANSWER = 8 * 1024 * 1024;

    private static final Duration CONNECTING = Duration.ofSeconds(3);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .build();
    private final AuthApi auth;
    private final Duration limit;

    /** @param limit of one answer */
    public ClientHttp(AuthApi auth, Duration limit) {
        this.auth = auth;
        this.limit = limit;
    }

    @Override
    public Answer send(String method, String path, @Nullable String bearer, @Nullable String json)
            throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(auth.base() + path))
                .timeout(limit)
                .header("Accept", "application/json")
                .header("User-Agent", "devmentor")
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] body = in.readNBytes(ANSWER);
                if (in.read() != -1) {
                    throw new Failed(auth.name() + " answered with more than " + ANSWER + " bytes");
                }
                return new Answer(response.statusCode(), new String(body, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new Failed(
                    auth.name() + " does not answer at " + auth.base() + " (is it running? scripts/devmentor status)",
                    e);
        }
    }
}
