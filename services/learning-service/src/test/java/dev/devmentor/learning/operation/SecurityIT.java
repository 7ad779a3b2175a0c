package dev.devmentor.learning.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.parts.issuer.TokenMinter.Claims;
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
class SecurityIT extends LearningIT {
    private enum Role {
        NOBODY,
        LEARNER,
        OPERATOR,
        /** Another service, or an operator. */
        SERVICE
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

    private static final String FORM = "multipart";
    private static final Map<String, Route> ROUTES = routes();

    private String quizId = "8f3c2f0e-6a0f-4a53-9f55-0d5f4f5f6a11";
    /** A path of the owner, where a test makes one. */
    private String theirPath = "00000000-0000-8000-8000-000000000000";

    private static Map<String, Route> routes() {
        Map<String, Route> routes = new LinkedHashMap<>();
        routes.put("GET /health", Route.open());
        routes.put("GET /personal-data", Route.learner(""));
        routes.put("GET /api/learning/reviews/due", Route.learner(""));
        routes.put("POST /api/learning/reviews", Route.learner("{\"item\":\"mine\",\"grade\":3}"));
        routes.put(
                "POST /api/learning/reviews/batch", Route.learner("{\"answers\":[{\"item\":\"mine\",\"grade\":3}]}"));
        routes.put("GET /api/learning/models", Route.learner(""));
        routes.put("POST /api/learning/models/fit", Route.learner(""));
        routes.put("GET /api/learning/settings", Route.learner(""));
        routes.put("PUT /api/learning/settings", Route.learner("{}"));
        routes.put("POST /api/learning/settings/reschedules/{id}/undo", Route.learner("{}"));
        routes.put("GET /api/learning/progress/{userId}", Route.ofOwner(""));
        routes.put("GET /api/learning/cards/{itemId}", Route.ofOwner(""));
        routes.put("POST /api/learning/cards/{itemId}/actions", Route.ofOwner("{\"action\":\"suspend\"}"));
        routes.put("GET /api/learning/analytics/forecast", Route.learner(""));
        routes.put("GET /api/learning/analytics/heatmap", Route.learner(""));
        routes.put("GET /api/learning/analytics/retention", Route.learner(""));
        routes.put("GET /api/learning/analytics/calibration", Route.learner(""));
        routes.put("GET /api/learning/analytics/distribution", Route.learner(""));
        routes.put("POST /api/learning/analytics/simulate", Route.learner("{\"days\":1}"));
        routes.put("GET /api/learning/analytics/retention-advice", Route.learner(""));
        routes.put("GET /api/learning/plans", Route.learner(""));
        routes.put("POST /api/learning/plans", Route.learner("{\"kind\":\"balance\",\"dryRun\":true}"));
        routes.put("GET /api/learning/plans/{planId}", Route.ofOwner(""));
        routes.put("POST /api/learning/plans/{planId}/undo", Route.ofOwner("{}"));
        routes.put("GET /api/learning/leeches", Route.learner(""));
        routes.put("GET /api/learning/interviews", Route.learner(""));
        routes.put("POST /api/learning/interviews", Route.learner(FORM));
        routes.put("GET /api/learning/interviews/{id}", Route.ofOwner(""));
        routes.put("DELETE /api/learning/interviews/{id}", Route.ofOwner(""));
        routes.put("POST /api/learning/interviews/{id}/replan", Route.ofOwner("{}"));
        routes.put("POST /api/learning/interviews/{id}/quiz", Route.ofOwner("{}"));
        routes.put("GET /api/learning/skills/{userId}", Route.ofOwner(""));
        routes.put("GET /api/learning/load", Route.learner(""));
        routes.put("GET /api/learning/achievements", Route.learner(""));
        routes.put(
                "POST /api/learning/xp/add",
                new Route(Role.SERVICE, "{\"learner\":\"demo\",\"amount\":1,\"reason\":\"test\"}", false));
        routes.put("POST /api/learning/quiz/generate", Route.learner("{\"size\":1}"));
        routes.put(
                "POST /api/learning/quiz/submit",
                Route.ofOwner("{\"quizId\":\"{quizId}\",\"answers\":[{\"questionId\":\"bank:x\",\"skipped\":true}]}"));
        routes.put("GET /api/learning/quiz/{quizId}", Route.ofOwner(""));
        routes.put("GET /api/learning/quizzes", Route.learner(""));
        routes.put("POST /api/learning/recommend", Route.learner("{}"));
        routes.put("GET /api/learning/hints", Route.learner(""));
        routes.put("GET /api/learning/paths", Route.learner(""));
        routes.put("POST /api/learning/paths", Route.learner("{\"goal\":\"kafka.offsets\"}"));
        routes.put("GET /api/learning/paths/{pathId}", Route.ofOwner(""));
        routes.put("DELETE /api/learning/paths/{pathId}", Route.ofOwner(""));
        routes.put("POST /api/learning/verify", Route.operator());
        routes.put("POST /api/learning/imports", Route.learner("front,back"));
        routes.put("GET /api/learning/imports/{importId}", Route.ofOwner(""));
        routes.put("GET /api/learning/imports/{importId}/events", Route.ofOwner(""));
        routes.put("DELETE /api/learning/imports/{importId}", Route.ofOwner(""));
        routes.put("GET /api/learning/export", Route.learner(""));
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
            Response response = call(RestAssured.given(), route, expected, "demo");
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
                List.of("/", "/q", "/q/dev", "/q/dev-ui", "/q/metrics", "/q/arc", "/q/info", "/api", "/api/learning")) {
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
                        call(RestAssured.given().header("Authorization", "Bearer " + token), route, expected, "demo"));
            }
        }));
        assertUnauthorized(
                "Basic",
                RestAssured.given()
                        .header("Authorization", "Basic " + base64("demo:demo"))
                        .get("/api/learning/settings"));
        assertUnauthorized("in the query", RestAssured.get("/api/learning/settings?access_token={t}", good));
    }

    @Test
    void aRoleThatIsNotEnoughIsForbidden() {
        ROUTES.forEach((route, expected) -> {
            if (expected.role() == Role.LEARNER) {
                problem(call(asOperator(), route, expected, "operator"), 403, "forbidden");
            }
            if (expected.role() == Role.OPERATOR || expected.role() == Role.SERVICE) {
                problem(call(as("demo"), route, expected, "demo"), 403, "forbidden");
            }
            if (expected.role() == Role.LEARNER || expected.role() == Role.OPERATOR) {
                problem(call(with(tokens.service()), route, expected, "some-service"), 403, "forbidden");
            }
        });
    }

    /** RFC 6749 3.3: a program that was given less does less. */
    @Test
    void aScopeThatIsNotEnoughIsForbidden() {
        String other = tokens.with(Claims.learner("demo").withScope("account"));
        String reads = tokens.with(Claims.learner("demo").withScope("learning:read"));
        String writes = tokens.with(Claims.learner("demo").withScope("learning:write"));
        ROUTES.forEach((route, expected) -> {
            if (expected.role() == Role.LEARNER && route.contains(" /api/")) {
                boolean read = route.startsWith("GET ");
                problem(call(with(other), route, expected, "demo"), 403, "forbidden");
                problem(call(with(read ? writes : reads), route, expected, "demo"), 403, "forbidden");
            }
        });
        assertThat(with(reads).get("/api/learning/settings").statusCode()).isEqualTo(200);
    }

    @Test
    void somebodyElsesIsNotFound() {
        String owner = newLearner("owner");
        String other = newLearner("other");
        answer(owner, "theirs", 3, "2026-03-01T10:00:00Z");
        quizId = ok(post(owner, "/api/learning/quiz/generate", "{\"size\":1}"))
                .get("id")
                .textValue();
        theirPath = ok(post(owner, "/api/learning/paths", "{\"goal\":\"kafka.offsets\"}"))
                .get("id")
                .textValue();
        ROUTES.forEach((route, expected) -> {
            if (expected.namesOwner()) {
                Response response = call(as(other), route, expected, owner);
                assertThat(problem(response, 404, "not-found")).doesNotContain(owner);
            }
        });
        assertThat(requireCard(owner, "theirs").state().suspended()).isFalse();
        assertThat(get(owner, "/api/learning/paths/" + theirPath).get("id").textValue())
                .isEqualTo(theirPath);
    }

    @Test
    void anOperatorDoesNotReadPeoplesDataEither() {
        String owner = newLearner("owner");
        answer(owner, "theirs", 3, "2026-03-01T10:00:00Z");

        problem(asOperator().get("/api/learning/progress/{user}", owner), 403, "forbidden");
    }

    @Test
    void twoLearnersWithTheSameItemsNeverSeeEachOther() {
        String one = newLearner("one");
        String two = newLearner("two");
        answer(one, "shared", 1, "2026-03-01T10:00:00Z", "sql");
        answer(two, "shared", 4, "2026-03-02T10:00:00Z", "java");
        ok(as(one).body("{\"rolloverHour\":1}").put("/api/learning/settings"));

        assertThat(get(one, "/api/learning/cards/shared").get("lastGrade").intValue())
                .isEqualTo(1);
        assertThat(get(two, "/api/learning/cards/shared").get("lastGrade").intValue())
                .isEqualTo(4);
        assertThat(get(two, "/api/learning/cards/shared").get("history")).hasSize(1);
        assertThat(due(one, "2026-03-05T00:00:00Z")
                        .get("items")
                        .get(0)
                        .get("skills")
                        .toString())
                .isEqualTo("[\"sql\"]");
        assertThat(due(two, "2026-03-05T00:00:00Z").get("total").intValue()).isZero();
        assertThat(get(one, "/api/learning/progress/{u}", one).get("answers").intValue())
                .isEqualTo(1);
        assertThat(get(two, "/api/learning/settings").get("rolloverHour").intValue())
                .isEqualTo(4);
        ok(post(two, "/api/learning/cards/shared/actions", "{\"action\":\"reset\"}"));
        assertThat(requireCard(one, "shared").state().answers()).isEqualTo(1);
    }

    @Test
    void theLongestSubjectAllowedNamesAPerson() {
        String longest = "x".repeat(64);
        assertThat(get(longest, "/api/learning/reviews/due").get("learner").textValue())
                .isEqualTo(longest);
    }

    private Response call(RequestSpecification request, String route, Route expected, String owner) {
        String[] methodAndPath = route.split(" ");
        String path = methodAndPath[1]
                .replace("{userId}", owner)
                .replace("{itemId}", "theirs")
                .replace("{quizId}", quizId)
                .replace("{pathId}", theirPath)
                .replaceAll("\\{\\w+}", "00000000-0000-4000-8000-000000000000");
        if (expected.body().equals(FORM)) {
            request.contentType("multipart/form-data").multiPart("title", "x");
        } else if (!expected.body().isEmpty()) {
            request.contentType("application/json").body(expected.body().replace("{quizId}", quizId));
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
