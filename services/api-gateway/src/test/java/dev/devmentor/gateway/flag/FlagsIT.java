package dev.devmentor.gateway.flag;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.devmentor.gateway.tools.Behind;
import dev.devmentor.gateway.tools.BehindResource;
import dev.devmentor.parts.issuer.TokenMinter.Claims;
import dev.devmentor.testkit.Conditions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BehindResource.class)
class FlagsIT {
    private static final String SHIPPED =
            "{\"flags\":{\"ai-provider-openai-enabled\":false,\"ai-safety-pii\":true,\"new-ui-enabled\":true}}";

    Behind behind;

    @Inject
    Flags flags;

    @AfterEach
    void shippedAgain() throws IOException {
        try (var in = FlagsIT.class.getClassLoader().getResourceAsStream("flags.json")) {
            write(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
        Conditions.await("the shipped flags are back", () -> body(given()).equals(SHIPPED));
    }

    @Test
    void theShippedFlagsAreThereWithoutAFile() {
        assertThat(body(given())).isEqualTo(SHIPPED);
    }

    @Test
    void aChangeWorksWithoutARestartAndForEachCallerAsTheyAre() throws IOException {
        write("""
                {"flags": {"new-ui-enabled": {"variants": {"on": true, "off": false}, "defaultVariant": "off",
                   "targeting": [{"variant": "on", "teams": ["core"]}, {"variant": "on", "tiers": ["premium"]}]},
                  "page-size": {"variants": {"small": 20, "exact": 0.5}, "defaultVariant": "small",
                   "targeting": [{"variant": "exact", "roles": ["operator"]}]},
                  "greeting": {"variants": {"plain": "Hello"}, "defaultVariant": "plain"}}}""");
        Conditions.await("the change works", () -> body(given()).contains("greeting"));

        assertThat(body(given()))
                .isEqualTo("{\"flags\":{\"greeting\":\"Hello\",\"new-ui-enabled\":false,\"page-size\":20}}");
        assertThat(body(as(Claims.learner("ada").withTeams("core")))).contains("\"new-ui-enabled\":true");
        assertThat(body(as(Claims.learner("ada").withTier("premium")))).contains("\"new-ui-enabled\":true");
        assertThat(body(as(Claims.learner("ada")))).contains("\"new-ui-enabled\":false");
        assertThat(body(as(Claims.operator("op")))).contains("\"page-size\":0.5");
        assertThat(flags.isOn("new-ui-enabled", false, new Subject("x", List.of(), "premium", List.of())))
                .isTrue();
        assertThat(flags.isOn("no-such-flag", true, Subject.ANYBODY)).isTrue();
        assertThat(flags.isOn("greeting", true, Subject.ANYBODY)).isTrue();
    }

    @Test
    void aBadFileIsRefusedAndTheLastGoodFlagsStay() throws IOException {
        write("""
                {"flags": {"new-ui-enabled": {"variants": {"on": true}, "defaultVariant": "on"}}}""");
        Conditions.await("the change works", () -> body(given()).equals("{\"flags\":{\"new-ui-enabled\":true}}"));
        write("{\"flags\": {\"new-ui-enabled\": {\"variants\"");
        Conditions.await(
                "the bad file is noticed",
                () -> metric("devmentor_gateway_flags_refused").equals("1.0"));
        assertThat(body(given())).isEqualTo("{\"flags\":{\"new-ui-enabled\":true}}");
        Files.delete(behind.flags());
        write("{\"flags\": {}}");
        Conditions.await(
                "the good one is",
                () -> metric("devmentor_gateway_flags_refused").equals("0.0"));
        assertThat(body(given())).isEqualTo("{\"flags\":{}}");
    }

    @Test
    void whoHasThemAlreadyIsToldSo() {
        String tag = given().get("/flags").then().statusCode(200).extract().header("ETag");
        given().header("If-None-Match", tag).get("/flags").then().statusCode(304);
        given().header("If-None-Match", "\"other\", " + tag)
                .get("/flags")
                .then()
                .statusCode(304);
        given().header("If-None-Match", "\"other\"").get("/flags").then().statusCode(200);
    }

    @Test
    void aBadTokenIsRefused() {
        given().header("Authorization", "Bearer nonsense")
                .get("/flags")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("detail", equalTo("the access token is not valid"));
    }

    private RequestSpecification as(Claims claims) {
        return given().header("Authorization", "Bearer " + behind.tokens().mint(claims));
    }

    private static String body(RequestSpecification caller) {
        return caller.get("/flags").then().statusCode(200).extract().asString();
    }

    private String metric(String name) {
        return as(Claims.operator("op"))
                .get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{}"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("");
    }

    private void write(String json) throws IOException {
        var fresh = behind.flags().resolveSibling("fresh.json");
        Files.writeString(fresh, json);
        Files.move(fresh, behind.flags(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
