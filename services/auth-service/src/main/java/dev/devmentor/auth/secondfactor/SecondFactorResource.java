package dev.devmentor.auth.secondfactor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.session.RecentLogin;
import dev.devmentor.auth.throttle.Devices;
import dev.devmentor.kit.identity.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's second factor. */
@Path("/api/auth/me/second-factor")
@RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
@RunOnVirtualThread
@Tag(name = "Second factor")
public class SecondFactorResource {
    private final SecondFactors factors;
    private final RecentLogin recent;
    private final RequestInfo request;
    private final Caller caller;
    private final JsonWebToken token;

    SecondFactorResource(
            SecondFactors factors, RecentLogin recent, RequestInfo request, Caller caller, JsonWebToken token) {
        this.factors = factors;
        this.recent = recent;
        this.request = request;
        this.caller = caller;
        this.token = token;
    }

    /** Whether a login of the caller takes a second factor. */
    @Schema(
            name = "SecondFactorStatus",
            examples = "{\"on\": true, \"since\": \"2026-03-01T10:00:00Z\", \"recoveryCodesLeft\": 10}")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(boolean on, @Nullable Instant since, int recoveryCodesLeft) {}

    /**
     * What an app needs to make codes.
     *
     * @param secret in base 32, to be typed
     * @param uri the same and whose it is, for an app
     * @param svg the same as a QR code
     */
    @Schema(name = "SecondFactorBegun", examples = """
            {"secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
             "uri": "otpauth://totp/DevMentor:anna%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=DevMentor",
             "svg": "<svg xmlns=\\"http://www.w3.org/2000/svg\\" …"}""")
    public record Begun(String secret, String uri, String svg) {}

    /** A code of the app; where one is on already, a recovery code is as good. */
    @Schema(name = "SecondFactorCode", examples = "{\"code\": \"492039\"}")
    public record Code(@Nullable String code) {}

    /** Codes for who has lost the app, each good once. They are not shown again. */
    @Schema(
            name = "RecoveryCodes",
            examples = "{\"recoveryCodes\": [\"7K2M-ZNQ4-T8XW-5CVB\", \"3HJD-0A9Q-PMZ2-X6TF\"]}")
    public record Codes(List<String> recoveryCodes) {}

    @GET
    @Operation(summary = "Whether my logins take a second factor")
    public Status status() throws SQLException {
        SecondFactors.Status status = factors.status(caller.id());
        return new Status(status.since() != null, status.since(), status.codesLeft());
    }

    @POST
    @Operation(
            summary = "Begin to switch my second factor on",
            description =
                    "Needs a login of the last minutes. Gives a secret for an app that makes codes of it (RFC 6238: SHA-1, 6 digits,"
                            + " 30 seconds). Nothing changes before one of them is confirmed; to begin again makes another secret.")
    @APIResponse(responseCode = "200", description = "The secret, which is not shown again")
    @APIResponse(responseCode = "401", description = "login-not-recent")
    @APIResponse(responseCode = "409", description = "second-factor-on")
    public Begun begin() throws SQLException {
        recent.mustBeRecent();
        SecondFactors.Secret secret = factors.begin(caller.id());
        return new Begun(secret.base32(), secret.uri(), QrPicture.svg(secret.uri()));
    }

    @POST
    @Path("confirm")
    @Operation(
            summary = "Switch my second factor on",
            description =
                    "By a code of the app that has the secret. Needs a login of the last minutes, and ends all other sessions.")
    @APIResponse(responseCode = "200", description = "It is on; ten recovery codes, which are not shown again")
    @APIResponse(responseCode = "401", description = "wrong-second-factor; login-not-recent")
    @APIResponse(responseCode = "409", description = "second-factor-on; second-factor-off: none was begun")
    public Codes confirm(@Nullable Code body) throws SQLException {
        String code = code(body);
        recent.mustBeRecent();
        return new Codes(factors.confirm(caller.id(), token.getClaim("sid"), code, request.get()));
    }

    @POST
    @Path("recovery-codes")
    @Operation(
            summary = "Make new recovery codes",
            description = "By a code of the app, or a recovery code. The old ones are good for nothing from then on.")
    @APIResponse(responseCode = "200", description = "Ten codes, which are not shown again")
    @APIResponse(responseCode = "401", description = "wrong-second-factor")
    @APIResponse(responseCode = "409", description = "second-factor-off")
    @APIResponse(responseCode = "429", description = "Too many wrong codes; see Retry-After")
    public Codes recoveryCodes(@Nullable Code body) throws SQLException {
        return new Codes(factors.newCodes(caller.id(), code(body), request.get(), request.cookie(Devices.COOKIE)));
    }

    @POST
    @Path("off")
    @Operation(summary = "Switch my second factor off", description = "By a code of the app, or a recovery code.")
    @APIResponse(responseCode = "204", description = "It is off")
    @APIResponse(responseCode = "401", description = "wrong-second-factor")
    @APIResponse(responseCode = "409", description = "second-factor-off")
    @APIResponse(responseCode = "429", description = "Too many wrong codes; see Retry-After")
    public void off(@Nullable Code body) throws SQLException {
        factors.switchOff(caller.id(), code(body), request.get(), request.cookie(Devices.COOKIE));
    }

    private static String code(@Nullable Code body) {
        return SecondFactors.needed(body == null ? null : body.code());
    }
}
