package dev.devmentor.cli.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.cli.platform.Actor;
import dev.devmentor.cli.platform.Actors;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.platform.Platform;
import dev.devmentor.cli.terminal.Failed;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The learning service over HTTP, with a token as any client has one. */
public final class LearningApi implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(10);

    private final HttpClient client;
    private final Actors actors;
    private final Actor person;
    private final String base;

    private LearningApi(Actors actors, @Nullable String learner) {
        this.actors = actors;
        this.person = actors.learner(learner);
        this.base = person.service(Platform.LEARNING);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
    }

    /** @param learner whom it is about; null for whoever is logged in, or else the demo person */
    public static LearningApi of(Home home, @Nullable String learner) {
        return new LearningApi(Actors.of(home), learner);
    }

    /** Whom it is about. */
    public Actor person() {
        return person;
    }

    /** The reviews that are due; parameters that are null are left out. */
    public JsonNode due(@Nullable Integer limit, @Nullable String at, @Nullable String skill) {
        StringBuilder query = new StringBuilder();
        append(query, "limit", limit == null ? null : String.valueOf(limit));
        append(query, "at", at);
        append(query, "skill", skill);
        return json(send(get("/api/learning/reviews/due" + query)));
    }

    /** Answers a review; the key makes a repeat of the very same call harmless. */
    public JsonNode answer(String body, @Nullable String idempotencyKey) {
        return json(send(request("/api/learning/reviews")
                .header("Content-Type", "application/json")
                .header(
                        "Idempotency-Key",
                        idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    public JsonNode progress() {
        return json(send(get("/api/learning/progress/" + encode(person.subject()))));
    }

    /** Puts a quiz together. */
    public JsonNode generateQuiz(String body) {
        return json(send(post("/api/learning/quiz/generate", body)));
    }

    /** A quiz that was put together before. */
    public JsonNode quiz(String id) {
        return json(send(get("/api/learning/quiz/" + encode(id))));
    }

    /** Grades answers to a quiz; repeating the very same call changes nothing. */
    public JsonNode submitQuiz(String body) {
        return json(send(post("/api/learning/quiz/submit", body)));
    }

    /** The cognitive load of the session under way, with the break that it proposes. */
    public JsonNode load() {
        return json(send(get("/api/learning/load")));
    }

    /**
     * Starts to import a file.
     *
     * @return the import as it is then
     */
    public JsonNode startImport(Path file, boolean dryRun, boolean shiftToNow) {
        try {
            return json(send(request("/api/learning/imports?dryRun=" + dryRun + "&shiftToNow=" + shiftToNow)
                    .timeout(TRANSFER_LIMIT)
                    .header("Content-Type", "application/octet-stream")
                    .POST(HttpRequest.BodyPublishers.ofFile(file))
                    .build()));
        } catch (FileNotFoundException e) {
            throw new Failed("there is no file " + file, e);
        }
    }

    /** An import as it is now. */
    public JsonNode importOf(String id) {
        return json(send(get("/api/learning/imports/" + encode(id))));
    }

    /** Everything that is kept of a learner, into a file that does not exist or is overwritten. */
    public void export(String format, Path into) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/learning/export?format=" + encode(format)))
                .timeout(TRANSFER_LIMIT)
                .header("Accept", "*/*")
                .header("Authorization", "Bearer " + person.token())
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw refused(
                            response.statusCode(), new String(body.readNBytes(64 * 1024), StandardCharsets.UTF_8));
                }
                Files.copy(body, into, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (FileSystemException e) {
            throw new Failed("cannot write " + into + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted", e);
        }
    }

    /** Recomputes all state; a line of JSON for every step, the last with {@code done}. The caller closes the stream. */
    public Stream<String> verify() {
        return verify("the learning service", Platform.LEARNING, "/api/learning/verify");
    }

    /** The same of what was learned from what people did: of the PBML service. */
    public Stream<String> verifyPatterns() {
        return verify("the PBML service", Platform.PBML, "/api/pbml/verify");
    }

    private Stream<String> verify(String service, String name, String path) {
        Actor operator = actors.operator();
        String address = operator.service(name) + path;
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + operator.token())
                .header("Accept", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<Stream<String>> response = client.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                try (Stream<String> lines = response.body()) {
                    throw refused(service, response.statusCode(), lines.collect(Collectors.joining("\n")));
                }
            }
            return response.body();
        } catch (IOException e) {
            throw new Failed(
                    service + " does not answer at " + address + " (is it running? scripts/devmentor status)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted", e);
        }
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Failed("the learning service answered with something that is no JSON: " + excerpt(text), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest get(String path) {
        return request(path).GET().build();
    }

    private HttpRequest post(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + person.token());
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw refused(response.statusCode(), response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted", e);
        }
    }

    private Failed silent(IOException cause) {
        return new Failed(
                "the learning service does not answer at " + base + " (is it running? scripts/devmentor status)",
                cause);
    }

    /** A problem of RFC 9457 in one line. */
    static Failed refused(int status, String body) {
        return refused("the learning service", status, body);
    }

    private static Failed refused(String service, int status, String body) {
        String said = "";
        try {
            JsonNode problem = JSON.readTree(body);
            said = Stream.of(
                            problem.path("title").asText(""),
                            problem.path("detail").asText(""))
                    .filter(text -> !text.isBlank())
                    .collect(Collectors.joining(": "));
        } catch (JsonProcessingException e) {
            said = excerpt(body);
        }
        Map<Integer, String> meanings = Map.of(
                401, "the token was not accepted", 403, "not allowed", 404, "not found", 429, "too many requests");
        String meaning = said.isBlank() ? meanings.getOrDefault(status, "no reason given") : said;
        return new Failed(service + " answered " + status + ": " + meaning);
    }

    private static JsonNode json(String body) {
        return parse(body);
    }

    private static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 120 ? line : line.substring(0, 117) + "...";
    }

    private static void append(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encode(value));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
