package dev.devmentor.auth.token;

import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.kit.transaction.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which key signs now, and which are published. A new key is published for some time before it signs, and the old one until its
 * last token has ended, so that nobody meets a token whose key they cannot find.
 */
@ApplicationScoped
public class SigningKeys {
    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Known NOTHING = new Known(List.of(), Instant.EPOCH);
    private static final Duration LOOK = Duration.ofMinutes(1);
    /** What clocks may be apart. */
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final SigningKeyTable table;
    private final TokenConfig config;
    private final AuditLog audit;
    private final Clock clock;
    private final Vertx vertx;
    private volatile Known known = NOTHING;
    private long timer;

    SigningKeys(
            Transactions transactions,
            SigningKeyTable table,
            TokenConfig config,
            AuditLog audit,
            Clock clock,
            Vertx vertx) {
        this.transactions = transactions;
        this.table = table;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
        this.vertx = vertx;
    }

    private record Known(List<SigningKey> keys, Instant readAt) {}

    void begin(@Observes StartupEvent started) throws SQLException {
        rotateIfOld();
        timer = vertx.setPeriodic(
                LOOK.toMillis(), _ -> Thread.ofVirtual().name("signing-keys").start(this::look));
    }

    @PreDestroy
    void end() {
        vertx.cancelTimer(timer);
    }

    private void look() {
        try {
            rotateIfOld();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("could not look after the signing keys; tried again in a minute", e);
        }
    }

    /** The key that signs now. */
    SigningKey current() throws SQLException {
        Instant now = clock.instant();
        for (SigningKey key : keys(now)) {
            if (key.signsAt(now)) {
                return key;
            }
        }
        rotateIfOld();
        List<SigningKey> keys = keys(clock.instant());
        return keys.stream()
                .filter(key -> key.signsAt(clock.instant()))
                .findFirst()
                // The clock was set back to before the first key signed: the oldest that is published will do, for all
                // know it.
                .or(() -> keys.reversed().stream().findFirst())
                .orElseThrow(() -> new IllegalStateException("no key signs now"));
    }

    /** Whether a key is published now: what others signed, or one that is withdrawn, is good for nothing. */
    public boolean isPublished(@Nullable String kid) throws SQLException {
        Instant now = clock.instant();
        if (isAmong(keys(now), kid, now)) {
            return true;
        }
        // Another instance may have made it just now.
        known = NOTHING;
        return isAmong(keys(now), kid, now);
    }

    private static boolean isAmong(List<SigningKey> keys, @Nullable String kid, Instant now) {
        return keys.stream().anyMatch(key -> key.kid().equals(kid) && key.isPublishedAt(now));
    }

    /** The public halves as a JSON Web Key Set (RFC 7517). */
    public String jwks() throws SQLException {
        Instant now = clock.instant();
        return keys(now).stream()
                .filter(key -> key.isPublishedAt(now))
                .map(SigningKey::publicJwk)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /**
     * Lets a new key take over: after the time that it has to be published before, or now if the old one is no longer trusted; then
     * nothing that the old one signed is good any more.
     *
     * @param actor who asked for it
     */
    public void rotate(boolean distrustOld, String actor, String address) throws SQLException {
        transactions.execute(work -> {
            table.lock(work.connection());
            Instant now = clock.instant();
            if (distrustOld) {
                // Also one that is published and does not sign yet: who has got the one may have got the other.
                table.deleteAll(work.connection());
                table.add(work.connection(), now, now);
            } else {
                takeOver(work.connection(), now, now.plus(config.keyOverlap()));
            }
            audit.record(
                    work.connection(),
                    AuditEntry.of("signing-key.rotated", null, address)
                            .by(actor)
                            .with("distrust-old", String.valueOf(distrustOld)));
        });
        known = NOTHING;
    }

    /** Makes the first key, and a new one when the newest is old. */
    private void rotateIfOld() throws SQLException {
        transactions.execute(work -> {
            table.lock(work.connection());
            Instant now = clock.instant();
            table.deleteUnpublished(work.connection(), now);
            List<SigningKey> keys = table.published(work.connection(), now);
            if (keys.stream().noneMatch(key -> key.signsUntil() == null)) {
                takeOver(work.connection(), now, now);
                audit.record(work.connection(), AuditEntry.of("signing-key.created", null, null));
            } else if (keys.getFirst().signsFrom().plus(config.keyAge()).isBefore(now)) {
                takeOver(work.connection(), now, now.plus(config.keyOverlap()));
                audit.record(work.connection(), AuditEntry.of("signing-key.rotated", null, null));
            }
        });
        known = NOTHING;
    }

    /** A new key signs from then on, and those before it are published until their last token has ended. */
    private void takeOver(Connection connection, Instant now, Instant from) throws SQLException {
        table.add(connection, now, from);
        table.end(connection, from, from, from.plus(config.accessLifetime()).plus(LEEWAY));
    }

    private List<SigningKey> keys(Instant now) throws SQLException {
        Known last = known;
        boolean fresh = Duration.between(last.readAt, now).abs().compareTo(FRESH) < 0;
        if (!fresh) {
            last = new Known(transactions.run(work -> table.published(work.connection(), now)), now);
            known = last;
        }
        return last.keys;
    }
}
