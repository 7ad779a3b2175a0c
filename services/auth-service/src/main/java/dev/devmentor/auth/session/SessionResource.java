package dev.devmentor.auth.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where somebody is logged in, and out. */
@Path("/api/auth")
@RunOnVirtualThread
@Tag(name = "Sessions")
public class SessionResource {
    private final Sessions sessions;
    private final Transactions transactions;
    private final RefreshCookie cookie;
    private final Throttle throttle;
    private final Caller caller;
    private final JsonWebToken token;
    private final RequestInfo request;

    SessionResource(
            Sessions sessions,
            Transactions transactions,
            RefreshCookie cookie,
            Throttle throttle,
            Caller caller,
            JsonWebToken token,
            RequestInfo request) {
        this.sessions = sessions;
        this.transactions = transactions;
        this.cookie = cookie;
        this.throttle = throttle;
        this.caller = caller;
        this.token = token;
        this.request = request;
    }

    /**
     * @param refreshToken null if it is in the cookie
     */
    @Schema(examples = "{\"refresh_token\": \"good-once…\"}")
    public record RefreshRequest(
            @JsonProperty("refresh_token") @Nullable String refreshToken) {}

    /** All sessions of the caller. */
    public record SessionList(List<Sessions.View> sessions) {}

    @POST
    @Path("refresh")
    @PermitAll
    @Operation(
            summary = "Continue a session",
            description =
                    "Gives a new access token and a new refresh token; the old one is good no more. Whoever sends it a second"
                            + " time ends the session. Pages of our own leave refresh_token out: theirs is in a cookie.")
    @APIResponse(
            responseCode = "200",
            description = "The tokens",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TokenAnswer.class)))
    @APIResponse(responseCode = "401", description = "session-ended")
    @APIResponse(responseCode = "429", description = "Too many failed tries; see Retry-After")
    public Response refresh(@Nullable RefreshRequest body) throws SQLException {
        String given = body == null ? null : body.refreshToken();
        String refreshToken = given == null ? cookie.read(request) : given;
        if (refreshToken == null) {
            throw ProblemException.unauthenticated("session-ended", "there is no session to continue");
        }
        String address = request.get().address();
        Duration wait = throttle.waitFor(Throttle.Kind.SECRET, null, address, null);
        if (wait != null) {
            throw ProblemException.tooMany(wait.toSeconds() + 1, "too many failed tries from here; wait");
        }
        return switch (sessions.refresh(refreshToken, null, null, request.get())) {
            case Sessions.Refreshed.Good good -> cookie.answer(good.answer(), given == null, request);
            // It asks for no scope.
            case Sessions.Refreshed.TooWide _ -> throw new IllegalStateException("a scope that nobody asked for");
            case Sessions.Refreshed.Refused refused -> {
                throttle.failed(Throttle.Kind.SECRET, null, address, null);
                throw ProblemException.unauthenticated("session-ended", refused.reason());
            }
        };
    }

    @POST
    @Path("logout")
    @PermitAll
    @Operation(
            summary = "End a session",
            description =
                    "That of the refresh token in the body, in the cookie, or of the access token. Says the same whether there"
                            + " was one.")
    @APIResponse(responseCode = "204", description = "There is no such session any more")
    public Response logout(@Nullable RefreshRequest body) throws SQLException {
        String given = body == null ? null : body.refreshToken();
        String refreshToken = given == null ? cookie.read(request) : given;
        if (refreshToken != null) {
            sessions.revoke(refreshToken, null, request.get());
        }
        String session = sessionOfToken();
        if (session != null) {
            String person = caller.id();
            transactions.runRetrying(work -> sessions.end(work, person, session, Sessions.LOGOUT));
        }
        return Response.noContent().cookie(cookie.removal(request)).build();
    }

    /** Null without a token, and with one that is good no more: who leaves after a quarter of an hour leaves all the same. */
    private @Nullable String sessionOfToken() {
        try {
            return token.getRawToken() == null ? null : token.getClaim("sid");
        } catch (AuthenticationFailedException notGood) {
            return null;
        }
    }

    @GET
    @Path("sessions")
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(summary = "Where the caller is logged in")
    public SessionList list() throws SQLException {
        return new SessionList(sessions.list(caller.id(), token.getClaim("sid")));
    }

    @DELETE
    @Path("sessions/{id}")
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(summary = "End one session", description = "Its access token is refused by the gateway at once.")
    public void end(@Parameter(example = "s-2cvb6hjd9km3znq7t4xw") @PathParam("id") String id) throws SQLException {
        String person = caller.id();
        if (!transactions.runRetrying(work -> sessions.end(work, person, id, "ended"))) {
            throw ProblemException.notFound("no such session, or not yours");
        }
    }

    @DELETE
    @Path("sessions")
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(summary = "End all sessions", description = "This one, too.")
    public void endAll() throws SQLException {
        String person = caller.id();
        transactions.runRetrying(work -> sessions.endAll(work, person, null, "ended-all"));
    }
}
