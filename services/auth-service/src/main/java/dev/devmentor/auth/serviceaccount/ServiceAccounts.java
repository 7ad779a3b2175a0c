package dev.devmentor.auth.serviceaccount;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.session.EndedKeys;
import dev.devmentor.auth.session.Sessions;
import dev.devmentor.auth.token.Scopes;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs that act for themselves, and their keys. */
@ApplicationScoped
class ServiceAccounts {
    static final int MOST_ACCOUNTS = 20;
    static final int MOST_KEYS = 10;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);
    private static final Duration REPORTS_KEPT = Duration.ofDays(2);

    private final SecureRandom random = new SecureRandom();
    private final Transactions transactions;
    private final ServiceAccountTable table;
    private final Accounts accounts;
    private final Sessions.Teams teams;
    private final EndedKeys ended;
    private final AuditLog audit;
    private final Clock clock;

    ServiceAccounts(
            Transactions transactions,
            ServiceAccountTable table,
            Accounts accounts,
            Sessions.Teams teams,
            EndedKeys ended,
            AuditLog audit,
            Clock clock) {
        this.teams = teams;
        this.ended = ended;
        this.transactions = transactions;
        this.table = table;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    /** A service account with its keys. */
    record WithKeys(ServiceAccountTable.Row account, List<ServiceAccountTable.Key> keys) {}

    /**
     * What a key is worth.
     *
     * @param teams of the owner
     */
    record Known(ServiceAccountTable.Row account, ServiceAccountTable.Key key, Account owner, List<String> teams) {}

    /** What a gateway counted of a key in a minute. */
    record Counted(String keyId, Instant minute, long requests, long errors) {}

    List<WithKeys> list(String ownerId) throws SQLException {
        return transactions.run(work -> {
            List<WithKeys> all = new ArrayList<>();
            for (ServiceAccountTable.Row row : table.ofOwner(work.connection(), ownerId)) {
                all.add(new WithKeys(row, table.keys(work.connection(), row.id())));
            }
            return all;
        });
    }

    ServiceAccountTable.Row create(String ownerId, String name, String scope) throws SQLException {
        return transactions.run(work -> {
            Account owner = accounts.lock(work.connection(), ownerId)
                    .filter(Account::isUsable)
                    .orElseThrow(() -> ProblemException.notFound("there is no account of this id"));
            if (table.ofOwner(work.connection(), ownerId).size() >= MOST_ACCOUNTS) {
                throw ProblemException.conflict(
                        "too-many-service-accounts", "a person has at most " + MOST_ACCOUNTS + " service accounts");
            }
            ServiceAccountTable.Row row = new ServiceAccountTable.Row(
                    accounts.newId("sa-"), ownerId, name, scope, owner.tier(), clock.instant());
            if (!table.add(work.connection(), row)) {
                throw ProblemException.conflict("name-taken", "there is a service account of this name");
            }
            audit.record(
                    work.connection(),
                    AuditEntry.of("service-account.created", ownerId, null).with("service-account", row.id()));
            return row;
        });
    }

    void delete(String ownerId, String id) throws SQLException {
        transactions.execute(work -> {
            mustOwn(work, ownerId, id);
            List<String> keys = table.keys(work.connection(), id).stream()
                    .map(ServiceAccountTable.Key::id)
                    .toList();
            table.delete(work.connection(), id);
            work.onCommit(() -> ended.announce(keys));
            audit.record(
                    work.connection(),
                    AuditEntry.of("service-account.deleted", ownerId, null).with("service-account", id));
        });
    }

    ApiKeyText issue(String ownerId, String id, @Nullable Integer expiresInDays, int perMinute, int perDay)
            throws SQLException {
        return transactions.run(work -> {
            mustOwn(work, ownerId, id);
            Instant now = clock.instant();
            long good = table.keys(work.connection(), id).stream()
                    .filter(key -> key.isGood(now))
                    .count();
            if (good >= MOST_KEYS) {
                throw ProblemException.conflict(
                        "too-many-keys", "a service account has at most " + MOST_KEYS + " keys");
            }
            Instant expires = expiresInDays == null ? null : now.plus(Duration.ofDays(expiresInDays));
            return issue(work, ownerId, id, expires, perMinute, perDay);
        });
    }

    /** Issues a successor with the same limits; the old key goes on for a while, so that programs can change over. */
    ApiKeyText rotate(String ownerId, String id, String keyId, Duration overlap) throws SQLException {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw ProblemException.invalid("the old key can go on for 0 to " + LONGEST_OVERLAP.toHours() + " hours");
        }
        return transactions.run(work -> {
            mustOwn(work, ownerId, id);
            Instant now = clock.instant();
            ServiceAccountTable.Key old = table.key(work.connection(), keyId)
                    .filter(key -> key.serviceAccountId().equals(id) && key.isGood(now))
                    .orElseThrow(() -> ProblemException.notFound("no such key, or it is good no more"));
            Instant expires =
                    old.expiresAt() == null ? null : now.plus(Duration.between(old.createdAt(), old.expiresAt()));
            ApiKeyText fresh = issue(work, ownerId, id, expires, old.perMinute(), old.perDay());
            table.endKey(work.connection(), keyId, now.plus(overlap));
            if (overlap.isZero()) {
                work.onCommit(() -> ended.announce(List.of(keyId)));
            }
            audit.record(
                    work.connection(),
                    AuditEntry.of("api-key.rotated", ownerId, null).with("key", keyId));
            return fresh;
        });
    }

    void revoke(String ownerId, String id, String keyId) throws SQLException {
        transactions.execute(work -> {
            mustOwn(work, ownerId, id);
            boolean known = table.key(work.connection(), keyId)
                    .filter(key -> key.serviceAccountId().equals(id))
                    .isPresent();
            if (!known) {
                throw ProblemException.notFound("no such key, or not yours");
            }
            table.revokeKey(work.connection(), keyId, clock.instant());
            work.onCommit(() -> ended.announce(List.of(keyId)));
            audit.record(
                    work.connection(),
                    AuditEntry.of("api-key.revoked", ownerId, null).with("key", keyId));
        });
    }

    List<ServiceAccountTable.Usage> usage(String ownerId, String id, int days) throws SQLException {
        return transactions.run(work -> {
            mustOwn(work, ownerId, id);
            return table.usage(work.connection(), id, clock.instant().minus(Duration.ofDays(days)));
        });
    }

    /** What a key is worth now; empty if it is none, or good no more. */
    Optional<Known> verify(String text, ClientInfo from) throws SQLException {
        ApiKeyText key = ApiKeyText.parse(text);
        if (key == null) {
            return Optional.empty();
        }
        return transactions.run(work -> {
            Instant now = clock.instant();
            Optional<ServiceAccountTable.Key> row = table.key(work.connection(), key.id());
            boolean right = row.isPresent()
                    && java.security.MessageDigest.isEqual(row.get().hash(), key.hash());
            if (!right || !row.get().isGood(now)) {
                return Optional.<Known>empty();
            }
            Optional<ServiceAccountTable.Row> account =
                    table.byId(work.connection(), row.get().serviceAccountId());
            Optional<Account> owner = account.isEmpty()
                    ? Optional.empty()
                    : accounts.byId(work.connection(), account.get().ownerId()).filter(Account::isUsable);
            // Who is no operator any more would have given away for ever what they could not have made today.
            boolean allowed = owner.isPresent()
                    && Scopes.ofServiceAccounts(owner.get().roles())
                            .containsAll(Set.of(account.get().scope().split(" ")));
            if (!allowed) {
                return Optional.<Known>empty();
            }
            table.keyUsed(work.connection(), key.id(), now);
            List<String> of = teams.of(work.connection(), owner.get().id());
            return Optional.of(new Known(account.get(), row.get(), owner.get(), of));
        });
    }

    /** Takes in what a gateway counted; keys that are gone are left out. */
    void report(String reporter, List<Counted> counted) throws SQLException {
        transactions.execute(work -> {
            for (Counted minute : counted) {
                if (table.key(work.connection(), minute.keyId()).isPresent()) {
                    table.report(
                            work.connection(),
                            reporter,
                            minute.keyId(),
                            minute.minute(),
                            minute.requests(),
                            minute.errors());
                }
            }
            table.forgetReports(work.connection(), clock.instant().minus(REPORTS_KEPT));
        });
    }

    private ApiKeyText issue(
            UnitOfWork work, String ownerId, String id, @Nullable Instant expires, int perMinute, int perDay)
            throws SQLException {
        ApiKeyText fresh = ApiKeyText.random(random);
        table.addKey(
                work.connection(),
                new ServiceAccountTable.Key(
                        fresh.id(), id, fresh.hash(), clock.instant(), expires, null, null, perMinute, perDay));
        audit.record(
                work.connection(),
                AuditEntry.of("api-key.issued", ownerId, null)
                        .with("service-account", id)
                        .with("key", fresh.id()));
        return fresh;
    }

    private void mustOwn(UnitOfWork work, String ownerId, String id) throws SQLException {
        boolean owned = table.byId(work.connection(), id)
                .filter(row -> row.ownerId().equals(ownerId))
                .isPresent();
        if (!owned) {
            throw ProblemException.notFound("no such service account, or not yours");
        }
    }
}
