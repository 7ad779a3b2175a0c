package dev.devmentor.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.gateway.tools.Behind;
import dev.devmentor.gateway.tools.BehindResource;
import dev.devmentor.testkit.OpenApiDocument;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the gateway says of its own routes. */
@QuarkusTest
@WithTestResource(BehindResource.class)
class OpenApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    Behind behind;

    @Inject
    OpenApiDocumentService own;

    private JsonNode document() throws Exception {
        return JSON.readTree(own.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.JSON));
    }

    @Test
    void everyRouteHasASummaryOfItsOwn() throws Exception {
        assertThat(new OpenApiDocument(document()).summaries().values())
                .hasSizeGreaterThanOrEqualTo(12)
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    @Test
    void everyRouteHasExamples() throws Exception {
        assertThat(new OpenApiDocument(document()).withoutExample())
                .as("routes, and what of them has no example")
                .isEmpty();
    }

    /** Its sections are made of maps, so that no compiler holds the schema to them. */
    @Test
    void theStateHasWhatItsSchemaSays() throws Exception {
        JsonNode document = document();
        JsonNode state = JSON.readTree(given().auth()
                .oauth2(behind.operator())
                .get("/api/gateway/state")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        Map<String, Set<String>> said = new TreeMap<>();
        Map<String, Set<String>> found = new TreeMap<>();
        compare(document, "GatewayState", state, said, found);
        assertThat(found).isEqualTo(said);
    }

    /** Goes through what is there, and notes the names by type. */
    private static void compare(
            JsonNode document,
            String type,
            JsonNode value,
            Map<String, Set<String>> said,
            Map<String, Set<String>> found) {
        JsonNode properties =
                document.path("components").path("schemas").path(type).path("properties");
        properties
                .properties()
                .forEach(property ->
                        said.computeIfAbsent(type, _ -> new TreeSet<>()).add(property.getKey()));
        value.properties().forEach(field -> {
            found.computeIfAbsent(type, _ -> new TreeSet<>()).add(field.getKey());
            JsonNode schema = properties.path(field.getKey());
            for (JsonNode element : new JsonNode[] {schema.path("items"), schema.path("additionalProperties")}) {
                if (element.has("$ref")) {
                    field.getValue().forEach(one -> compare(document, name(element), one, said, found));
                }
            }
            if (schema.has("$ref")) {
                compare(document, name(schema), field.getValue(), said, found);
            }
        });
    }

    private static String name(JsonNode schema) {
        return schema.get("$ref").textValue().replace("#/components/schemas/", "");
    }
}
