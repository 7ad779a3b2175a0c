package dev.devmentor.pbml.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.pbml.HttpIT;
import dev.devmentor.testkit.OpenApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OperationIT extends HttpIT {
    @Test
    void healthIsOneLook() {
        awaitQuiet();

        JsonNode health = ok(RestAssured.get("/health"));

        assertThat(health.get("service").textValue()).isEqualTo(SERVICE);
        assertThat(health.get("version").textValue()).isNotBlank();
        assertThat(health.get("status").textValue()).isEqualTo("up");
        List<String> checks = new ArrayList<>();
        health.get("checks").fieldNames().forEachRemaining(checks::add);
        assertThat(checks)
                .containsExactlyInAnyOrder("Database connections health check", "Kafka connection health check");
        assertThat(health.get("checks")).allMatch(check -> check.textValue().equals("UP"));
        assertThat(health.get("events").get("waiting").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/live", "/ready", "/started"})
    void everyProbeIsUp(String probe) {
        assertThat(ok(RestAssured.get("/q/health" + probe)).get("status").textValue())
                .isEqualTo("UP");
    }

    @Test
    void livenessLooksAtTheLanesAndAtNoDependency() {
        JsonNode live = ok(RestAssured.get("/q/health/live"));

        assertThat(texts(live.get("checks"), "name")).containsExactly("event lanes");
    }

    @Test
    void everyRouteIsDocumentedWithASummaryOfItsOwn() {
        JsonNode document = ok(RestAssured.get("/q/openapi?format=json"));

        assertThat(new OpenApiDocument(document).summaries().values())
                .hasSizeGreaterThanOrEqualTo(10)
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(document.get("info").get("title").textValue()).isEqualTo("DevMentor PBML service");
    }

    @Test
    void everyRouteHasExamples() {
        JsonNode document = ok(RestAssured.get("/q/openapi?format=json"));

        assertThat(new OpenApiDocument(document).withoutExample())
                .as("routes, and what of them has no example")
                .isEmpty();
    }

    @Test
    void anUnknownPathIsAProblemToo() {
        problem(as("anybody").get("/api/pbml/nothing"), 404, "not-found");
        problem(as("anybody").delete("/api/pbml/settings"), 405, "method-not-allowed");
    }
}
