package dev.devmentor.auth.session;

import dev.devmentor.kit.identity.Caller;
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

/**
 * Refuses access tokens of sessions that have ended, here and now: this service knows, without Redis and whether or not the request
 * came by a gateway, and whoever still has such a token must not let a program in by it, or make a key.
 */
@ApplicationScoped
class LiveCaller implements SecurityIdentityAugmentor {
    private static final Logger LOG = Logger.getLogger(LiveCaller.class);
    private static final String LOGOUT = "/api/auth/logout";
    private static final String ERASURE = "/api/auth/erasures/";

    private final Sessions sessions;
    private final Transactions transactions;

    LiveCaller(Sessions sessions, Transactions transactions) {
        this.sessions = sessions;
        this.transactions = transactions;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity);
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        if (request != null && isWithoutSession(request.normalizedPath(), identity)) {
            return Uni.createFrom().item(identity);
        }
        if (identity.getPrincipal() instanceof JsonWebToken token && token.getClaim("sid") instanceof String session) {
            return context.runBlocking(() -> {
                if (hasEnded(session)) {
                    throw new AuthenticationFailedException();
                }
                return identity;
            });
        }
        return Uni.createFrom().item(identity);
    }

    /** Logging out says the same whether there is a session; and who is erased has none, and sees how far that is. */
    private static boolean isWithoutSession(String path, SecurityIdentity identity) {
        return path.equals(LOGOUT) || (path.startsWith(ERASURE) && !identity.hasRole(Caller.OPERATOR));
    }

    private boolean hasEnded(String session) {
        try {
            return !transactions.run(work -> sessions.isLive(work.connection(), session));
        } catch (SQLException | RuntimeException down) {
            // Nothing here works without the database: what was asked for says so itself, by 503 and not by 401.
            LOG.debugf("sessions cannot be read: %s", down.getClass().getSimpleName());
            return false;
        }
    }
}
