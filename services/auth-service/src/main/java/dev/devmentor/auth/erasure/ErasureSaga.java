package dev.devmentor.auth.erasure;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.kit.erasure.Tombstones;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Forgets a person everywhere, in steps that are each one transaction. (1) The request: the account can be used no more, all ways in
 * end, and {@code user.erased} lies in the outbox. (2) This service deletes its own part. (3) Each other service answers, in any
 * order, also before (2). When nobody is missing, the request is completed and names nobody any more. Each step finds out for itself
 * what has been done, so that any instance goes on after any crash.
 */
@ApplicationScoped
class ErasureSaga {
    private static final Logger LOG = Logger.getLogger(ErasureSaga.class);
    private static final int SECRET_BYTES = 32;
    private static final int MOST_SERVICES = 64;
    /** Between the id of a request and the round in the id of its event. */
    private static final String ROUND = "~";

    private final Transactions transactions;
    private final Accounts accounts;
    private final ErasureTable table;
    private final List<OwnErasure> own;
    private final Tombstones tombstones;
    private final AuditLog audit;
    private final ErasureConfig config;
    private final ErasureSignal signal;
    private final String self;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ErasureSaga(
            Transactions transactions,
            Accounts accounts,
            ErasureTable table,
            @All List<OwnErasure> own,
            Tombstones tombstones,
            AuditLog audit,
            ErasureConfig config,
            ErasureSignal signal,
            @ConfigProperty(name = "quarkus.application.name") String self,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.table = table;
        this.own = own;
        this.tombstones = tombstones;
        this.audit = audit;
        this.config = config;
        this.signal = signal;
        this.self = self;
        this.clock = clock;
    }

    /**
     * A request that was begun, or is under way.
     *
     * @param receipt what the person shows to see the state; null if it was not they who began it now
     */
    record Begun(ErasureView view, @Nullable String receipt) {}

    /**
     * Begins to forget a person; if that is under way already, that one goes on.
     *
     * @param operator who asks for it; null if it is the person
     * @param address from where
     * @throws ProblemException 404 if there is no such account
     */
    Begun begin(String accountId, @Nullable String operator, @Nullable String address) throws SQLException {
        Begun begun = transactions.runRetrying(work -> begin(work, accountId, operator, address));
        signal.raise();
        return begun;
    }

