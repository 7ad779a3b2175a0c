package dev.devmentor.auth.session;

import dev.devmentor.auth.token.SigningKeys;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses access tokens of sessions that have ended and of keys that were withdrawn, here and now: this service knows, without Redis
 * and whether or not the request came by a gateway, and whoever still has such a token, or such a key, must not let a program in by it,
 * or make a key.
 */
@ApplicationScoped
class LiveCaller implements SecurityIdentityAugmentor {
    private static final Logger LOG = Logger.getLogger(LiveCaller.class);
    private static final String LOGOUT = "/api/auth/logout";
    private static final String ERASURE = "/api/auth/erasures/";

    private final Sessions sessions;
    private final SigningKeys keys;
    private final Transactions transactions;

    LiveCaller(Sessions sessions, SigningKeys keys, Transactions transactions) {
        this.sessions = sessions;
        this.keys = keys;
        this.transactions = transactions;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity);
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        boolean withoutSession = request != null && isWithoutSession(request.normalizedPath(), identity);
        String session = withoutSession ? null : token.getClaim("sid");
        return context.runBlocking(() -> {
            if (!isGood(kid(token.getRawToken()), session)) {
                throw new AuthenticationFailedException();
            }
            return identity;
        });
    }

    /** Key of a token whose signature has been checked. */
    private static @Nullable String kid(String token) {
        JsonWebSignature signed = new JsonWebSignature();
        try {
            signed.setCompactSerialization(token);
        } catch (JoseException notOne) {
            return null;
        }
        return signed.getKeyIdHeaderValue();
    }

    /** Logging out says the same whether there is a session; and who is erased has none, and sees how far that is. */
    private static boolean isWithoutSession(String path, SecurityIdentity identity) {
        return path.equals(LOGOUT) || (path.startsWith(ERASURE) && !identity.hasRole(Caller.OPERATOR));
    }

    private boolean isGood(@Nullable String kid, @Nullable String session) {
        try {
            return keys.isPublished(kid)
                    && (session == null || transactions.run(work -> sessions.isLive(work.connection(), session)));
        } catch (SQLException down) {
            // Neither let in nor told to log in again: nobody knows.
            LOG.debugf("keys and sessions cannot be read: %s", down.getClass().getSimpleName());
            throw ProblemException.unavailable("who calls cannot be checked at the moment");
        }
    }
}
