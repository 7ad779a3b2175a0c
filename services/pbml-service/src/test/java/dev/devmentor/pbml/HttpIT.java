package dev.devmentor.pbml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.parts.issuer.TokenMinter.Claims;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What tests of the routes share. */
public abstract class HttpIT extends PbmlIT {
    protected static final ObjectMapper JSON = new ObjectMapper();
    protected static final String PATTERNS = "/api/pbml/patterns";
    protected static final String CAPTURE = PATTERNS + "/capture";
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    protected RequestSpecification as(String person) {
        return with(TOKENS.computeIfAbsent(person, tokens::learner));
    }

    protected RequestSpecification as(String person, String... teams) {
        return with(TOKENS.computeIfAbsent(
                person + " " + String.join(" ", teams),
                _ -> tokens.with(Claims.learner(person).withTeams(teams))));
    }

    protected RequestSpecification asOperator() {
        return with(TOKENS.computeIfAbsent("\0operator", _ -> tokens.operator()));
    }

    protected static RequestSpecification with(String token) {
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    /** The body of an answer with status 200. */
    protected static JsonNode ok(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return json(response.asString());
    }

    protected static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(text, broken);
        }
    }

    /** Asserts a problem and returns its detail. */
    protected static String problem(Response response, int status, String type) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        JsonNode problem = json(response.asString());
        assertThat(problem.get("type").textValue()).isEqualTo("https://devmentor.dev/problems/" + type);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").textValue()).isNotBlank();
        return problem.path("detail").asText();
    }

    protected static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(node -> node.path(field).asText())
                .toList();
    }

    // Errors

    /** A stack trace; the same fault for the same class, whatever the line. */
    protected static String trace(String type, String service, int line) {
        return "com.acme." + type + ": order " + line + " is lost\n\tat com.acme." + service + ".call(" + service
                + ".java:" + line + ")\n\tat com.acme.Main.run(Main.java:7)\n";
    }

    protected static ObjectNode seen(String id, String at, String text) {
        return JSON.createObjectNode()
                .put("observationId", id)
                .put("observedAt", at)
                .put("origin", "build")
                .put("status", "seen")
                .put("text", text);
    }

    protected static ObjectNode gone(String id, String at, String text, String... files) {
        ObjectNode gone = seen(id, at, text).put("status", "gone");
        ArrayNode changed = gone.putArray("changedFiles");
        for (String file : files) {
            changed.add(file);
        }
        return gone;
    }

    protected static String batch(JsonNode... observations) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("observations").addAll(List.of(observations));
        return body.toString();
    }

    protected JsonNode capture(String person, JsonNode... observations) {
        return ok(as(person).body(batch(observations)).post(CAPTURE)).get("captured");
    }

    /** Captures one error of a day of March 2026 and gives its pattern. */
    protected JsonNode learn(String person, String id, int day, String text) {
        return capture(person, seen(id, "2026-03-%02dT10:00:00Z".formatted(day), text))
                .get(0)
                .get("pattern");
    }

    protected JsonNode list(String person, String query) {
        return ok(as(person).get(PATTERNS + "?" + query));
    }

    protected JsonNode pattern(String person, String id) {
        return ok(as(person).get(PATTERNS + "/{id}", id));
    }

    protected JsonNode put(String person, String id, String body) {
        return ok(as(person).body(body).put(PATTERNS + "/{id}", id));
    }

    // What is shared

    /** Puts a pattern among those of a team (scope 2) or of everyone (scope 3, scopeId empty), as an epoch would. */
    protected void share(int scope, String scopeId, String id, String title, double lower, @Nullable String member) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO shared_pattern (scope, scope_id, pattern_id, kind, state, lower, mean, support, first_us,
                            last_us, since_us, title, detail, people, epoch, version)
                        VALUES (?, ?, ?, 1, 1, ?, 0.9, 9, 1772359200000000, 1772445600000000, 1772359200000000, ?, ?, 3, 7, 2)""")) {
            insert.setInt(1, scope);
            insert.setString(2, scopeId);
            insert.setString(3, id);
            insert.setDouble(4, lower);
            insert.setString(5, title);
            ObjectNode detail = JSON.createObjectNode().put("generated", title);
            detail.putArray("refs");
            detail.putArray("parts");
            detail.putArray("fixes")
                    .addObject()
                    .put("path", "src/Shared.java")
                    .put("times", 4)
                    .put("probability", 0.75)
                    .put("lower", 0.5)
                    .put("last", 1772445600000000L)
                    .putArray("refs");
            insert.setString(6, detail.toString());
            insert.executeUpdate();
            if (member != null) {
                try (PreparedStatement members = connection.prepareStatement(
                        "INSERT INTO shared_member (scope, scope_id, member_key, pattern_id) VALUES (?, ?, ?, ?)")) {
                    members.setInt(1, scope);
                    members.setString(2, scopeId);
                    members.setString(3, member);
                    members.setString(4, id);
                    members.executeUpdate();
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Pages through a list to its end. */
    protected List<JsonNode> all(RequestSpecification person, String query) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ok(RestAssured.given().spec(person).get(PATTERNS + "?" + query + cursor));
            page.get("patterns").forEach(all::add);
            cursor = page.hasNonNull("next") ? "&cursor=" + page.get("next").textValue() : "";
        } while (!cursor.isEmpty());
        return all;
    }
}
