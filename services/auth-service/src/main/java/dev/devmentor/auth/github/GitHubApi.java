package dev.devmentor.auth.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.devmentor.auth.github.GitHubException.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * GitHub, as docs.github.com says under "Authorizing OAuth apps" and "REST API endpoints for users". It answers errors of the token
 * endpoint with 200.
 */
@ApplicationScoped
class GitHubApi {
    private static final Logger LOG = Logger.getLogger(GitHubApi.class);
    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final int LONGEST_TOKEN = 1_000;
    private static final int LONGEST_NAME = 100;

    private final GitHubConfig config;
    private final ObjectMapper json;
    private final HttpClient http;

    GitHubApi(GitHubConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @PreDestroy
    void end() {
        http.shutdownNow();
    }

    /** A token, and what it is good for: scopes with commas between. */
    record Token(String value, String scope) {
        /** Never the token. */
        @Override
        public String toString() {
            return "Token[" + scope + "]";
        }
    }

    /**
     * Who somebody is.
     *
     * @param email the primary address, if GitHub has verified it
     */
    record Profile(long id, String login, String name, Optional<String> email) {}

    /** The token of a code. */
    Token exchange(String code, String verifier, String redirectUri) throws GitHubException {
        String form = form(Map.of(
                "client_id", config.clientId().orElse(""),
                "client_secret", config.clientSecret().orElse(""),
                "code", code,
                "redirect_uri", redirectUri,
                "code_verifier", verifier));
        JsonNode answer = ask(HttpRequest.newBuilder(config.tokenUrl())
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        String error = answer.path("error").asText("");
        if (!error.isEmpty()) {
            // The code is one of a documented list; the description can say more.
            LOG.warnf("GitHub does not take a code: %s", error.replaceAll("[^a-z_]", "?"));
            throw new GitHubException(Reason.REFUSED);
        }
        String token = answer.path("access_token").asText("");
        boolean bearer = "bearer".equalsIgnoreCase(answer.path("token_type").asText(""));
        if (!bearer || token.isEmpty() || token.length() > LONGEST_TOKEN || !token.matches("[!-~]+")) {
            throw unexpected("no bearer token");
        }
        return new Token(token, answer.path("scope").asText(""));
    }

    /** Whose token it is. */
    Profile profile(Token token) throws GitHubException {
        JsonNode user = ask(api("/user", token));
        JsonNode id = user.path("id");
        String login = user.path("login").asText("");
        if (!id.isIntegralNumber() || !id.canConvertToLong() || login.isEmpty() || login.length() > LONGEST_NAME) {
            throw unexpected("no user");
        }
        JsonNode emails = ask(api("/user/emails", token));
        @Nullable String email = null;
        for (JsonNode each : emails) {
            // Booleans, not what could be taken for one.
            if (each.path("primary").isBoolean()
                    && each.path("primary").booleanValue()
                    && each.path("verified").isBoolean()
                    && each.path("verified").booleanValue()) {
                email = each.path("email").asText(null);
            }
        }
        return new Profile(id.longValue(), login, name(user.path("name").asText("")), Optional.ofNullable(email));
    }

    private static String name(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.length() > LONGEST_NAME ? "" : plain;
    }

    private HttpRequest.Builder api(String path, Token token) {
        String base = config.apiUrl().toString();
        return HttpRequest.newBuilder(URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("Authorization", "Bearer " + token.value());
    }

    private JsonNode ask(HttpRequest.Builder request) throws GitHubException {
        try {
            HttpResponse<InputStream> answer = http.send(
                    request.header("User-Agent", "DevMentor")
                            .timeout(config.patience())
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream in = answer.body()) {
                body = in.readNBytes(LARGEST_ANSWER + 1);
            }
            if (answer.statusCode() != 200) {
                throw unexpected("status " + answer.statusCode());
            }
            if (body.length > LARGEST_ANSWER) {
                throw unexpected("too much");
            }
            JsonNode node = json.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException down) {
            LOG.warnf("GitHub does not answer: %s", down.getClass().getSimpleName());
            throw new GitHubException(Reason.UNAVAILABLE);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new GitHubException(Reason.UNAVAILABLE);
        }
    }

    private static GitHubException unexpected(String what) {
        LOG.warnf("GitHub answers otherwise than documented: %s", what);
        return new GitHubException(Reason.UNAVAILABLE);
    }

    static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
