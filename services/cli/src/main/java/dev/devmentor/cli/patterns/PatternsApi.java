package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.platform.Actor;
import dev.devmentor.cli.platform.Actors;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.platform.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The PBML service over HTTP, with a token as any client has one. No answer takes more than two seconds. */
final class PatternsApi implements AutoCloseable {
    /** Observations of one call. */
    static final int BATCH = 200;

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int ANSWER = 1 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;
    private final String base;
    private final Supplier<String> token;

    /**
     * @param base address without a slash at the end
     * @param token makes a bearer token
     */
    PatternsApi(String base, Supplier<String> token) {
        this.base = base;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
    }

    /** The service of the platform in a data directory; empty if there never was a platform, or one without the service. */
    static Optional<PatternsApi> of(Home home, @Nullable String learner) {
        if (!home.hasPlatform()) {
            return Optional.empty();
        }
        Actor person = Actors.of(home, LIMIT).learner(learner);
        return Optional.of(new PatternsApi(person.service(Platform.PBML), person::token));
    }

    /** The service does not want what it was sent; sending it again would change nothing. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** A pattern of the service that an error matches. */
    record Match(String how, String pattern, String title, long support, String lastSeen, List<String> fixedBy) {
        Match {
            fixedBy = List.copyOf(fixedBy);
        }
    }

    /**
     * Tells observations; those that were told before change nothing.
     *
     * @return the ids that the service has now
     * @throws IOException when it does not answer, or is in trouble itself
     */
    List<String> capture(ArrayNode observations) throws IOException, Refused {
        ObjectNode body = JSON.createObjectNode();
        body.set("observations", observations);
        JsonNode answer = post("/api/pbml/patterns/capture", body);
        List<String> captured = new ArrayList<>();
        for (JsonNode one : answer.path("captured")) {
            captured.add(one.path("observationId").asText());
        }
        return captured;
    }

    /** What the service knows of an error, the best match first. */
    List<Match> match(String text, String repository) throws IOException, Refused {
        ObjectNode body = JSON.createObjectNode().put("text", text);
        if (!repository.isEmpty()) {
            body.put("repository", repository);
        }
        List<Match> matches = new ArrayList<>();
        for (JsonNode one : post("/api/pbml/patterns/match", body).path("matches")) {
            List<String> files = new ArrayList<>();
            one.path("fixes").path(0).path("changedFiles").forEach(file -> files.add(safe(file.asText())));
            JsonNode pattern = one.path("pattern");
            matches.add(new Match(
                    one.path("how").asText(),
                    safe(pattern.path("id").asText()),
                    safe(pattern.path("title").asText()),
                    pattern.path("support").asLong(),
                    pattern.path("lastSeen").asText(),
                    files));
        }
        return matches;
    }

    /** What others wrote must not speak to this terminal. */
    private static String safe(String text) {
        return Texts.cutEnd(AnsiText.strip(text.replace('\n', ' ')), Finding.TITLE);
    }

    private JsonNode post(String path, ObjectNode body) throws IOException, Refused {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token.get())
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                String text = new String(in.readNBytes(ANSWER), StandardCharsets.UTF_8);
                int status = response.statusCode();
                if (status / 100 == 4 && status != 429) {
                    throw new Refused("the pbml service answered " + status + reason(text));
                }
                if (status / 100 != 2) {
                    throw new IOException("the pbml service answered " + status);
                }
                return JSON.readTree(text);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String reason(String text) throws IOException {
        if (!text.startsWith("{")) {
            return "";
        }
        JsonNode problem = JSON.readTree(text);
        String title = safe(problem.path("title").asText());
        String detail = safe(problem.path("detail").asText());
        return (title.isEmpty() ? "" : ": " + title) + (detail.isEmpty() ? "" : ": " + detail);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
