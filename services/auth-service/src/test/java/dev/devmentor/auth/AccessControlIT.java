package dev.devmentor.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.kit.identity.Caller;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goes through all that the service says it offers. Here stands who may do what: an operation that lets others in than is written
 * here, or keeps out who is, fails the build. A new one that nobody wrote down is taken for one of people.
 */
@QuarkusTest
class AccessControlIT extends AuthIT {
    /** What works without a token: what one needs to get one, what names nobody, and what asks for something else than a token. */
    private static final Set<String> OPEN = Set.of(
            "GET /.well-known/oauth-authorization-server",
            "GET /.well-known/openid-configuration",
            "GET /api/auth/jwks",
            "GET /api/auth/password-policy",
            "GET /auth/mailbox/messages",
            "GET /health",
            "POST /api/auth/register",
            "POST /api/auth/verify-email",
            "POST /api/auth/login",
            "POST /api/auth/reset-password",
            "POST /api/auth/reset-password/confirm",
            "POST /api/auth/srp/challenge",
            "POST /api/auth/srp/proof",
            "GET /api/auth/github",
            "GET /api/auth/github/callback",
            "GET /api/auth/github/status",
            // By the cookie of a login that waits for it.
            "POST /api/auth/github/second-factor",
            "POST /api/auth/device_authorization",
            "POST /api/auth/token",
            // By the refresh token.
            "POST /api/auth/refresh",
            "POST /api/auth/logout",
            "POST /api/auth/revoke",
            // By the client's secret.
            "POST /api/auth/introspect",
            // By the token of its person, or the receipt: there is no account any more.
            "GET /api/auth/erasures/{id}");

    private static final List<String> PEOPLE = List.of(Caller.LEARNER, Caller.OPERATOR);

    /** Whom another role than that of people is asked for, by the beginning of the operation; the longest counts. */
    private static final Map<String, List<String>> OTHERS = Map.of(
            "POST /api/auth/audit/verify", List.of(Caller.OPERATOR),
            "POST /api/auth/signing-keys/rotate", List.of(Caller.OPERATOR),
            "GET /api/auth/accounts", List.of(Caller.OPERATOR),
            "PATCH /api/auth/accounts", List.of(Caller.OPERATOR),
            "DELETE /api/auth/accounts", List.of(Caller.OPERATOR),
            "GET /api/auth/erasures", List.of(Caller.OPERATOR),
            "POST /api/auth/erasures", List.of(Caller.OPERATOR),
            "POST /api/auth/keys/usage", List.of(Caller.SERVICE));

    /** What learners alone have; operators are people too, and need that role beside theirs for it. */
    private static final List<String> OF_LEARNERS = List.of(
            "/api/auth/service-accounts",
            "/api/auth/teams",
            "/api/auth/me/export",
            "/api/auth/me/erasure",
            "/personal-data");

    /** Of the routes below the resources: pages and metrics, which say nothing of anybody, and the resources themselves. */
    private static final Set<String> ROUTES = Set.of(
            "/",
            "/api/auth/",
            "/auth",
            "/auth/",
            "/auth/account",
            "/auth/device",
            "/auth/login",
            "/auth/register",
            "/auth/reset",
            "/auth/vault",
            "/auth/verify",
            "/metrics",
            "/metrics/",
            "/q/");

    private record Operation(
            String method, String path, @Nullable String contentType) {
        /** As it stands above. */
        String name() {
            return method + " " + path;
        }

        List<String> roles() {
            if (OF_LEARNERS.stream().anyMatch(path::startsWith)) {
                return List.of(Caller.LEARNER);
            }
            return OTHERS.keySet().stream()
                    .filter(name()::startsWith)
                    .map(OTHERS::get)
                    .findFirst()
                    .orElse(PEOPLE);
        }

        /** The same with JSON, where it takes a body. */
        Operation json() {
            return contentType != null && contentType.contains("json")
                    ? new Operation(method, path, "application/json")
                    : this;
        }

        /** Sends it with what is needed to get to it, and no body. */
        Response send(RequestSpecification request) {
            if (contentType != null) {
                request.contentType(contentType);
            }
            return request.redirects()
                    .follow(false)
                    .request(
                            method,
                            path.replaceAll("\\{[^}]*}", UUID.randomUUID().toString()) + "?version=1");
        }
    }

