package dev.devmentor.auth.login;

import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.secondfactor.SecondFactors;
import dev.devmentor.auth.session.RefreshCookie;
import dev.devmentor.auth.throttle.Devices;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Logging in with a password, and changing it. */
@Path("/api/auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Login")
public class LoginResource {
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_PASSWORD = 1_024;

    private final Login login;
    private final ChangePassword change;
    private final RefreshCookie cookie;
    private final Devices devices;
    private final RequestInfo request;
    private final Caller caller;
    private final JsonWebToken token;

    LoginResource(
            Login login,
            ChangePassword change,
            RefreshCookie cookie,
            Devices devices,
            RequestInfo request,
            Caller caller,
            JsonWebToken token) {
        this.login = login;
        this.change = change;
        this.cookie = cookie;
        this.devices = devices;
        this.request = request;
        this.caller = caller;
        this.token = token;
    }

    /**
     * Who wants in.
     *
     * @param code of the second factor, or a recovery code; for who has one
     * @param cookie whether the refresh token goes into a cookie, for pages of our own
     */
    @Schema(examples = "{\"email\": \"anna@example.org\", \"password\": \"violet orbit lamp\", \"cookie\": false}")
    public record LoginRequest(
            @Nullable String email,
            @Nullable String password,
            @Nullable String code,
            @Nullable Boolean cookie) {}

    /**
     * Another password.
     *
     * @param current the present one; may be left out by who has none and has just logged in otherwise
     * @param next the new one, {@code new} in JSON
     */
    @Schema(examples = "{\"current\": \"violet orbit lamp\", \"new\": \"amber river stone seven\"}")
    public record ChangeRequest(
            @Nullable String current,

            @com.fasterxml.jackson.annotation.JsonProperty("new") @Nullable String next) {}

    @POST
    @Path("login")
    @PermitAll
    @Operation(
            summary = "Log in with a password",
            description =
                    "The answer says the same, and comes at the same time, for a wrong password and for an unknown address.")
    @APIResponse(
            responseCode = "200",
            description = "tokens; with 'cookie' the refresh token is in a cookie",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    @APIResponse(
            responseCode = "401",
            description = "login-failed; after a right password: second-factor-required, wrong-second-factor")
    @APIResponse(responseCode = "403", description = "email-not-verified, after a right password; account-out-of-use")
    @APIResponse(responseCode = "429", description = "rate-limited, with Retry-After")
    public Response login(@Nullable LoginRequest body) throws SQLException {
        String email = text("email", body == null ? null : body.email(), LONGEST_EMAIL);
        String password = text("password", body == null ? null : body.password(), LONGEST_PASSWORD);
        String code = SecondFactors.typed(body == null ? null : body.code());
        TokenAnswer tokens = login.logIn(email, password, code, request.get(), request.cookie(Devices.COOKIE));
        boolean inCookie = body != null && Boolean.TRUE.equals(body.cookie());
        return Response.fromResponse(cookie.answer(tokens, inCookie, request))
                .cookie(devices.cookie(email, request.isSecure()))
                .build();
    }

    @POST
    @Path("me/password")
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(
            summary = "Change the password",
            description =
                    "Ends all other sessions. Who has no password yet needs a login of the last minutes instead of it.")
    @APIResponse(responseCode = "204", description = "changed")
    @APIResponse(responseCode = "401", description = "login-failed: the present password is another; login-not-recent")
    public Response changePassword(@Nullable ChangeRequest body) throws SQLException {
        String current = body == null ? null : body.current();
        String next = text("new", body == null ? null : body.next(), LONGEST_PASSWORD);
        if (current != null && (current.isEmpty() || current.length() > LONGEST_PASSWORD)) {
            throw ProblemException.invalid("'current' is empty, or longer than any that is taken");
        }
        String email = change.change(
                caller.id(), token.getClaim("sid"), current, next, request.get(), request.cookie(Devices.COOKIE));
        return Response.noContent()
                .cookie(devices.cookie(email, request.isSecure()))
                .build();
    }

    private static String text(String name, @Nullable String value, int longest) {
        if (value == null || value.isEmpty() || value.length() > longest) {
            throw ProblemException.invalid("'" + name + "' has 1 to " + longest + " characters");
        }
        return value;
    }
}
