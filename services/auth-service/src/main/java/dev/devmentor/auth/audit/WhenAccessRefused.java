package dev.devmentor.auth.audit;

import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * Somebody who is logged in wanted what their role may not do. It is noted once an hour for each person and operation, by each instance:
 * whoever tries all day writes no more than that.
 */
@ApplicationScoped
class WhenAccessRefused {
    private static final Logger LOG = Logger.getLogger(WhenAccessRefused.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final AuditLog audit;
    private final RequestInfo request;
    private final Clock clock;
    private final Transactions transactions;

    /** When what was noted last, the oldest first. Guarded by itself. */
    private final LinkedHashMap<String, Instant> noted = new LinkedHashMap<>();

    WhenAccessRefused(AuditLog audit, RequestInfo request, Clock clock, Transactions transactions) {
        this.audit = audit;
        this.request = request;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** On the thread of the request, which may be an event loop: what blocks is done elsewhere. */
    void note(@Observes AuthorizationFailureEvent refused) {
        if (!(refused.getSecurityIdentity().getPrincipal() instanceof JsonWebToken token)
                || token.getClaim("sid") == null) {
            return;
        }
        Map<String, Object> properties = refused.getEventProperties();
        Object operation = properties.get(AuthorizationFailureEvent.SECURED_METHOD_KEY);
        if (!isNew(token.getSubject() + " " + operation)) {
            return;
        }
        AuditEntry entry = AuditEntry.of(
                "access.refused", token.getSubject(), request.get().address());
        AuditEntry detailed = properties.get(RoutingContext.class.getName()) instanceof RoutingContext context
                ? entry.with("wanted", context.request().method() + " " + context.normalizedPath())
                : entry.with("wanted", String.valueOf(operation));
        Thread.ofVirtual().name("access-refused").start(() -> record(detailed));
    }

    private void record(AuditEntry entry) {
        try {
            transactions.executeRetrying(work -> audit.record(work.connection(), entry));
        } catch (SQLException down) {
            LOG.warnf("a refusal could not be noted: %s", down.getClass().getSimpleName());
        }
    }

    private boolean isNew(String what) {
        Instant now = clock.instant();
        synchronized (noted) {
            Instant last = noted.get(what);
            if (last != null && last.plus(PAUSE).isAfter(now)) {
                return false;
            }
            noted.putLast(what, now);
            if (noted.size() > MOST) {
                noted.pollFirstEntry();
            }
            return true;
        }
    }
}
