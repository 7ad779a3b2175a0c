package dev.devmentor.gateway.settings;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.devmentor.gateway.tools.Behind;
import dev.devmentor.gateway.tools.BehindResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators see and change, over HTTP. */
@QuarkusTest
@WithTestResource(BehindResource.class)
class OperatorsIT {
    Behind behind;

    @Inject
    Limits limits;

    @Inject
    CurrentSettings settings;

    @BeforeEach
    void asConfigured() throws Exception {
        if (!settings.inForce().settings().equals(Settings.NONE)) {
            settings.change(settings.inForce().number(), Settings.NONE, "test", Version.NOTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/gateway/settings",
        "PUT, /api/gateway/settings",
        "GET, /api/gateway/settings/versions",
        "POST, /api/gateway/settings/undo",
        "GET, /api/gateway/state"
    })
    void isForOperatorsOnly(String method, String path) {
        json(given()).request(method, path).then().statusCode(401);
        json(given().auth().oauth2(behind.learner("somebody")))
                .request(method, path)
                .then()
                .statusCode(403);
    }

    @Test
    void aChangeIsInForceAtOnceAndCanBeUndone() {
        String before = operator().get("/api/gateway/settings").header("ETag");
        Response changed = operator()
                .header("If-Match", before)
                .body(
                        "{\"limits\":{\"free\":60},\"routes\":{\"auth-register\":{\"access\":\"TOKEN\"}},"
                                + "\"services\":{\"learning-service\":{\"strategy\":\"IP_HASH\",\"instances\":[\"http://10.0.0.1:3005\"]}}}")
                .put("/api/gateway/settings");
        changed.then()
                .statusCode(200)
                .body("settings.limits.free", equalTo(60))
                .body("by", equalTo("operator"))
                .body("at", notNullValue());
        assertThat(limits.perMinute("free")).isEqualTo(60);
        operator()
                .get("/api/gateway/state")
                .then()
                .statusCode(200)
                .body("limits.free", equalTo(60))
                .body("limits.premium", equalTo(1000))
                .body("routes.find { it.name == 'auth-register' }.access", equalTo("TOKEN"))
                .body("services.learning-service.strategy", equalTo("IP_HASH"))
                .body("services.learning-service.instances.instance", hasItem("http://10.0.0.1:3005"))
                .body("services.auth-service.instances[0].breaker", equalTo("CLOSED"))
                .body("breakers.failures", equalTo(5))
                .body("retries.budgetPercent", equalTo(10))
                .body("gateway.limit", notNullValue()) // by how busy this machine is
                .body("settingsVersion", equalTo(changed.path("version")));

        operator().post("/api/gateway/settings/undo").then().statusCode(200).body("restores", notNullValue());
        assertThat(limits.perMinute("free")).isEqualTo(120);
        operator()
                .get("/api/gateway/settings/versions")
                .then()
                .statusCode(200)
                .body("versions.size()", org.hamcrest.Matchers.greaterThanOrEqualTo(2))
                .body("versions[1].settings.limits.free", equalTo(60));
    }

    @Test
    void aChangeNamesTheVersionThatItChanges() {
        operator()
                .body("{}")
                .put("/api/gateway/settings")
                .then()
                .statusCode(428)
                .contentType("application/problem+json")
                .body("type", equalTo("https://devmentor.dev/problems/precondition-required"));
        operator()
                .header("If-Match", "\"999\"")
                .body("{}")
                .put("/api/gateway/settings")
                .then()
                .statusCode(412)
                .body("type", equalTo("https://devmentor.dev/problems/settings-changed"));
        operator()
                .header("If-Match", "*")
                .body("{}")
                .put("/api/gateway/settings")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"limits":{"free":0}} | limits.free: is a whole number from 1 to 1000000
            {"routes":{"learning":{"access":"OPEN"}}} | routes.learning.access: can be closed, but not opened here
            {"routes":{"nothing":{}}} | routes.nothing: there is no such route
            {"services":{"nothing":{}}} | services.nothing: there is no such service
            {"services":{"ai-gateway":{"instances":["file:///etc/passwd"]}}} | services.ai-gateway.instances[0]: begins with http://, https://, dns:// or dns+https://
            {"breaker":{"longestOpenSeconds":10}} | breaker.longestOpenSeconds: is at least breaker.openSeconds, which is 30
            nonsense | the body is no JSON
            """)
    void whatIsWrongIsRefusedWithItsPlace(String body, String detail) {
        operator()
                .header("If-Match", "\"" + settings.inForce().number() + "\"")
                .body(body)
                .put("/api/gateway/settings")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo(detail));
    }

    @Test
    void aVersionThatIsNotThereCannotComeBack() {
        operator()
                .body("{\"version\":12345}")
                .post("/api/gateway/settings/undo")
                .then()
                .statusCode(409)
                .body("type", equalTo("https://devmentor.dev/problems/nothing-to-undo"));
        operator()
                .body("{\"version\":-1}")
                .post("/api/gateway/settings/undo")
                .then()
                .statusCode(400);
    }

    private RequestSpecification operator() {
        return json(given().auth().oauth2(behind.operator()));
    }

    private static RequestSpecification json(RequestSpecification request) {
        return request.contentType("application/json");
    }
}