    private Begun begin(UnitOfWork work, String accountId, @Nullable String operator, @Nullable String address)
            throws SQLException {
        Connection connection = work.connection();
        Optional<Account> account = accounts.lock(connection, accountId);
        ErasureTable.Request open = table.openOf(connection, accountId);
        if (open != null) {
            return new Begun(table.view(connection, open), null);
        }
        if (account.isEmpty()) {
            throw ProblemException.notFound("there is no such account");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String receipt = operator == null ? secret() : null;
        ErasureTable.Request request = new ErasureTable.Request(
                accounts.newId("e-"),
                accountId,
                operator,
                receipt == null ? null : hash(receipt),
                now,
                "requested",
                0,
                1,
                now.plus(config.firstRepeat()),
                null);
        accounts.state(connection, accountId, Account.State.ERASING);
        for (OwnErasure feature : own) {
            feature.endAccess(work, accountId);
        }
        TreeSet<String> expected = new TreeSet<>(config.services());
        expected.add(self);
        table.insert(connection, request, expected);
        publish(work, request);
        AuditEntry entry =
                AuditEntry.of("erasure.requested", accountId, address).with("erasure", request.id());
        audit.record(connection, operator == null ? entry : entry.by(operator));
        return new Begun(table.view(connection, request), receipt);
    }

    /** The same event each time, to the last byte, until an operator begins another round. */
    private static void publish(UnitOfWork work, ErasureTable.Request request) {
        String account = request.account();
        if (account == null) {
            throw new IllegalStateException("a completed erasure is not asked for again");
        }
        String id = request.round() == 0 ? request.id() : request.id() + ROUND + request.round();
        Envelope envelope = new Envelope(
                id,
                Accounts.SOURCE,
                EventTypes.USER_ERASED.name(),
                request.requestedAt(),
                null,
                EventTypes.USER_ERASED.schemaUri(),
                null,
                null);
        work.publish(
                EventTypes.USER_ERASED,
                envelope,
                account,
                new UserErased(account, request.requestedAt(), request.operator(), null));
    }

    /**
     * Deletes this service's part of one request, if that can be and has not been done.
     *
     * @return false if it has to be tried again
     */
    boolean eraseOwnPart(String id) throws SQLException {
        return transactions.runRetrying(work -> {
            Connection connection = work.connection();
            ErasureTable.Request request = table.lock(connection, id);
            if (request == null || request.account() == null || isOwnPartDone(connection, request)) {
                return true;
            }
            String account = request.account();
            accounts.lock(connection, account);
            for (OwnErasure feature : own) {
                if (!feature.isReady(work, account)) {
                    return false;
                }
            }
            Map<String, Long> counts = new TreeMap<>();
            for (OwnErasure feature : own) {
                feature.deleteAllOf(connection, account).forEach((kind, n) -> counts.merge(kind, n, Long::sum));
            }
            AccountRows.delete(connection, account).forEach((kind, n) -> counts.merge(kind, n, Long::sum));
            Instant now = clock.instant();
            tombstones.put(connection, account, now);
            table.answered(connection, id, self, counts, now, MOST_SERVICES);
            advance(connection, id, now);
            return true;
        });
    }

    private boolean isOwnPartDone(Connection connection, ErasureTable.Request request) throws SQLException {
        return table.view(connection, request).services().stream()
                .anyMatch(service ->
                        service.service().equals(self) && service.state().equals("answered"));
    }

    /** What became of the answer of another service. */
    enum Answered {
        NOTED,
        /** The service had answered before. */
        REPEATED,
        /** It answers a request that is not ours, or one that was forgotten, or in our own name. */
        NOT_OURS,
        /** It names another person than the request. */
        CONTRADICTS
    }

    /** Notes the answer of another service, in the transaction of its event. */
    Answered answered(UnitOfWork work, String erasureId, String service, String person, Map<String, Long> counts)
            throws SQLException {
        Connection connection = work.connection();
        String id = requestId(erasureId);
        ErasureTable.Request request = table.lock(connection, id);
        if (request == null || service.equals(self)) {
            return Answered.NOT_OURS;
        }
        if (request.account() != null && !request.account().equals(person)) {
            return Answered.CONTRADICTS;
        }
        Instant now = clock.instant();
        if (!table.answered(connection, id, service, counts, now, MOST_SERVICES)) {
            return Answered.REPEATED;
        }
        if (!request.isCompleted()) {
            advance(connection, id, now);
        }
        return Answered.NOTED;
    }

    /** The id of the request that an event asked for. */
    static String requestId(String eventId) {
        int round = eventId.indexOf(ROUND);
        return round < 0 ? eventId : eventId.substring(0, round);
    }

    private void advance(Connection connection, String id, Instant now) throws SQLException {
        if (table.advance(connection, id, self, now).equals("completed")) {
            // It names nobody: the person is forgotten.
            audit.record(
                    connection, AuditEntry.of("erasure.completed", null, null).with("erasure", id));
            LOG.infof("erasure %s is completed", id);
        }
    }

    /**
     * Asks again for what is due.
     *
     * @return number of requests that were asked for
     */
    int askAgain(int most) throws SQLException {
        Instant now = clock.instant();
        return transactions.run(work -> {
            int asked = 0;
            for (ErasureTable.Request request : table.due(work.connection(), now, most)) {
                Instant next = now.plus(pause(request.asked()));
                if (table.isOnlySilent(work.connection(), request.id(), self)) {
                    // Nobody else is missing, and what this service has to do it does not learn from its own event.
                    table.askLater(work.connection(), request.id(), next);
                } else {
                    publish(work, request);
                    table.asked(work.connection(), request.id(), request.round(), now, next);
                    asked++;
                }
            }
            return asked;
        });
    }

    /** Doubled with each time that somebody was asked, up to a limit. */
    private Duration pause(int asked) {
        Duration pause = config.firstRepeat();
        for (int i = 0; i < asked && pause.compareTo(config.longestRepeat()) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(config.longestRepeat()) < 0 ? pause : config.longestRepeat();
    }

    /**
     * Asks now, and under another id: also services answer that think they have, but whose answer was lost.
     *
     * @throws ProblemException 404 if there is no such request, 409 if it is completed
     */
    ErasureView askAnew(String id, String operator, @Nullable String address) throws SQLException {
        return transactions.runRetrying(work -> {
            Connection connection = work.connection();
            ErasureTable.Request request = table.lock(connection, id);
            if (request == null) {
                throw ProblemException.notFound("there is no such erasure");
            }
            if (request.isCompleted()) {
                throw ProblemException.conflict("erasure-completed", "the erasure is completed; nobody is missing");
            }
            Instant now = clock.instant();
            table.asked(connection, id, request.round() + 1, now, now.plus(config.firstRepeat()));
            ErasureTable.Request next = table.find(connection, id);
            if (next == null) {
                throw new IllegalStateException("a locked request is gone");
            }
            publish(work, next);
            audit.record(
                    connection,
                    AuditEntry.of("erasure.asked-anew", null, address)
                            .with("erasure", id)
                            .by(operator));
            return table.view(connection, next);
        });
    }

    /** A request for whoever holds its receipt; empty if there is none of that id, or the receipt is another's. */
    Optional<ErasureView> byReceipt(String id, String receipt) throws SQLException {
        byte[] hash = hash(receipt);
        return transactions.run(work -> {
            ErasureTable.Request request = table.find(work.connection(), id);
            if (request == null
                    || request.receiptHash() == null
                    || !MessageDigest.isEqual(request.receiptHash(), hash)) {
                return Optional.<ErasureView>empty();
            }
            return Optional.of(table.view(work.connection(), request).withoutAccount());
        });
    }

    /** A request for its person or, if {@code person} is null, for an operator; empty if there is none of theirs. */
    Optional<ErasureView> byId(String id, @Nullable String person) throws SQLException {
        return transactions.run(work -> {
            ErasureTable.Request request = table.find(work.connection(), id);
            if (request == null || (person != null && !person.equals(request.account()))) {
                return Optional.<ErasureView>empty();
            }
            ErasureView view = table.view(work.connection(), request);
            return Optional.of(person == null ? view : view.withoutAccount());
        });
    }

    /** Requests for operators, the newest first. */
    List<ErasureView> newest(@Nullable String state, ErasureTable.@Nullable Position before, int most)
            throws SQLException {
        return transactions.run(work -> {
            List<ErasureView> views = new java.util.ArrayList<>();
            for (ErasureTable.Request request : table.newest(work.connection(), state, before, most)) {
                views.add(table.view(work.connection(), request));
            }
            return views;
        });
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
