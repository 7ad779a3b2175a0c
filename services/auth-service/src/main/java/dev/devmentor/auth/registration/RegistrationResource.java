package dev.devmentor.auth.registration;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.EmailAddress;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.srp.SrpParameters;
import dev.devmentor.auth.throttle.Devices;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.throttle.Throttle.Kind;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Getting an account and a password. What is answered never depends on whether an address has an account. */
@Path("/api/auth")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Registration")
public class RegistrationResource {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TOKEN = 100;
    /** In chars of Java; the rule counts characters and says so. */
    private static final int LONGEST_PASSWORD = 1_024;

    private final Registration registration;
    private final RegistrationConfig config;
    private final Throttle throttle;
    private final Devices devices;
    private final RequestInfo request;

    RegistrationResource(
            Registration registration,
            RegistrationConfig config,
            Throttle throttle,
            Devices devices,
            RequestInfo request) {
        this.registration = registration;
        this.config = config;
        this.throttle = throttle;
        this.devices = devices;
        this.request = request;
    }

    /**
     * A new account, with a password or a zero-knowledge one.
     *
     * @param srp instead of 'password': what the client has made of a password that it keeps to itself
     */
    @Schema(examples = "{\"email\": \"anna@example.org\", \"password\": \"violet orbit lamp\", \"name\": \"Anna\"}")
    public record RegisterRequest(
            @Nullable String email,
            @Nullable String password,
            @Nullable SrpParameters srp,
            @Nullable String name) {}

    /** What stands behind the # of a link. */
    @Schema(examples = "{\"token\": \"what-stands-behind-the-hash-of-the-link\"}")
    public record VerifyRequest(@Nullable String token) {}

    /** Whose password is to be set anew. */
    @Schema(examples = "{\"email\": \"anna@example.org\"}")
    public record ResetRequest(@Nullable String email) {}

    /** A new password, with what stands behind the # of a link. */
    @Schema(
            examples =
                    "{\"token\": \"what-stands-behind-the-hash-of-the-link\", \"password\": \"amber river stone seven\"}")
    public record ConfirmRequest(
            @Nullable String token,
            @Nullable String password,
            @Nullable SrpParameters srp) {}

