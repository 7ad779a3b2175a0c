package dev.devmentor.cli.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The auth service over HTTP, itself or behind the gateway: OAuth 2.0 (RFC 6749), device flow (RFC 8628), revocation (RFC
 * 7009), token exchange (RFC 8693). A request that may use a token up is sent once and never repeated here.
 */
public final class AuthApi {
    /** The public client that the command line is. */
    static final String CLIENT = "devmentor-cli";

    private static final String LAUNCHER = "launcher";
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String EXCHANGE_GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final int ANSWER = 64 * 1024;
    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;
    private final String base;
    private final String name;
    private final Duration limit;

    /**
     * @param base address without a slash at the end
     * @param name of what answers there, for messages
     * @param limit of one answer
     */
    public AuthApi(String base, String name, Duration limit) {
        this.base = base;
        this.name = name;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit.compareTo(CONNECTING) < 0 ? limit : CONNECTING)
                .build();
    }

    /** Where it is. */
    public String base() {
        return base;
    }

    /** What answers there, for messages. */
    public String name() {
        return name;
    }

    /** Begins a device flow. */
    public DeviceCode startDevice() {
        Answer answer = post("/api/auth/device_authorization", Map.of("client_id", CLIENT), null);
        if (answer.status() != 200) {
            throw refused("a login by code was refused", answer.refusal());
        }
        JsonNode json = answer.json();
        String uri = json.path("verification_uri").asText();
        long seconds = json.path("expires_in").asLong();
        DeviceCode code = new DeviceCode(
                json.path("device_code").asText(),
                json.path("user_code").asText(),
                uri,
                json.path("verification_uri_complete").asText(uri),
                Duration.ofSeconds(seconds),
                // RFC 8628, section 3.2: without an interval it is 5 seconds.
                Duration.ofSeconds(Math.max(1, json.path("interval").asLong(5))));
        if (code.code().isEmpty() || code.userCode().isEmpty() || uri.isEmpty() || seconds <= 0) {
            throw new Failed(name + " answered a login by code with something else (" + base + ")");
        }
        return code;
    }

    /** Asks once whether the person has agreed. */
    public TokenAnswer pollDevice(DeviceCode code) {
        Map<String, String> form = form("grant_type", DEVICE_GRANT);
        form.put("device_code", code.code());
        form.put("client_id", CLIENT);
        return token(form, null);
    }

    /** Uses the refresh token of a login up. */
    TokenAnswer refresh(Login login) {
        Map<String, String> form = form("grant_type", "refresh_token");
        form.put("refresh_token", login.refreshToken());
        form.put("client_id", login.client());
        return token(form, null);
    }

    /** A token for anybody, for the launcher of a laptop alone. */
    public TokenAnswer exchange(String launcherSecret, String subject, String role) {
        Map<String, String> form = form("grant_type", EXCHANGE_GRANT);
        form.put("requested_subject", subject);
        form.put("roles", role);
        String basic = LAUNCHER + ":" + launcherSecret;
        return token(form, "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A login by mail address and password.
     *
     * @param code of the second factor; null without
     */
    TokenAnswer password(String email, String password, @Nullable String code) {
        ObjectNode body = JSON.createObjectNode().put("email", email).put("password", password);
        if (code != null) {
            body.put("code", code);
        }
        return answer(send(request("/api/auth/login", null)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build()));
    }

    /** Ends a login. That the token was not known any more is no failure (RFC 7009, section 2.2). */
    void revoke(Login login) {
        Map<String, String> form = form("token", login.refreshToken());
        form.put("token_type_hint", "refresh_token");
        form.put("client_id", login.client());
        Answer answer = post("/api/auth/revoke", form, null);
        if (answer.status() / 100 != 2) {
            throw refused("the login was not ended there", answer.refusal());
        }
    }

    /** What is known of whom a token is for, as {@code GET /api/auth/me} says. */
    public JsonNode me(String accessToken) {
        Answer answer =
                send(request("/api/auth/me", "Bearer " + accessToken).GET().build());
        if (answer.status() == 401) {
            throw new Failed("the login has ended, there or by a change of the password (scripts/devmentor login)");
        }
        if (answer.status() != 200) {
            throw refused("who you are was not said", answer.refusal());
        }
        return answer.json();
    }

    /** A refusal as a failure in one line. */
    Failed refused(String what, TokenAnswer.Refused refusal) {
        String said = refusal.description().isBlank() ? refusal.error() : refusal.description();
        String wait = refusal.retryAfter().isZero()
                ? ""
                : " (try again in " + refusal.retryAfter().toSeconds() + " s)";
        return new Failed(
                what + ": " + name + " answered " + refusal.status() + (said.isBlank() ? "" : ": " + said) + wait);
    }

    private static Map<String, String> form(String name, String value) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put(name, value);
        return form;
    }

    private TokenAnswer token(Map<String, String> form, @Nullable String authorization) {
        return answer(post("/api/auth/token", form, authorization));
    }

    private TokenAnswer answer(Answer answer) {
        if (answer.status() != 200) {
            return answer.refusal();
        }
        String access = answer.json().path("access_token").asText();
        if (access.isEmpty()) {
            throw new Failed(name + " answered with no token (" + base + ")");
        }
        String refresh = answer.json().path("refresh_token").asText();
        return new TokenAnswer.Granted(
                access,
                refresh.isEmpty() ? null : refresh,
                Duration.ofSeconds(Math.max(0, answer.json().path("expires_in").asLong())));
    }

    private Answer post(String path, Map<String, String> form, @Nullable String authorization) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path, authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit)
                .header("Accept", "application/json")
                .header("User-Agent", "devmentor");
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private record Answer(int status, JsonNode json, Duration retryAfter) {
        TokenAnswer.Refused refusal() {
            String type = json.path("type").asText();
            String error = json.path("error").asText(type.substring(type.lastIndexOf('/') + 1));
            String description = json.path("error_description")
                    .asText(json.path("detail").asText(json.path("title").asText()));
            return new TokenAnswer.Refused(status, error, oneLine(description), retryAfter);
        }
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                String text = new String(in.readNBytes(ANSWER), StandardCharsets.UTF_8);
                Duration retryAfter = Duration.ofSeconds(response.headers()
                        .firstValue("Retry-After")
                        .filter(value -> value.matches("\\d{1,6}"))
                        .map(Long::parseLong)
                        .orElse(0L));
                Answer answer = new Answer(response.statusCode(), json(text), retryAfter);
                if (answer.status() >= 500) {
                    throw refused("nothing was done", answer.refusal());
                }
                return answer;
            }
        } catch (IOException e) {
            throw new Failed(name + " does not answer at " + base + " (is it running? scripts/devmentor status)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted", e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // the status says enough
        }
    }

    /** What another one wrote must not speak to this terminal. */
    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 197) + "...";
    }
}
