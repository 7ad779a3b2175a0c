package dev.devmentor.kit.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.devmentor.kit.transaction.Failures;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place where a failure becomes an answer. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /** SQLSTATE character_not_in_repertoire. */
    private static final String NOT_IN_REPERTOIRE = "22021";

    @ServerExceptionMapper
    Response problem(ProblemException failure) {
        Response.ResponseBuilder answer = Response.status(failure.problem().status())
                .type(Problem.MEDIA_TYPE)
                .entity(failure.problem());
        if (failure.retryAfterSeconds() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, failure.retryAfterSeconds());
        }
        return answer.build();
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException failure) {
        return unauthorized("Bearer");
    }

    @ServerExceptionMapper
    Response badToken(AuthenticationFailedException failure) {
        return unauthorized("Bearer error=\"invalid_token\""); // RFC 6750 3.1
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException failure) {
        return answer(Problem.of("forbidden", "Not allowed", 403, "the token's role or scope is not enough for this"));
    }

    @ServerExceptionMapper
    Response json(JsonProcessingException failure) {
        return answer(Problem.of("invalid-request", "The request is not valid", 400, describe(failure)));
    }

    /** The framework has a mapper of its own for these, with another form of answer; a nearer one goes before it. */
    @ServerExceptionMapper
    Response mismatch(MismatchedInputException failure) {
        return json(failure);
    }

    @ServerExceptionMapper
    Response sql(SQLException failure) {
        // PostgreSQL keeps no text with a NUL in it: nothing there has such an id, and nothing gets such a name.
        return NOT_IN_REPERTOIRE.equals(failure.getSQLState())
                ? answer(Problem.of(
                        "invalid-request",
                        "The request is not valid",
                        400,
                        "a text has a character that cannot be kept"))
                : failed(failure);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        JacksonException json = jsonCause(failure);
        if (json != null) {
            return answer(Problem.of("invalid-request", "The request is not valid", 400, describe(json)));
        }
        if (status >= 500) {
            return failed(failure);
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "The request cannot be answered" : known.getReasonPhrase();
        return answer(Problem.of(slug(status), title, status, null));
    }

    @ServerExceptionMapper
    Response anything(Throwable failure) {
        return failed(failure);
    }

    private static Response failed(Throwable failure) {
        String id = UUID.randomUUID().toString();
        if (Failures.isTransient(failure)) {
            LOG.warnf(
                    "request %s: a dependency is down: %s",
                    id, failure.getClass().getSimpleName());
            Problem problem = new Problem(
                    "https://devmentor.dev/problems/unavailable",
                    "Temporarily unavailable",
                    503,
                    "a part of the platform is down; try again later",
                    "urn:uuid:" + id);
            return Response.status(503)
                    .header(HttpHeaders.RETRY_AFTER, 5)
                    .type(Problem.MEDIA_TYPE)
                    .entity(problem)
                    .build();
        }
        LOG.errorf(failure, "request %s failed", id);
        return answer(new Problem(
                "https://devmentor.dev/problems/internal",
                "Internal error",
                500,
                "the error is logged under this instance",
                "urn:uuid:" + id));
    }

    private static Response unauthorized(String challenge) {
        Problem problem = Problem.of(
                "unauthorized", "Not authenticated", 401, "send a valid access token as Authorization: Bearer");
        return Response.status(401)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    private static @Nullable JacksonException jsonCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json) {
                return json;
            }
        }
        return null;
    }

    /** Where the JSON is wrong, without repeating what it says. */
    private static String describe(JacksonException failure) {
        String path = failure instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        if (failure instanceof UnrecognizedPropertyException unknown && unknown.getKnownPropertyIds() != null) {
            return "'" + path + "' is not known here; known are: "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (!path.isEmpty()) {
            return "the value of '" + path + "' does not have the form that is documented";
        }
        if (failure instanceof MismatchedInputException) {
            return "the body does not have the form that is documented";
        }
        return failure.getLocation() == null
                ? "the body is not valid JSON"
                : "the body is not valid JSON at line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr();
    }

    private static String slug(int status) {
        return switch (status) {
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 413 -> "too-large";
            case 415 -> "unsupported-media-type";
            default -> "invalid-request";
        };
    }
}