    @POST
    @Path("register")
    @Operation(
            summary = "Open an account",
            description =
                    "202 in any case; what becomes of it stands in a mail to the address. Again for a further mail.")
    @APIResponse(responseCode = "202", description = "A mail to the address says what became of it")
    @APIResponse(responseCode = "429", description = "Too many mails were asked for; see Retry-After")
    public Response register(@Nullable RegisterRequest body) throws SQLException {
        EmailAddress email = email(body == null ? null : body.email());
        SrpParameters srp = body == null ? null : body.srp();
        String given = body == null ? null : body.password();
        String password = srp == null ? password(given) : onlyOne(given);
        String name = body == null || body.name() == null ? "" : body.name().strip();
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(
                    "'name' has at most " + LONGEST_NAME + " characters, none of them a control");
        }
        ClientInfo client = request.get();
        long begun = System.nanoTime();
        // Before it counts as a mail: who is told to choose another password has caused none.
        if (srp == null) {
            registration.mustBeGood(email, password, name);
        }
        mayMail(email, client);
        if (srp == null) {
            registration.register(email, password, name, client);
        } else {
            registration.register(email, srp, name, client);
        }
        return acceptedAfter(begun);
    }

    @POST
    @Path("verify-email")
    @Operation(
            summary = "Confirm an address",
            description =
                    "With the token of the link; good once, 24 hours. From then on the password of that registration is"
                            + " good.")
    @APIResponse(responseCode = "204", description = "The address is confirmed")
    @APIResponse(responseCode = "403", description = "link-not-good")
    @APIResponse(responseCode = "429", description = "Too many failed tries; see Retry-After")
    public Response verify(@Nullable VerifyRequest body) throws SQLException {
        String token = token(body == null ? null : body.token());
        ClientInfo client = request.get();
        mayGuess(client);
        Optional<Account> account = registration.verify(token, client);
        return account.isEmpty() ? noLink(client) : known(account.get());
    }

    @POST
    @Path("reset-password")
    @Operation(
            summary = "Ask for a link that sets a new password",
            description = "202 in any case. Works however many have guessed at the password.")
    @APIResponse(responseCode = "202", description = "A mail to the address says what became of it")
    @APIResponse(responseCode = "429", description = "Too many mails were asked for; see Retry-After")
    public Response requestReset(@Nullable ResetRequest body) throws SQLException {
        EmailAddress email = email(body == null ? null : body.email());
        ClientInfo client = request.get();
        long begun = System.nanoTime();
        mayMail(email, client);
        registration.requestReset(email, client);
        return acceptedAfter(begun);
    }

    @POST
    @Path("reset-password/confirm")
    @Operation(
            summary = "Set a new password by a link",
            description = "With the token of the link; good once, one hour. Ends all sessions.")
    @APIResponse(responseCode = "204", description = "The password is set")
    @APIResponse(responseCode = "403", description = "link-not-good")
    @APIResponse(responseCode = "429", description = "Too many failed tries; see Retry-After")
    public Response confirmReset(@Nullable ConfirmRequest body) throws SQLException {
        String token = token(body == null ? null : body.token());
        SrpParameters srp = body == null ? null : body.srp();
        String given = body == null ? null : body.password();
        String password = srp == null ? password(given) : onlyOne(given);
        ClientInfo client = request.get();
        mayGuess(client);
        Optional<Account> account =
                srp == null ? registration.reset(token, password, client) : registration.reset(token, srp, client);
        return account.isEmpty() ? noLink(client) : known(account.get());
    }

    /** From now on others' guesses do not delay this browser: whoever followed a link has the address. */
    private Response known(Account account) {
        return Response.noContent()
                .cookie(devices.cookie(account.email(), request.isSecure()))
                .build();
    }

    private Response noLink(ClientInfo client) {
        throttle.failed(Kind.SECRET, null, client.address(), null);
        throw ProblemException.forbidden(
                "link-not-good", "this link was used, is too old, or is none of ours; ask for a new one");
    }

    private void mayGuess(ClientInfo client) {
        Duration wait = throttle.waitFor(Kind.SECRET, null, client.address(), null);
        if (wait != null) {
            throw ProblemException.tooMany(seconds(wait), "too many failed tries from here; wait");
        }
    }

    private void mayMail(EmailAddress email, ClientInfo client) {
        Duration wait = throttle.waitFor(Kind.MAIL, email.key(), client.address(), request.cookie(Devices.COOKIE));
        if (wait != null) {
            throw ProblemException.tooMany(
                    seconds(wait), "too many mails were asked for; look into your mailbox, or wait");
        }
    }

    private static long seconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }

    /** The same answer at the same time; on a machine so busy that it took longer, at the next such time. */
    private Response acceptedAfter(long begun) {
        try {
            TimeUnit.NANOSECONDS.sleep(untilNext(config.answerAfter().toNanos(), System.nanoTime() - begun));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return Response.accepted().build();
    }

    /** What is left of a step that has begun. */
    static long untilNext(long step, long elapsed) {
        return step == 0 ? 0 : step - elapsed % step;
    }

    private static EmailAddress email(@Nullable String text) {
        return (text == null ? Optional.<EmailAddress>empty() : EmailAddress.parse(text))
                .orElseThrow(() -> ProblemException.invalid("'email' is no mail address"));
    }

    private static String password(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST_PASSWORD) {
            throw ProblemException.invalid("'password' is missing, or longer than any that is taken");
        }
        return text;
    }

    private static String onlyOne(@Nullable String password) {
        if (password != null) {
            throw ProblemException.invalid("'password' and 'srp' exclude each other");
        }
        return "";
    }

    private static String token(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST_TOKEN) {
            throw ProblemException.invalid("'token' is missing, or longer than any that is sent");
        }
        return text;
    }
}
