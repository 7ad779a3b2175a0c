package dev.devmentor.auth.github;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.devmentor.auth.client.PublicUrl;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.secondfactor.SecondFactors;
import dev.devmentor.auth.session.RecentLogin;
import dev.devmentor.auth.session.RefreshCookie;
import dev.devmentor.auth.throttle.Devices;
import dev.devmentor.auth.throttle.Throttle;
import dev.devmentor.auth.throttle.Throttle.Kind;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The way in by GitHub. All of it is 404 where no OAuth app is configured. */
@Path("/api/auth/github")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "GitHub")
public class GitHubResource {
    private static final String COOKIE = "devmentor_github";
    private static final String WAITING = "devmentor_github_waiting";
    private static final String PATH = "/api/auth/github";
    private static final int COOKIE_SECONDS = 600;
    private static final String HOME = "/auth/account";
    /** A path of ours: no other server, no scheme. */
    private static final Pattern NEXT = Pattern.compile("/(?![/\\\\])[\\w\\-./?=&%]{0,300}");

    private final GitHubLogin login;
    private final RefreshCookie refresh;
    private final Devices devices;
    private final Throttle throttle;
    private final RecentLogin recent;
    private final PublicUrl publicUrl;
    private final RequestInfo request;
    private final Caller caller;

    GitHubResource(
            GitHubLogin login,
            RefreshCookie refresh,
            Devices devices,
            Throttle throttle,
            RecentLogin recent,
            PublicUrl publicUrl,
            RequestInfo request,
            Caller caller) {
        this.login = login;
        this.refresh = refresh;
        this.devices = devices;
        this.throttle = throttle;
        this.recent = recent;
        this.publicUrl = publicUrl;
        this.request = request;
        this.caller = caller;
    }

    /** Whether there is this way in. */
    @Schema(name = "GitHubStatus", examples = "{\"enabled\": true}")
    public record Status(boolean enabled) {}

    /**
     * What somebody who is logged in wants.
     *
     * @param repositories whether they agree that their repositories, issues and pull requests are read
     * @param next path of ours to come back to; {@code /auth/account} if absent
     */
    @Schema(name = "GitHubLinkRequest", examples = "{\"repositories\": false, \"next\": \"/auth/account\"}")
    public record LinkRequest(
            @Nullable Boolean repositories, @Nullable String next) {}

    /** Where to go to with the cookie that came along. */
    @Schema(
            name = "GitHubLinkBegun",
            examples =
                    "{\"authorize_url\": \"https://github.com/login/oauth/authorize?client_id=…&scope=read%3Auser+user%3Aemail&state=…\"}")
    public record LinkAnswer(@JsonProperty("authorize_url") String authorizeUrl) {}

    /** The GitHub account of the caller. */
    @Schema(
            name = "GitHubLink",
            examples =
                    "{\"linked\": true, \"login\": \"anna\", \"repositories\": false, \"linkedAt\": \"2026-03-01T10:00:00Z\"}")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LinkView(
            boolean linked,
            @Nullable String login,
            boolean repositories,
            @Nullable Instant linkedAt) {}

    /** The second factor of somebody who came from GitHub: a code of the app, or a recovery code. */
    @Schema(name = "GitHubSecondFactor", examples = "{\"code\": \"492039\"}")
    public record SecondFactor(@Nullable String code) {}

    @GET
    @Path("status")
    @PermitAll
    @Operation(
            summary = "Whether one can log in with GitHub",
            description = "Works without a token. Where one cannot, all else below this path is 404.")
    public Status status() {
        return new Status(login.isEnabled());
    }

    @GET
    @PermitAll
    @Operation(
            summary = "Log in with GitHub",
            description = "For browsers: leads to GitHub, and from there back to the callback.")
    @APIResponse(responseCode = "303", description = "to GitHub")
    public Response begin(
            @Parameter(description = "path of ours to come back to", example = "/auth/account")
                    @QueryParam("next")
                    @Nullable String next) {
        mustBeEnabled();
        GitHubLogin.Begun begun = login.begin(next(next), null, false);
        return seeOther(begun.url())
                .cookie(attempt(begun.cookie(), COOKIE_SECONDS))
                .build();
    }

