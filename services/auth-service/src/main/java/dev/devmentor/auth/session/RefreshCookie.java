package dev.devmentor.auth.session;

import dev.devmentor.auth.client.PublicUrl;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.token.TokenAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * The refresh token of a browser: in a cookie that no script reads, that goes to {@code /api/auth} alone, and that no other site
 * can have sent ({@code SameSite=Strict}, and the request says that it comes from our own pages).
 */
@ApplicationScoped
public class RefreshCookie {
    private static final String NAME = "devmentor_refresh";
    private static final String PATH = "/api/auth";

    private final SessionConfig config;
    private final PublicUrl publicUrl;

    RefreshCookie(SessionConfig config, PublicUrl publicUrl) {
        this.config = config;
        this.publicUrl = publicUrl;
    }

    /** The answer with the tokens; the refresh token is in the cookie if the request asked for that, else in the body. */
    public Response answer(TokenAnswer tokens, boolean inCookie, RequestInfo request) {
        Response.ResponseBuilder answer =
                Response.ok(inCookie ? tokens.withoutRefreshToken() : tokens).header("Cache-Control", "no-store");
        if (inCookie && tokens.refreshToken() != null) {
            answer.cookie(
                    cookie(tokens.refreshToken(), (int) config.refreshLifetime().toSeconds(), request.isSecure()));
        }
        return answer.build();
    }

    /** A cookie that takes the other away. */
    public NewCookie removal(RequestInfo request) {
        return cookie("", 0, request.isSecure());
    }

    /** The refresh token of the cookie; null without one, or if the request does not come from our own pages. */
    public @Nullable String read(RequestInfo request) {
        String value = request.cookie(NAME);
        if (value == null || value.isEmpty()) {
            return null;
        }
        String site = request.header("Sec-Fetch-Site");
        String origin = request.header("Origin");
        boolean sameSite = site == null || site.equals("same-origin");
        boolean sameOrigin = origin == null || origin.equals(publicUrl.origin());
        boolean said = site != null || origin != null;
        return said && sameSite && sameOrigin ? value : null;
    }

    private static NewCookie cookie(String value, int seconds, boolean secure) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path(PATH)
                .maxAge(seconds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
