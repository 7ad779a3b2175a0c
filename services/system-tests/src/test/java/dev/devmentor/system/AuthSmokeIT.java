package dev.devmentor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.testkit.Conditions;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The auth service as it is shipped lets people and programs in, and ends what it began. */
class AuthSmokeIT {
    private static final String SECRET = "a-secret-of-tests-alone-0123456789abcdef";
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String PASSWORD = "a demo password of tests alone";
    private static final String LOGIN = "{\"email\":\"demo@devmentor.local\",\"password\":\"" + PASSWORD + "\"}";
    private static final int LOGINS = 20;

    @Test
    void theShippedServiceLetsPeopleAndProgramsIn() throws Exception {
        try (SmokedService service = new SmokedService(
                "auth-service",
                List.of("user.erasure-completed"),
                List.of("user.registered", "user.erased"),
                (platform, settings) -> settings.with("DEVMENTOR_AUTH_ISSUER", settings.url())
                        .with("QUARKUS_OIDC_AUTH_SERVER_URL", settings.url())
                        .with("QUARKUS_REDIS_HOSTS", platform.redis().url())
                        .with("DEVMENTOR_AUTH_TOKENS_KEY_ENCRYPTION_KEY", KEY)
                        .with("DEVMENTOR_AUTH_AUDIT_KEY", KEY)
                        .with("DEVMENTOR_AUTH_SECRET_KEY", KEY)
                        .with("DEVMENTOR_AUTH_DEMO_PASSWORD", PASSWORD)
                        .with("DEVMENTOR_AUTH_CLIENTS__LAUNCHER__SECRET", SECRET))) {
            documents(service);
            String refreshToken = aLoginIsRenewedOnceByEachRefreshToken(service);
            JsonNode login = service.post("/api/auth/login", null, LOGIN, 200);
            String token = login.path("access_token").asText();
            theDeviceFlow(service, token);
            everyFeatureAnswers(service, token);
            aSecondFactorIsBegun(service, token);
            assertThat(form(service, refresh(refreshToken)).path("error").asText())
                    .isEqualTo("invalid_grant");
            for (int i = 0; i < LOGINS; i++) {
                service.post("/api/auth/login", null, LOGIN, 200);
            }
            service.report(service.residentMiB(), LOGINS);
        }
    }

    private static void documents(SmokedService service) throws Exception {
        assertThat(service.get("/health", null).path("status").asText()).isEqualTo("up");
        JsonNode discovery = service.get("/.well-known/openid-configuration", null);
        assertThat(discovery.path("jwks_uri").asText()).endsWith("/api/auth/jwks");
        assertThat(service.get("/api/auth/jwks", null).path("keys")).isNotEmpty();
        assertThat(service.send("GET", "/api/auth/me", null, null).statusCode()).isEqualTo(401);
        // There is no way in by GitHub unless it is set up.
        JsonNode github = service.get("/api/auth/github/status", null);
        assertThat(github.path("enabled").asBoolean(true)).isFalse();
    }

    /** @return a refresh token that has been used up */
    private static String aLoginIsRenewedOnceByEachRefreshToken(SmokedService service) throws Exception {
        assertThat(service.send("POST", "/api/auth/login", null, LOGIN.replace(PASSWORD, "not this one"))
                        .statusCode())
                .isEqualTo(401);
        JsonNode login = service.post("/api/auth/login", null, LOGIN, 200);
        JsonNode me = service.get("/api/auth/me", login.path("access_token").asText());
        assertThat(me.path("id").asText()).isEqualTo("demo");
        String first = login.path("refresh_token").asText();
        JsonNode renewed = form(service, refresh(first));
        assertThat(renewed.path("access_token").asText().split("\\.")).hasSize(3);
        assertThat(renewed.path("refresh_token").asText()).isNotEmpty().isNotEqualTo(first);
        return first;
    }

    private static Map<String, String> refresh(String token) {
        return Map.of("grant_type", "refresh_token", "client_id", "devmentor-web", "refresh_token", token);
    }

    private static void theDeviceFlow(SmokedService service, String person) throws Exception {
        JsonNode device =
                SmokedService.JSON.readTree(send(service, "device_authorization", Map.of("client_id", "devmentor-cli"))
                        .body());
        Map<String, String> poll = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                "devmentor-cli",
                "device_code",
                device.path("device_code").asText());
        assertThat(form(service, poll).path("error").asText()).isEqualTo("authorization_pending");
        String decision = "{\"userCode\":\"" + device.path("user_code").asText() + "\",\"approve\":true}";
        assertThat(service.send("POST", "/api/auth/device", person, decision).statusCode())
                .isBetween(200, 204);
        assertThat(subject(service, poll)).isEqualTo("demo");
    }

    /** The interval between polls is the device's to keep: the first one after it is answered. */
    private static String subject(SmokedService service, Map<String, String> poll) throws Exception {
        JsonNode[] granted = new JsonNode[1];
        Conditions.await("the token of the device", () -> {
            granted[0] = form(service, poll);
            return granted[0].has("access_token");
        });
        String payload = granted[0].path("access_token").asText().split("\\.")[1];
        return SmokedService.JSON
                .readTree(Base64.getUrlDecoder().decode(payload))
                .path("sub")
                .asText();
    }

    /** What a native executable lacks shows as a status of 500, or as an object without fields. */
    private static void aSecondFactorIsBegun(SmokedService service, String token) throws Exception {
        JsonNode begun = service.post("/api/auth/me/second-factor", token, "{}", 200);
        assertThat(begun.path("svg").asText()).startsWith("<svg");
        assertThat(begun.path("uri").asText()).contains(begun.path("secret").asText());
        JsonNode wrong = service.post("/api/auth/me/second-factor/confirm", token, "{\"code\": \"no code\"}", 401);
        assertThat(wrong.path("type").asText()).endsWith("/wrong-second-factor");
    }

    private static void everyFeatureAnswers(SmokedService service, String token) throws Exception {
        for (String path : List.of(
                "/api/auth/me",
                "/api/auth/userinfo",
                "/api/auth/sessions",
                "/auth/login",
                "/auth/device",
                "/auth/vault")) {
            HttpResponse<String> response = service.send("GET", path, token, null);
            assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
            assertThat(response.body()).as(path).hasSizeGreaterThan(10);
        }
        Map<String, String> exchange = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id",
                "launcher",
                "client_secret",
                SECRET,
                "requested_subject",
                "operator",
                "roles",
                "operator");
        String operator = form(service, exchange).path("access_token").asText();
        assertThat(service.send("GET", "/api/auth/audit", operator, null).body())
                .contains("login");
        assertThat(service.send("POST", "/api/auth/audit/verify", token, null).statusCode())
                .isEqualTo(403);
        assertThat(service.send("GET", "/q/openapi", null, null).body()).contains("/api/auth/token");
        assertThat(service.send("GET", "/metrics", null, null).body()).contains("jvm_");
    }

    private static JsonNode form(SmokedService service, Map<String, String> values) throws Exception {
        return SmokedService.JSON.readTree(send(service, "token", values).body());
    }

    private static HttpResponse<String> send(SmokedService service, String path, Map<String, String> values)
            throws Exception {
        String body = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return service.send("POST", "/api/auth/" + path, null, body, "application/x-www-form-urlencoded");
    }
}
