package dev.devmentor.gateway.portal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.gateway.tools.Behind;
import dev.devmentor.gateway.tools.BehindResource;
import dev.devmentor.testkit.Conditions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BehindResource.class)
class PortalIT {
    private static final String LEARNING = """
            {"openapi": "3.1.0", "info": {"title": "L", "version": "1"}, "paths": {
               "/q/secret": {"get": {"responses": {"200": {"description": "x"}}}},
               "/api/learning/load": {"get": {"summary": "Load", "security": [{"SecurityScheme": ["learner"]}],
                 "responses": {"200": {"description": "it", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Load"}}}}}}}},
             "components": {"schemas": {"Load": {"type": "object", "properties": {"load": {"type": "number"}}}}}}""";
    private static final String PBML = """
            {"openapi": "3.1.0", "info": {"title": "P", "version": "1"}, "paths": {
               "/api/pbml/models": {"get": {"responses": {"200": {"description": "it", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Load"}}}}}}}},
             "components": {"schemas": {"Load": {"type": "object", "properties": {"weight": {"type": "integer"}}}}}}""";

    Behind behind;

    @BeforeEach
    void reset() {
        behind.reset();
        behind.learning().answers("/q/openapi", LEARNING);
        behind.pbml().answers("/q/openapi", PBML);
        Conditions.await(
                "both are shown",
                () -> paths().containsAll(List.of("/api/learning/load", "/api/pbml/models"))
                        && !description().contains("pbml-service"));
    }

    @Test
    void theMergedDocumentIsValidAndLeadsNowhereElse() throws Exception {
        String text = given().get("/portal/openapi.json")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        OpenAPI read = SmallRyeOpenAPI.builder()
                .withCustomStaticFile(() -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .enableModelReader(false)
                .enableStandardFilter(false)
                .enableStandardStaticFiles(false)
                .enableAnnotationScan(false)
                .build()
                .model();
        assertThat(read.getPaths().getPathItems())
                .containsKeys("/api/learning/load", "/api/pbml/models", "/flags", "/api/health")
                .doesNotContainKey("/q/secret");
        assertThat(read.getComponents().getSchemas()).containsKeys("LearningService_Load", "PbmlService_Load");
        JsonNode document = new ObjectMapper().readTree(text);
        for (String ref : document.findValuesAsText("$ref")) {
            assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse();
        }
    }

    @Test
    void aServiceThatGoesDownKeepsWhatItSaidAndIsNamed() {
        behind.pbml().stop();
        Conditions.await(
                "it is named", () -> description().contains("Down now, and shown as they were last: pbml-service."));
        assertThat(paths()).contains("/api/pbml/models");
        assertThat(description())
                .contains("Down now, and not shown: ai-gateway, memory-service.")
                .doesNotContain("auth-service")
                .as("what is not installed is not down")
                .doesNotContain("scraper-service");
    }

    @Test
    void whatIsNoDocumentIsNotTaken() {
        behind.pbml().answers("/q/openapi", "{\"openapi\": \"3.1.0\", \"paths\": ");
        Conditions.await("it is named", () -> description().contains("as they were last: pbml-service."));
        behind.pbml().answers("/q/openapi", "[".repeat(100_000));
        behind.learning().answers("/q/openapi", LEARNING.replace("/api/learning/load", "/api/learning/other"));
        Conditions.await("the other is taken", () -> paths().contains("/api/learning/other"));
        assertThat(paths()).contains("/api/pbml/models");
    }

    @Test
    void askingOftenAsksServicesSeldom() {
        long began = System.nanoTime();
        long before = behind.learning().counts().getOrDefault("/q/openapi", 0L);
        for (int i = 0; i < 50; i++) {
            paths();
        }
        long windows = (System.nanoTime() - began) / 200_000_000L + 2;
        assertThat(behind.learning().counts().get("/q/openapi") - before).isLessThanOrEqualTo(windows);
    }

    @Test
    void thePageRunsNoScriptButItsOwn() {
        for (String path : List.of(
                "/portal", "/portal/", "/portal/portal.js", "/portal/swagger-ui-bundle.js", "/portal/swagger-ui.css")) {
            Response answer = given().get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.header("Content-Security-Policy"))
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .doesNotContain("unsafe");
            given().header("If-None-Match", answer.header("ETag"))
                    .get(path)
                    .then()
                    .statusCode(304);
        }
        String page = given().get("/portal").asString();
        assertThat(page)
                .doesNotContain(" style=")
                .doesNotContain("onclick")
                .doesNotContain("<script>")
                .doesNotContain("http://www");
        for (String path : List.of(
                "/portal/nothing",
                "/portal/application.properties",
                "/portal/..%2Fflags.json",
                "/portal/clients/cobol")) {
            given().urlEncodingEnabled(false).get(path).then().statusCode(org.hamcrest.Matchers.oneOf(400, 404));
        }
    }

    @Test
    void clientsAreMadeOfWhatIsThereNow() {
        assertThat(given().get("/portal/clients/typescript")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains(
                        "export function getLearningLoad(config: Config, args: {} = {}): Promise<LearningService_Load> {");
        assertThat(given().get("/portal/clients/curl")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("curl -sS -X GET \"$DEVMENTOR/api/learning/load\" -H \"Authorization: Bearer $TOKEN\"\n")
                .contains("curl -sS -X GET \"$DEVMENTOR/api/pbml/models\"\n");
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>();
        document().path("paths").properties().forEach(path -> paths.add(path.getKey()));
        return paths;
    }

    private static String description() {
        return document().at("/info/description").asText();
    }

    private static JsonNode document() {
        try {
            return new ObjectMapper()
                    .readTree(given().get("/portal/openapi.json")
                            .then()
                            .statusCode(200)
                            .extract()
                            .asByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