    @GET
    @Path("callback")
    @PermitAll
    @Operation(
            summary = "Back from GitHub",
            description =
                    "For browsers. At the end there is a session, with its refresh token in a cookie; or the login page asks for the second factor; else it says why"
                            + " not: error is github-state, github-denied, github-refused, github-unavailable, github-email,"
                            + " github-linked-elsewhere or github-account.")
    @APIResponse(responseCode = "303", description = "to a page of ours")
    public Response callback(
            @Parameter(example = "as-it-was-sent-to-github") @QueryParam("state") @Nullable String state,
            @Parameter(example = "given-by-github") @QueryParam("code") @Nullable String code,
            @Parameter(description = "instead of code", example = "access_denied") @QueryParam("error") @Nullable String error)
            throws SQLException {
        mustBeEnabled();
        String address = request.get().address();
        Duration wait = throttle.waitFor(Kind.SECRET, null, address, null);
        if (wait != null) {
            throw ProblemException.tooMany(wait.plusMillis(999).toSeconds(), "too many failed tries from here; wait");
        }
        try {
            GitHubLogin.Arrived arrived = login.arrive(request.cookie(COOKIE), state, code, error, request.get());
            if (arrived.waiting() != null) {
                String page = "/auth/login?second-factor=github&next="
                        + URLEncoder.encode(arrived.next(), StandardCharsets.UTF_8);
                return seeOther(publicUrl.of(page))
                        .cookie(attempt("", 0))
                        .cookie(cookie(WAITING, arrived.waiting(), COOKIE_SECONDS, NewCookie.SameSite.STRICT))
                        .build();
            }
            Response.ResponseBuilder answer =
                    seeOther(publicUrl.of(arrived.next())).cookie(attempt("", 0));
            if (arrived.tokens() != null) {
                refresh.answer(arrived.tokens(), true, request)
                        .getCookies()
                        .values()
                        .forEach(answer::cookie);
                answer.cookie(devices.cookie(arrived.email(), request.isSecure()));
            }
            return answer.build();
        } catch (GitHubException failed) {
            if (failed.reason() == GitHubException.Reason.STATE || failed.reason() == GitHubException.Reason.REFUSED) {
                throttle.failed(Kind.SECRET, null, address, null);
            }
            String reason = failed.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return seeOther(publicUrl.of("/auth/login?error=github-" + reason))
                    .cookie(attempt("", 0))
                    .build();
        }
    }

    @POST
    @Path("second-factor")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(
            summary = "Finish a login with GitHub by the second factor",
            description =
                    "For the login page, in the browser that came back from GitHub; within ten minutes, once. The refresh token goes"
                            + " into a cookie.")
    @APIResponse(
            responseCode = "200",
            description = "the tokens",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    @APIResponse(
            responseCode = "401",
            description = "wrong-second-factor, second-factor-required; login-failed: begin again at GitHub")
    @APIResponse(responseCode = "429", description = "Too many wrong codes; see Retry-After")
    public Response secondFactor(@Nullable SecondFactor body) throws SQLException {
        mustBeEnabled();
        String code = SecondFactors.typed(body == null ? null : body.code());
        try {
            GitHubLogin.Arrived arrived =
                    login.goOn(request.cookie(WAITING), code, request.get(), request.cookie(Devices.COOKIE));
            return Response.fromResponse(refresh.answer(Objects.requireNonNull(arrived.tokens()), true, request))
                    .cookie(devices.cookie(arrived.email(), request.isSecure()))
                    .cookie(cookie(WAITING, "", 0, NewCookie.SameSite.STRICT))
                    .build();
        } catch (GitHubException refused) {
            throw ProblemException.forbidden("account-out-of-use", "this account is out of use");
        }
    }

    @POST
    @Path("link")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(
            summary = "Link the account with one of GitHub",
            description =
                    "Needs a login of the last minutes. Gives the address to go to, and a cookie that has to be there when one"
                            + " comes back. Only with 'repositories' a token is kept, encrypted.")
    @APIResponse(
            responseCode = "200",
            description = "Where to go to",
            content = @Content(schema = @Schema(implementation = LinkAnswer.class)))
    public Response link(@Nullable LinkRequest body) {
        mustBeEnabled();
        recent.mustBeRecent();
        boolean repositories = body != null && Boolean.TRUE.equals(body.repositories());
        GitHubLogin.Begun begun = login.begin(next(body == null ? null : body.next()), caller.id(), repositories);
        return Response.ok(new LinkAnswer(begun.url()))
                .header("Cache-Control", "no-store")
                .cookie(attempt(begun.cookie(), COOKIE_SECONDS))
                .build();
    }

    @GET
    @Path("link")
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(summary = "Which GitHub account is linked")
    public LinkView linked() throws SQLException {
        mustBeEnabled();
        Optional<GitHubTable.Link> link = login.linkOf(caller.id());
        return link.map(it -> new LinkView(true, it.login(), it.hasToken(), it.linkedAt()))
                .orElse(new LinkView(false, null, false, null));
    }

    @DELETE
    @Path("link")
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(
            summary = "Unlink the GitHub account",
            description = "Forgets its token, too. A link by mail to set a password stays a way in.")
    public void unlink() throws SQLException {
        mustBeEnabled();
        if (!login.unlink(caller.id(), request.get())) {
            throw ProblemException.notFound("no GitHub account is linked");
        }
    }

    private void mustBeEnabled() {
        if (!login.isEnabled()) {
            throw ProblemException.notFound("this installation has no way in by GitHub");
        }
    }

    private static String next(@Nullable String wanted) {
        return wanted != null && NEXT.matcher(wanted).matches() ? wanted : HOME;
    }

    private static Response.ResponseBuilder seeOther(String url) {
        return Response.seeOther(URI.create(url))
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer");
    }

    /** Lax, not strict: the browser comes back from another site. */
    private NewCookie attempt(String value, int seconds) {
        return cookie(COOKIE, value, seconds, NewCookie.SameSite.LAX);
    }

    private NewCookie cookie(String name, String value, int seconds, NewCookie.SameSite sameSite) {
        return new NewCookie.Builder(name)
                .value(value)
                .path(PATH)
                .maxAge(seconds)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite(sameSite)
                .build();
    }
}
