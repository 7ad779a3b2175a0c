package dev.devmentor.pbml.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.parts.issuer.TokenMinter.Claims;
import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Who may do what. The routes come from the service's own description, so that none is forgotten. */
@QuarkusTest
class SecurityIT extends HttpIT {
    private enum Role {
        NOBODY,
        LEARNER,
        OPERATOR
    }

    /**
     * What is expected of a route.
     *
     * @param role who may call it
     * @param body of a request that is well-formed
     * @param namesOwner whether its path names whose data it is about, so that somebody else's is 404
     */
    private record Route(Role role, String body, boolean namesOwner) {
        static Route open() {
            return new Route(Role.NOBODY, "", false);
        }

        static Route learner(String body) {
            return new Route(Role.LEARNER, body, false);
        }

        static Route ofOwner(String body) {
            return new Route(Role.LEARNER, body, true);
        }

        static Route operator() {
            return new Route(Role.OPERATOR, "", false);
        }
    }

    private static final Map<String, Route> ROUTES = routes();

    /** A context and a training job of the owner, where a test makes them. */
    private String theirContext = "00000000-0000-4000-8000-000000000000";

    private String theirJob = theirContext;

    /** A pattern of the owner, where a test makes one. */
    private String theirPattern = "error-00000000000000000000000000000000";

    private static Map<String, Route> routes() {
        Map<String, Route> routes = new LinkedHashMap<>();
        routes.put("GET /health", Route.open());
        routes.put("GET /personal-data", Route.learner(""));
        routes.put("GET /api/pbml/patterns", Route.learner(""));
        routes.put(
                "POST /api/pbml/patterns/capture",
                Route.learner("{\"observations\":[{\"observationId\":\"o\",\"observedAt\":\"2026-03-01T10:00:00Z\","
                        + "\"origin\":\"build\",\"status\":\"seen\",\"text\":\"x\"}]}"));
        routes.put("POST /api/pbml/patterns/match", Route.learner("{\"text\":\"x\"}"));
        routes.put("GET /api/pbml/patterns/{id}", Route.ofOwner(""));
        routes.put("PUT /api/pbml/patterns/{id}", Route.ofOwner("{\"title\":\"x\"}"));
        routes.put("DELETE /api/pbml/patterns/{id}", Route.ofOwner(""));
        routes.put("POST /api/pbml/feedback", Route.ofOwner("{\"pattern\":\"{id}\",\"helpful\":true}"));
        routes.put("GET /api/pbml/settings", Route.learner(""));
        routes.put("PUT /api/pbml/settings", Route.learner("{\"shareWithTeams\":true,\"shareWithEveryone\":false}"));
        routes.put("POST /api/pbml/verify", Route.operator());
        routes.put("POST /api/pbml/predict", Route.learner("{\"kind\":\"next-action\"}"));
        routes.put("POST /api/pbml/forget", Route.learner("{\"events\":[{\"source\":\"s\",\"id\":\"i\"}]}"));
        routes.put("GET /api/pbml/performance", Route.learner(""));
        routes.put("GET /api/pbml/models", Route.learner(""));
        routes.put("POST /api/pbml/embeddings", Route.learner("{\"input\":[\"x\"]}"));
        routes.put("GET /api/pbml/context", Route.learner(""));
        routes.put("POST /api/pbml/context/save", Route.learner("{\"data\":1}"));
        routes.put("GET /api/pbml/context/{contextId}", Route.ofOwner(""));
        routes.put("DELETE /api/pbml/context/{contextId}", Route.ofOwner(""));
        routes.put("POST /api/pbml/context/{contextId}/restore", Route.ofOwner(""));
        routes.put("POST /api/pbml/learn", Route.learner("{}"));
        routes.put("GET /api/pbml/learn/{jobId}", Route.ofOwner(""));
        routes.put("GET /api/pbml/learn/{jobId}/progress", Route.ofOwner(""));
        routes.put("DELETE /api/pbml/learn/{jobId}", Route.ofOwner(""));
        return routes;
    }

    @Test
    void everyRouteOfTheServiceHasItsExpectation() {
        JsonNode document = ok(RestAssured.get("/q/openapi?format=json"));
        List<String> documented = new ArrayList<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(documented).containsExactlyInAnyOrderElementsOf(ROUTES.keySet());
    }

    @Test
    void withoutATokenEverythingButTheOpenRoutesIsUnauthorized() {
        ROUTES.forEach((route, expected) -> {
            Response response = call(RestAssured.given(), route, expected);
            if (expected.role() == Role.NOBODY) {
                assertThat(response.statusCode()).as(route).isEqualTo(200);
            } else {
                assertUnauthorized(route, response);
            }
        });
    }

    @Test
    void whatIsOpenIsHealthProbesMetricsAndTheDescription() {
        for (String open : List.of(
                "/health",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/started",
                "/metrics",
                "/q/openapi")) {
            assertThat(RestAssured.get(open).statusCode()).as(open).isEqualTo(200);
        }
        for (String absent :
                List.of("/", "/q", "/q/dev", "/q/dev-ui", "/q/metrics", "/q/arc", "/q/info", "/api", "/api/pbml")) {
            assertThat(RestAssured.get(absent).statusCode()).as(absent).isEqualTo(404);
        }
    }

