package dev.devmentor.gateway.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.devmentor.gateway.tools.Behind;
import dev.devmentor.gateway.tools.BehindResource;
import dev.devmentor.testkit.Conditions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(BehindResource.class)
class StatusIT {
    Behind behind;

    @BeforeEach
    void reset() {
        behind.reset();
    }

    @Test
    void thereIsALineForEachServiceAndTheGatewayWorksWithoutThem() {
        behind.auth().answers("/health", "{\"status\": \"up\"}");
        behind.learning().answers("/health", 503, "{\"status\": \"down\"}");
        Conditions.await(
                "it has looked since",
                () -> status().getString("services.find { it.name == 'auth-service' }.status")
                                .equals("up")
                        && behind.learning().counts().containsKey("/health"));

        JsonPath status = status();
        assertThat(status.getString("service")).isEqualTo("api-gateway");
        assertThat(status.getString("status")).isEqualTo("up");
        assertThat(status.getMap("checks")).isEqualTo(Map.of("keys", "up", "redis", "up"));
        assertThat(status.getList("services.name", String.class))
                .hasSize(12)
                .isSorted()
                .contains("learning-service", "websocket-gateway");
        assertThat(line(status, "auth-service")).containsEntry("instancesUp", 1);
        assertThat((Integer) line(status, "auth-service").get("latencyMs")).isBetween(0, 1000);
        assertThat(line(status, "learning-service")).containsEntry("status", "down");
        assertThat(line(status, "pbml-service")).containsEntry("status", "unknown");
        assertThat(line(status, "ai-gateway"))
                .isEqualTo(Map.of("name", "ai-gateway", "status", "down", "instances", 1, "instancesUp", 0));
        assertThat(line(status, "scraper-service"))
                .isEqualTo(Map.of("name", "scraper-service", "status", "absent", "instances", 1, "instancesUp", 0));
    }

    @Test
    void withoutAFrontendThePortalIsWhereOneBegins() {
        given().redirects()
                .follow(false)
                .get("/")
                .then()
                .statusCode(302)
                .header("Location", "/portal")
                .header("Cache-Control", "no-store");
        given().get("/somewhere").then().statusCode(503).body("detail", is("this installation has no frontend"));
        given().post("/").then().statusCode(503);
    }

    @Test
    void askingOftenAsksServicesOnceInTwoSeconds() {
        long began = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            status();
        }
        long windows = (System.nanoTime() - began) / 2_000_000_000L + 2;
        assertThat(behind.auth().counts().getOrDefault("/health", 0L)).isLessThanOrEqualTo(windows);
    }

    @Test
    void withoutRedisTheGatewayIsDegradedAndStillReady() {
        behind.redis().kill9();
        try {
            Conditions.await("it is noticed", () -> status().getString("status").equals("degraded"));
            assertThat(status().getMap("checks")).isEqualTo(Map.of("keys", "up", "redis", "down"));
            given().get("/health").then().statusCode(200).body("status", is("degraded"));
            given().get("/q/health/ready").then().statusCode(200);
        } finally {
            behind.redis().start();
        }
        Conditions.await("it is there again", () -> status().getString("status").equals("up"));
    }

    @Test
    void theOneLookAnswerAndTheProbesDependOnNoService() {
        given().get("/health")
                .then()
                .statusCode(200)
                .body("service", is("api-gateway"))
                .body("services.size()", is(0));
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", is("UP"))
                .body("checks.size()", is(0));
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/started").then().statusCode(200);
        assertThat(behind.auth().counts()).doesNotContainKey("/health");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /flags, 405, method-not-allowed",
        "POST, /health, 405, method-not-allowed",
        "GET, /flags/nothing, 404, not-found",
        "GET, /api/health/nothing, 404, not-found",
        "PUT, /api/gateway/settings, 415, unsupported-media-type",
        "GET, /api/gateway/nothing, 404, not-found",
        "GET, /q/nothing, 404, not-found"
    })
    void whatNobodyServesHereIsAProblemToo(String method, String path, int status, String type) {
        given().header("Authorization", "Bearer " + behind.operator())
                .header("If-Match", "\"1\"")
                .contentType("text/plain")
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", is("https://devmentor.dev/problems/" + type));
    }

    private static JsonPath status() {
        return given().get("/api/health").then().statusCode(200).extract().jsonPath();
    }

    private static Map<String, Object> line(JsonPath status, String service) {
        return status.getMap("services.find { it.name == '" + service + "' }");
    }
}
