package dev.devmentor.gateway.graphql;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.devmentor.gateway.status.BackendClient;
import dev.devmentor.gateway.status.BackendClient.Answer;
import dev.devmentor.gateway.status.BackendClient.Call;
import dev.devmentor.gateway.status.BackendFailed;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.RequestScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one GraphQL request reads from services, as its caller. The same read is made once, however many fields want it, and
 * whether they ask at the same time or one after the other.
 */
@RequestScoped
class Reads {
    private static final int OK = 200;
    private static final int LONGEST_MESSAGE = 300;

    private final BackendClient client;
    private final ObjectMapper mapper;
    private final SecurityIdentity identity;
    private final GraphqlConfig config;
    private final Map<Key, Uni<byte[]>> made = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    Reads(BackendClient client, ObjectMapper mapper, SecurityIdentity identity, GraphqlConfig config) {
        this.client = client;
        this.mapper = mapper;
        this.identity = identity;
        this.config = config;
    }

    private record Key(
            String service, String target, @Nullable String body) {}

    /** The caller's id: the token's {@code sub}. */
    String person() {
        return identity.getPrincipal().getName();
    }

    /** Reads by GET; fails with {@link ReadFailed}. */
    <T> Uni<T> get(String service, Target target, Class<T> type) {
        return read(new Key(service, target.toString(), null), type);
    }

    /** Reads by a POST that changes nothing; fails with {@link ReadFailed}. */
    <T> Uni<T> post(String service, Target target, Map<String, @Nullable Object> body, Class<T> type) {
        SortedMap<String, Object> given = new TreeMap<>();
        body.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        try {
            return read(new Key(service, target.toString(), mapper.writeValueAsString(given)), type);
        } catch (IOException e) {
            throw new IllegalStateException("a request that is no JSON", e);
        }
    }

    private <T> Uni<T> read(Key key, Class<T> type) {
        ObjectReader reader = mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return made.computeIfAbsent(key, this::make).flatMap(body -> {
            try {
                T value = reader.readValue(body);
                if (value != null) {
                    return Uni.createFrom().item(value);
                }
            } catch (IOException e) {
                // said below
            }
            return Uni.createFrom()
                    .failure(new ReadFailed(
                            key.service, "bad-upstream-answer", 502, key.service + ": it gave no proper answer"));
        });
    }

    private Uni<byte[]> make(Key key) {
        if (count.incrementAndGet() > config.maxReads()) {
            return Uni.createFrom()
                    .failure(new ReadFailed(
                            key.service,
                            "query-too-large",
                            400,
                            "one request asks services at most " + config.maxReads() + " times"));
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        AccessTokenCredential token = identity.getCredential(AccessTokenCredential.class);
        if (token != null) {
            headers.put("Authorization", "Bearer " + token.getToken());
        }
        byte[] body = key.body == null ? null : key.body.getBytes(StandardCharsets.UTF_8);
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        Call call = new Call(
                body == null ? HttpMethod.GET : HttpMethod.POST,
                key.target,
                headers,
                body,
                config.timeout(),
                config.maxAnswerBytes());
        return client.ask(key.service, call)
                .onFailure(BackendFailed.class)
                .transform(failure -> failed(key.service, (BackendFailed) failure))
                .flatMap(answer -> answer.status() == OK
                        ? Uni.createFrom().item(answer.body())
                        : Uni.createFrom().failure(refused(key.service, answer)))
                .memoize()
                .indefinitely();
    }

    private static ReadFailed failed(String service, BackendFailed failure) {
        String message = service + ": " + failure.getMessage();
        return switch (failure.kind()) {
            case NO_INSTANCE, UNREACHABLE -> new ReadFailed(service, "unavailable", 503, message);
            case TIMEOUT -> new ReadFailed(service, "upstream-timeout", 504, message);
            case BROKEN, TOO_LARGE -> new ReadFailed(service, "bad-upstream-answer", 502, message);
        };
    }

    /** What a service says itself is passed on: its problems are made to be shown. */
    private ReadFailed refused(String service, Answer answer) {
        if (answer.status() >= 400) {
            try {
                JsonNode problem = mapper.readTree(answer.body());
                String type = problem.path("type").asText();
                String name = type.substring(type.lastIndexOf('/') + 1);
                String said =
                        problem.path("detail").asText(problem.path("title").asText());
                if (!name.isEmpty() && !said.isEmpty()) {
                    String message = said.substring(0, Math.min(said.length(), LONGEST_MESSAGE));
                    return new ReadFailed(service, name, answer.status(), service + ": " + message);
                }
            } catch (IOException e) {
                // said below
            }
        }
        String name = switch (answer.status()) {
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 429 -> "rate-limited";
            case 503 -> "unavailable";
            default -> "bad-upstream-answer";
        };
        return new ReadFailed(service, name, answer.status(), service + ": it answered " + answer.status());
    }
}