    @Test
    void aTokenThatIsNotGoodIsAsNone() {
        String good = tokens.learner("demo");
        String[] parts = good.split("\\.");
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("expired", tokens.expired());
        bad.put("signed by another key", tokens.wrongKey());
        bad.put("for another audience", tokens.wrongAudience());
        bad.put("of another issuer", tokens.wrongIssuer());
        bad.put("alg none", base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".");
        bad.put("alg None with the good signature", base64("{\"alg\":\"None\"}") + "." + parts[1] + "." + parts[2]);
        bad.put("alg HS256 under the public key", hs256(parts[1]));
        bad.put("without its signature", parts[0] + "." + parts[1] + ".");
        bad.put("cut off", good.substring(0, good.length() - 8));
        bad.put("with other claims", parts[0] + "." + base64(claims("operator")) + "." + parts[2]);
        bad.put("no JWT", "demo");
        bad.forEach((kind, token) -> ROUTES.forEach((route, expected) -> {
            if (expected.role() != Role.NOBODY) {
                assertUnauthorized(
                        kind + ": " + route,
                        call(RestAssured.given().header("Authorization", "Bearer " + token), route, expected));
            }
        }));
        assertUnauthorized(
                "Basic",
                RestAssured.given()
                        .header("Authorization", "Basic " + base64("demo:demo"))
                        .get("/api/pbml/settings"));
        assertUnauthorized("in the query", RestAssured.get("/api/pbml/settings?access_token={t}", good));
    }

    @Test
    void aRoleThatIsNotEnoughIsForbidden() {
        ROUTES.forEach((route, expected) -> {
            if (expected.role() == Role.LEARNER) {
                problem(call(asOperator(), route, expected), 403, "forbidden");
            }
            if (expected.role() == Role.OPERATOR) {
                problem(call(as("demo"), route, expected), 403, "forbidden");
            }
            if (expected.role() == Role.LEARNER || expected.role() == Role.OPERATOR) {
                problem(call(with(tokens.service()), route, expected), 403, "forbidden");
            }
        });
    }

    /** RFC 6749 3.3: a program that was given less does less. */
    @Test
    void aScopeThatIsNotEnoughIsForbidden() {
        String other = tokens.with(Claims.learner("demo").withScope("account"));
        String reads = tokens.with(Claims.learner("demo").withScope("patterns:read"));
        String writes = tokens.with(Claims.learner("demo").withScope("patterns:write"));
        ROUTES.forEach((route, expected) -> {
            if (expected.role() == Role.LEARNER && route.contains(" /api/")) {
                boolean read = route.startsWith("GET ");
                problem(call(with(other), route, expected), 403, "forbidden");
                problem(call(with(read ? writes : reads), route, expected), 403, "forbidden");
            }
        });
        assertThat(with(reads).get("/api/pbml/settings").statusCode()).isEqualTo(200);
    }

    @Test
    void somebodyElsesIsNotFound() {
        String owner = fresh("owner");
        String other = fresh("other");
        theirPattern = learn(owner, "a", 1, trace("Theirs", owner, 1)).get("id").textValue();
        theirContext = json(as(owner)
                        .body("{\"data\":1}")
                        .post("/api/pbml/context/save")
                        .asString())
                .get("contextId")
                .textValue();
        theirJob = json(as(owner)
                        .contentType("application/x-ndjson")
                        .body(utf8("{}"))
                        .post("/api/pbml/learn")
                        .asString())
                .get("id")
                .textValue();
        JsonNode before = pattern(owner, theirPattern);
        ROUTES.forEach((route, expected) -> {
            if (expected.namesOwner()) {
                Response response = call(as(other), route, expected);
                assertThat(problem(response, 404, "not-found")).doesNotContain(owner);
            }
        });
        assertThat(pattern(owner, theirPattern)).isEqualTo(before);
        ok(as(owner).get("/api/pbml/context/{id}", theirContext));
        ok(as(owner).get("/api/pbml/learn/{id}", theirJob));
    }

    @Test
    void theLongestSubjectAllowedNamesAPerson() {
        String longest = "x".repeat(64);
        learn(longest, "a", 1, "x");
        assertThat(list(longest, "scope=person").get("patterns")).hasSize(1);
    }

    private Response call(RequestSpecification request, String route, Route expected) {
        String[] methodAndPath = route.split(" ");
        String path = methodAndPath[1]
                .replace("{id}", theirPattern)
                .replace("{contextId}", theirContext)
                .replace("{jobId}", theirJob);
        if (!expected.body().isEmpty()) {
            request.contentType(path.equals("/api/pbml/learn") ? "application/x-ndjson" : "application/json")
                    .body(utf8(expected.body().replace("{id}", theirPattern)));
        }
        return request.request(methodAndPath[0], path);
    }

    private static void assertUnauthorized(String what, Response response) {
        assertThat(response.statusCode()).as(what).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).as(what).startsWith("Bearer");
        problem(response, 401, "unauthorized");
    }

    private String claims(String role) {
        return "{\"iss\":\"%s\",\"aud\":\"devmentor\",\"sub\":\"demo\",\"exp\":%d,\"roles\":[\"%s\"]}"
                .formatted(platform.issuer().url(), Instant.now().getEpochSecond() + 600, role);
    }

    private String hs256(String claims) {
        try {
            byte[] key = RestAssured.get(platform.issuer().url() + "/jwks").asByteArray();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[] {1} : key, "HmacSHA256"));
            String input = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + claims;
            return input + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