    @Inject
    Router router;

    private List<Operation> operations = List.of();

    @BeforeEach
    void whatTheServiceOffers() throws Exception {
        JsonNode document = JSON.readTree(given().get("/q/openapi?format=json").asString());
        List<Operation> found = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> Set.of("get", "put", "post", "delete", "patch", "head", "options")
                                .contains(entry.getKey()))
                        .forEach(entry -> {
                            JsonNode content = entry.getValue().at("/requestBody/content");
                            found.add(new Operation(
                                    entry.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    content.isEmpty()
                                            ? null
                                            : content.fieldNames().next()));
                        }));
        operations = found;
        assertThat(operations).hasSizeGreaterThan(60);
    }

    private Stream<Operation> protectedOnes() {
        return operations.stream().filter(operation -> !OPEN.contains(operation.name()));
    }

    @Test
    void whatIsOpenIsOffered() {
        assertThat(operations.stream().map(Operation::name)).containsAll(OPEN);
    }

    @Test
    void nothingElseWorksWithoutAToken() {
        Map<String, Integer> other = new TreeMap<>();
        protectedOnes().forEach(operation -> {
            Response without = operation.send(given());
            Response bad = operation.send(given().header("Authorization", "Bearer x.y.z"));
            Response basic = operation.send(asClient("api-gateway"));
            for (Response answer : List.of(without, bad, basic)) {
                if (answer.statusCode() != 401 || answer.header("WWW-Authenticate") == null) {
                    other.put(operation.name(), answer.statusCode());
                }
            }
        });
        assertThat(other).isEmpty();
    }

    @Test
    void nobodyDoesWhatIsOfAnotherRole() {
        Map<String, Integer> other = new TreeMap<>();
        Map<String, String> tokens = tokens();
        protectedOnes()
                .forEach(operation -> tokens.forEach((role, token) -> {
                    if (!operation.roles().contains(role)) {
                        int status = operation
                                .send(given().header("Authorization", "Bearer " + token))
                                .statusCode();
                        if (status != 403) {
                            other.put(operation.name() + " as " + role, status);
                        }
                    }
                }));
        assertThat(other).isEmpty();
    }

    /** Without a body most get no further than that; what matters is that they are let in. */
    @Test
    void whoeverHasTheRoleIsLetIn() {
        Map<String, Integer> other = new TreeMap<>();
        protectedOnes()
                .forEach(operation -> operation.roles().forEach(role -> {
                    // Of its own each time: some end all that the person has.
                    int status = operation
                            .send(given().header("Authorization", "Bearer " + token(role)))
                            .statusCode();
                    if (status == 401 || status == 403) {
                        other.put(operation.name() + " as " + role, status);
                    }
                }));
        assertThat(other).isEmpty();
    }

    /** Every object of which the path has the id: it belongs to nobody who asks, and is not there. */
    @Test
    void whatIsNotOnesOwnIsNotThere() {
        Map<String, Integer> other = new TreeMap<>();
        protectedOnes()
                .filter(operation -> operation.path().contains("{"))
                .filter(operation ->
                        operation.method().equals("GET") || operation.method().equals("DELETE"))
                .forEach(operation -> {
                    String token = signedIn(person("ann", operation.roles())).accessToken();
                    int status = operation
                            .send(given().header("Authorization", "Bearer " + token))
                            .statusCode();
                    if (status != 404) {
                        other.put(operation.name(), status);
                    }
                });
        assertThat(other).isEmpty();
    }

    /** What does not stand in the document: pages without anything of anybody's, and what is there to watch the service. */
    @Test
    void thereIsNoOtherWayIn() {
        assertThat(router.getRoutes().stream().map(Route::getPath).filter(Objects::nonNull))
                .isSubsetOf(ROUTES);
    }

    @Test
    void whatIsForDevelopersAndListsOfFilesAreNotThere() {
        for (String absent :
                List.of("/", "/q", "/q/dev", "/q/dev-ui", "/q/arc", "/auth/srp/", "/auth/.git/config", "/api/auth")) {
            assertThat(given().redirects().follow(false).get(absent).statusCode())
                    .as(absent)
                    .isEqualTo(404);
        }
    }

    /** Those of a laptop are there if it gives a password for them, and only then. */
    @Test
    void thereAreNoAccountsThatCameWithTheService() {
        assertThat(rows("SELECT id FROM account WHERE id IN ('demo', 'operator') OR email LIKE '%@devmentor.local'"))
                .isEmpty();
    }

    /** Every answer that a person gets of themselves. */
    @Test
    void noCacheKeepsWhatIsAnsweredOfAPerson() {
        String token = tokens().get(Caller.LEARNER);
        protectedOnes()
                .filter(operation -> operation.path().startsWith("/api/auth/")
                        && operation.method().equals("GET")
                        && operation.roles().contains(Caller.LEARNER))
                .forEach(operation -> {
                    Response answer = operation.send(given().header("Authorization", "Bearer " + token));
                    assertThat(answer.header("Cache-Control"))
                            .as(operation.name())
                            .isEqualTo("no-store");
                });
        assertThat(given().get("/api/auth/jwks").headers().getValues("Cache-Control"))
                .containsExactly("public, max-age=60");
    }

    /** From where nobody has guessed at anything before, and as somebody new. */
    private RequestSpecification fromElsewhere(String role) {
        return given().header("Authorization", "Bearer " + token(role))
                .header(
                        "X-Forwarded-For",
                        "2001:db8:"
                                + UUID.randomUUID().toString().substring(9, 18).replace('-', ':') + "::1");
    }

    private String token(String role) {
        return role.equals(Caller.SERVICE)
                ? asClient("api-gateway")
                        .formParam("grant_type", "client_credentials")
                        .post("/api/auth/token")
                        .jsonPath()
                        .getString("access_token")
                : signedIn(person("lea", List.of(role))).accessToken();
    }

    private Map<String, String> tokens() {
        return Map.of(
                Caller.LEARNER, token(Caller.LEARNER),
                Caller.OPERATOR, token(Caller.OPERATOR),
                Caller.SERVICE, token(Caller.SERVICE));
    }

    /** Whatever is sent: a mistake of who sends it is no failure of the service. That it is busy, it may say. */
    @Test
    void nothingThatIsSentIsAFailureOfTheService() {
        Map<String, Integer> failed = new TreeMap<>();
        operations.stream()
                .filter(operation -> !operation.path().equals("/health"))
                .forEach(operation -> {
                    String role = OPEN.contains(operation.name())
                            ? Caller.LEARNER
                            : operation.roles().getFirst();
                    for (String body : List.of("", "null", "[null]", "{}", "{\"roles\":[null],\"scopes\":[null]}")) {
                        RequestSpecification request = fromElsewhere(role);
                        int status = (operation.contentType() == null ? operation : operation.json())
                                .send(operation.contentType() == null || body.isEmpty() ? request : request.body(body))
                                .statusCode();
                        if (status == 500) {
                            failed.put(operation.name() + " " + body, status);
                        }
                    }
                    if (operation.path().contains("{")) {
                        int status = fromElsewhere(role)
                                .urlEncodingEnabled(false)
                                .contentType("application/json")
                                .request(operation.method(), operation.path().replaceAll("\\{[^}]*}", "%00"))
                                .statusCode();
                        if (status == 500) {
                            failed.put(operation.name() + " %00", status);
                        }
                    }
                });
        assertThat(failed).isEmpty();
    }

    /** What a page of another site can send without a browser asking first has no type, or one of a form. */
    @Test
    void aBodyThatDoesNotSayWhatItIsIsNotRead() throws Exception {
        URI login = URI.create("http://127.0.0.1:" + RestAssured.port + "/api/auth/login");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(login)
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"email\":\"a@people.example\",\"password\":\"x\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(answer.body()).contains("https://devmentor.dev/problems/unsupported-media-type");
        }
    }
}
