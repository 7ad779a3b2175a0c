package dev.devmentor.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.testkit.OpenApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiIT extends AuthIT {
    private static OpenApiDocument document() throws Exception {
        return new OpenApiDocument(
                JSON.readTree(RestAssured.get("/q/openapi?format=json").asString()));
    }

    @Test
    void everyRouteHasASummaryOfItsOwn() throws Exception {
        assertThat(document().summaries().values())
                .hasSizeGreaterThanOrEqualTo(50)
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    @Test
    void everyRouteHasExamples() throws Exception {
        assertThat(document().withoutExample())
                .as("routes, and what of them has no example")
                .isEmpty();
    }
}
