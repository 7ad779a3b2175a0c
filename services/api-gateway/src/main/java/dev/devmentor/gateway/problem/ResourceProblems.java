package dev.devmentor.gateway.problem;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What resources of the gateway itself refuse looks like what its filters refuse. */
class ResourceProblems {
    private static final Logger LOG = Logger.getLogger(ResourceProblems.class);

    @ServerExceptionMapper
    Response badToken(AuthenticationFailedException failure) {
        return answer(GatewayProblem.unauthorized("the access token is not valid"));
    }

    @ServerExceptionMapper
    Response noToken(UnauthorizedException failure) {
        return answer(GatewayProblem.unauthorized("an access token or an API key is needed here"));
    }

    @ServerExceptionMapper
    Response notAllowed(ForbiddenException failure) {
        return answer(GatewayProblem.forbidden("the caller's role is not enough for this"));
    }

    /** The issuer is away, and its keys have not been seen yet. */
    @ServerExceptionMapper
    Response issuerAway(OIDCException failure) {
        return answer(GatewayProblem.unavailable(1, "who calls cannot be checked at the moment"));
    }

    /** A fault of ours: it is told here alone, and not what the framework tells of it. */
    @ServerExceptionMapper
    Response fault(RuntimeException failure) {
        LOG.error("a request failed", failure);
        return answer(GatewayProblem.of("internal-error", "Internal Server Error", 500, null));
    }

    /** What the framework refuses by itself: the wrong method, a media type that nobody takes or gives, no such path. */
    @ServerExceptionMapper
    Response web(WebApplicationException failure) {
        Response made = failure.getResponse();
        if (made.hasEntity()) {
            return made;
        }
        GatewayProblem problem = GatewayProblem.ofStatus(made.getStatus());
        String allow = made.getHeaderString("Allow");
        Response answer = answer(problem);
        return allow == null
                ? answer
                : Response.fromResponse(answer).header("Allow", allow).build();
    }

    private static Response answer(GatewayProblem problem) {
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type("application/problem+json")
                .header("Cache-Control", "no-store")
                .entity(problem.json());
        problem.headers().forEach(answer::header);
        return answer.build();
    }
}
