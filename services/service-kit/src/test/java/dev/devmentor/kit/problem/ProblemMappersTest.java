package dev.devmentor.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemMappersTest {
    private static final String BASE = "https://devmentor.dev/problems/";
    private final ProblemMappers mappers = new ProblemMappers();

    private static Problem problem(Response response) {
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        Problem problem = (Problem) response.getEntity();
        assertThat(problem.status()).isEqualTo(response.getStatus());
        assertThat(problem.type()).startsWith(BASE);
        return problem;
    }

    @Test
    void aProblemThatWasThrownIsTheAnswer() {
        assertThat(problem(mappers.problem(ProblemException.invalid("'x' is wrong"))))
                .isEqualTo(
                        new Problem(BASE + "invalid-request", "The request is not valid", 400, "'x' is wrong", null));
        assertThat(problem(mappers.problem(ProblemException.conflict("conflicting-duplicate", "other"))))
                .isEqualTo(new Problem(
                        BASE + "conflicting-duplicate", "Contradicts what is already there", 409, "other", null));
        assertThat(problem(mappers.problem(ProblemException.tooLarge("x"))).status())
                .isEqualTo(413);
        assertThat(problem(mappers.problem(ProblemException.notFound("x"))).status())
                .isEqualTo(404);
        assertThat(problem(mappers.problem(ProblemException.forbidden("x"))).status())
                .isEqualTo(403);
        assertThat(problem(mappers.problem(ProblemException.unavailable("x"))).status())
                .isEqualTo(503);
        assertThat(problem(mappers.problem(ProblemException.unsupported("x"))).status())
                .isEqualTo(415);
        assertThat(problem(mappers.problem(ProblemException.unreadable("x"))).status())
                .isEqualTo(422);
        assertThat(problem(mappers.problem(ProblemException.notImplemented("x")))
                        .status())
                .isEqualTo(501);
    }

    @Test
    void whoeverIsNotAuthenticatedIsToldHowTo() {
        Response none = mappers.unauthorized(new UnauthorizedException("secret"));
        Response bad = mappers.badToken(new AuthenticationFailedException("secret"));
        assertThat(none.getHeaderString("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(bad.getHeaderString("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        for (Response response : List.of(none, bad)) {
            assertThat(problem(response).type()).isEqualTo(BASE + "unauthorized");
            assertThat(response.getStatus()).isEqualTo(401);
            assertThat(response.getEntity().toString()).doesNotContain("secret");
        }
        assertThat(problem(mappers.forbidden(new ForbiddenException("secret"))).type())
                .isEqualTo(BASE + "forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid-request, Bad Request",
        "404, not-found, Not Found",
        "405, method-not-allowed, Method Not Allowed",
        "406, not-acceptable, Not Acceptable",
        "413, too-large, Request Entity Too Large",
        "415, unsupported-media-type, Unsupported Media Type",
        "418, invalid-request, I'm a teapot",
    })
    void whatTheFrameworkRefusesIsAProblemToo(int status, String slug, String title) {
        Problem problem = problem(mappers.web(new WebApplicationException("secret", status)));

        assertThat(problem.type()).isEqualTo(BASE + slug);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.detail()).isNull();
        if (status != 418) {
            assertThat(problem.title()).isEqualTo(title);
        }
    }

    @Test
    void brokenJsonIsTheCallersAndItsPlaceIsNamedButNotItsValue() {
        JsonProcessingException broken = failureOf("{\"name\": tulips}");
        assertThat(problem(mappers.json(broken)).detail())
                .startsWith("the body is not valid JSON at line 1, column ")
                .doesNotContain("tulips");
        JsonProcessingException mistyped = failureOf("{\"size\": \"tulips\"}");
        assertThat(problem(mappers.json(mistyped)).detail())
                .isEqualTo("the value of 'size' does not have the form that is documented");
        assertThat(problem(mappers.mismatch((MismatchedInputException) mistyped))
                        .detail())
                .isEqualTo("the value of 'size' does not have the form that is documented");
        assertThat(problem(mappers.mismatch((MismatchedInputException) failureOf("[]")))
                        .detail())
                .isEqualTo("the body does not have the form that is documented");
        assertThat(problem(mappers.web(new WebApplicationException(mistyped, 400)))
                        .detail())
                .isEqualTo("the value of 'size' does not have the form that is documented");
    }

    /** What somebody guessed wrong is easier mended by who sees what there is. */
    @Test
    void aNameThatIsNotKnownIsAnsweredWithThoseThatAre() {
        assertThat(problem(mappers.mismatch(
                                (MismatchedInputException) failureOf("{\"size\": 1, \"colour\": \"tulips\"}")))
                        .detail())
                .isEqualTo("'colour' is not known here; known are: name, size");
    }

    private record Body(String name, int size) {}

    private static JsonProcessingException failureOf(String json) {
        try {
            new ObjectMapper().readValue(json, Body.class);
        } catch (JsonProcessingException failure) {
            return failure;
        }
        throw new AssertionError(json);
    }

    @Test
    void aDependencyThatIsDownIs503WithARetry() {
        Response response = mappers.sql(new SQLException("host=secret", "08006"));

        assertThat(problem(response).type()).isEqualTo(BASE + "unavailable");
        assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
        assertThat(problem(response).instance()).startsWith("urn:uuid:");
    }

    @Test
    void aTextThatTheDatabaseCannotKeepIsTheCallers() {
        Problem problem = problem(mappers.sql(new SQLException("invalid byte sequence: secret", "22021")));

        assertThat(problem)
                .isEqualTo(new Problem(
                        BASE + "invalid-request",
                        "The request is not valid",
                        400,
                        "a text has a character that cannot be kept",
                        null));
    }

    @Test
    void aBugIs500AndTellsNothingButWhereToLook() {
        for (Response response : List.of(
                mappers.anything(new IllegalStateException("secret")),
                mappers.sql(new SQLException("secret", "23505")),
                mappers.web(new WebApplicationException("secret", 500)))) {
            assertThat(problem(response).type()).isEqualTo(BASE + "internal");
            assertThat(response.getStatus()).isEqualTo(500);
            assertThat(problem(response).instance()).startsWith("urn:uuid:");
            assertThat(response.getEntity().toString()).doesNotContain("secret");
        }
    }

    @Test
    void everyTypeThatTheCodeCanAnswerStandsInTheDocsAndNoOther() throws IOException {
        Path root = Path.of(System.getProperty("devmentor.root", "../.."));
        Set<String> inCode = new TreeSet<>();
        Pattern slug = Pattern.compile(
                "new (?:ProblemException|GatewayProblem)\\(\\s*\"([a-z-]+)\"|(?:Problem\\.| )of\\(\\s*\"([a-z-]+)\""
                        + "|(?:conflict|forbidden|unauthenticated)\\(\\s*\"([a-z-]+)\",|\"problem\",\\s*\"([a-z-]+)\""
                        + "|devmentor\\.dev/problems/([a-z-]+)\"|case \\d+ -> \"([a-z-]+)\"");
        for (String module : List.of(
                "services/service-kit",
                "services/learning-service",
                "services/pbml-service",
                "services/auth-service",
                "services/api-gateway")) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String code = Files.readString(file);
                    if (!code.contains("roblem")) {
                        continue;
                    }
                    slug.matcher(code).results().forEach(match -> {
                        for (int group = 1; group <= match.groupCount(); group++) {
                            if (match.group(group) != null) {
                                inCode.add(match.group(group));
                            }
                        }
                    });
                }
            }
        }
        Set<String> inDocs = new TreeSet<>();
        Pattern.compile("^\\| `([a-z-]+)` \\| \\d{3} \\|", Pattern.MULTILINE)
                .matcher(Files.readString(root.resolve("docs/problems.md")))
                .results()
                .forEach(match -> inDocs.add(match.group(1)));

        assertThat(inDocs).isEqualTo(inCode).hasSizeGreaterThanOrEqualTo(11);
    }
}
