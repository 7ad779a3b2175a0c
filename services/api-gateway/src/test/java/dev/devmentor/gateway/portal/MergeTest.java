package dev.devmentor.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LEARNING = """
            {"openapi": "3.1.0", "info": {"title": "L", "version": "7"}, "tags": [{"name": "Reviews", "description": "What is due"}],
             "paths": {
               "/health": {"get": {"responses": {}}},
               "/api/learning/reviews/{id}": {
                 "servers": [{"url": "http://10.0.0.1"}],
                 "get": {"tags": ["Reviews"], "operationId": "get", "security": [{"SecurityScheme": ["learner"]}],
                   "servers": [{"url": "http://10.0.0.1"}],
                   "responses": {"200": {"description": "it", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}},
                     "400": {"$ref": "#/components/responses/Bad"}}},
                 "post": {"responses": {"200": {"description": "it"}}}}},
             "components": {
               "responses": {"Bad": {"description": "bad"}},
               "schemas": {
                 "Page": {"type": "object", "properties": {"item": {"$ref": "#/components/schemas/Item"}}},
                 "Item": {"type": "object", "properties": {"a": {"type": "string"}}},
                 "Problem": {"type": "object", "properties": {"title": {"type": "string"}}},
                 "Either": {"oneOf": [{"$ref": "#/components/schemas/Item"}],
                   "discriminator": {"propertyName": "kind", "mapping": {"item": "#/components/schemas/Item", "page": "Page"}}}},
               "securitySchemes": {"SecurityScheme": {"type": "openIdConnect", "openIdConnectUrl": "http://10.0.0.2/inside"}}}}""";
    private static final String PBML = """
            {"openapi": "3.1.0", "info": {"title": "P", "version": "1"}, "security": [{"SecurityScheme": []}],
             "paths": {
               "/api/pbml/models": {"get": {"tags": ["Models"], "responses": {"200": {"description": "it",
                 "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}}}},
                 "head": {"security": [], "responses": {}}},
               "/api/learning/stolen": {"get": {"responses": {}}}},
             "components": {"schemas": {
               "Page": {"type": "object", "properties": {"item": {"$ref": "#/components/schemas/Item"}}},
               "Item": {"type": "object", "properties": {"b": {"type": "integer"}}},
               "Problem": {"type": "object", "properties": {"title": {"type": "string"}}}}}}""";

    private final ObjectNode merged = Merge.of(
            List.of(part("learning-service", LEARNING, true), part("pbml-service", PBML, false)),
            List.of("ai-gateway"));

    @Test
    void onlyWhatIsRoutedToAServiceIsShown() {
        assertThat(merged.path("paths").properties().stream().map(Map.Entry::getKey))
                .containsExactly("/api/learning/reviews/{id}", "/api/pbml/models");
        assertThat(merged.path("servers").toString()).isEqualTo("[{\"url\":\"/\",\"description\":\"this gateway\"}]");
        assertThat(merged.toString()).doesNotContain("10.0.0.");
    }

    @Test
    void whatHasANameInCommonAndDiffersGetsItsServicesName() {
        assertThat(merged.path("components").path("schemas").properties().stream()
                        .map(Map.Entry::getKey))
                .containsExactly(
                        "Either",
                        "LearningService_Item",
                        "LearningService_Page",
                        "PbmlService_Item",
                        "PbmlService_Page",
                        "Problem");
        assertThat(at("/paths/~1api~1pbml~1models/get/responses/200/content/application~1json/schema/$ref"))
                .isEqualTo("#/components/schemas/PbmlService_Page");
        assertThat(at("/components/schemas/PbmlService_Page/properties/item/$ref"))
                .isEqualTo("#/components/schemas/PbmlService_Item");
        assertThat(at("/components/schemas/Either/discriminator/mapping/item"))
                .isEqualTo("#/components/schemas/LearningService_Item");
        assertThat(at("/components/schemas/Either/discriminator/mapping/page"))
                .isEqualTo("#/components/schemas/LearningService_Page");
        assertThat(at("/paths/~1api~1learning~1reviews~1{id}/get/responses/400/$ref"))
                .isEqualTo("#/components/responses/Bad");
    }

    @Test
    void everyOperationSaysWhoMayUseItAndWhoAnswersIt() {
        JsonNode get = merged.at("/paths/~1api~1learning~1reviews~1{id}/get");
        assertThat(get.path("security").toString()).isEqualTo("[{\"bearer\":[]},{\"apiKey\":[]}]");
        assertThat(get.path("x-roles").toString()).isEqualTo("[\"learner\"]");
        assertThat(get.path("tags").toString()).isEqualTo("[\"learning-service: Reviews\"]");
        assertThat(get.path("operationId").asText()).isEqualTo("getLearningReviewsById");
        assertThat(get.path("x-service").asText()).isEqualTo("learning-service");
        JsonNode post = merged.at("/paths/~1api~1learning~1reviews~1{id}/post");
        assertThat(post.path("security").toString()).isEqualTo("[]");
        assertThat(post.path("tags").toString()).isEqualTo("[\"learning-service\"]");
        assertThat(merged.at("/paths/~1api~1pbml~1models/get/security").toString())
                .isEqualTo("[{\"bearer\":[]},{\"apiKey\":[]}]");
        assertThat(merged.at("/paths/~1api~1pbml~1models/head/security").toString())
                .isEqualTo("[]");
        assertThat(merged.at("/tags/1").toString())
                .isEqualTo("{\"name\":\"learning-service: Reviews\",\"description\":\"What is due\"}");
        assertThat(merged.at("/components/securitySchemes/bearer/scheme").asText())
                .isEqualTo("bearer");
    }

    @Test
    void whoIsDownIsNamed() {
        assertThat(merged.at("/info/description").asText())
                .endsWith(
                        "Down now, and shown as they were last: pbml-service.\n\nDown now, and not shown: ai-gateway.");
        assertThat(merged.at("/info/x-services").toString())
                .isEqualTo("[{\"name\":\"learning-service\",\"status\":\"up\",\"version\":\"7\"},"
                        + "{\"name\":\"pbml-service\",\"status\":\"down\",\"version\":\"1\"},"
                        + "{\"name\":\"ai-gateway\",\"status\":\"down\"}]");
    }

    private String at(String pointer) {
        return merged.at(pointer).asText();
    }

    static Part part(String service, String json, boolean current) {
        try {
            String prefix = "/api/" + service.replace("-service", "");
            return new Part(service, (ObjectNode) JSON.readTree(json), current, path -> path.startsWith(prefix));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
