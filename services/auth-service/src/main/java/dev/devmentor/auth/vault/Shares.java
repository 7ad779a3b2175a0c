package dev.devmentor.auth.vault;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.vault.EntryTable.Entry;
import dev.devmentor.auth.vault.ShareTable.Share;
import dev.devmentor.auth.vault.VaultTable.Stored;
import dev.devmentor.auth.vault.VaultViews.PublicKeyView;
import dev.devmentor.auth.vault.VaultViews.ShareRequest;
import dev.devmentor.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Passes wrapped data keys on to those they are wrapped for. */
@ApplicationScoped
class Shares {
    private static final int WRAPPED_BYTES = 60;
    static final int APPROVAL_BYTES = 32;
    private static final int LONGEST_ID = 64;
    private static final Duration HOUR = Duration.ofHours(1);

    private final VaultTable vaults;
    private final EntryTable entries;
    private final ShareTable table;
    private final Accounts accounts;
    private final AuditLog audit;
    private final VaultConfig config;
    private final Clock clock;

    Shares(
            VaultTable vaults,
            EntryTable entries,
            ShareTable table,
            Accounts accounts,
            AuditLog audit,
            VaultConfig config,
            Clock clock) {
        this.vaults = vaults;
        this.entries = entries;
        this.table = table;
        this.accounts = accounts;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    /** Counts that somebody asks for a key, and says whether they may. The count stands, whatever is answered. */
    boolean mayAsk(Connection connection, String asker) throws SQLException {
        Instant now = clock.instant();
        return vaults.lookups(connection, asker, now, now.minus(HOUR)) <= config.lookupsPerHour();
    }

    ProblemException tooMany() {
        return ProblemException.tooMany(
                HOUR.toSeconds(), "you may ask for " + config.lookupsPerHour() + " keys an hour");
    }

    /**
     * The public key of somebody who has a vault: by the exact address, if it is verified; by the id, of oneself and of people with whom
     * something is shared already. Nobody else is found, whether there is such a person or not.
     */
    Optional<PublicKeyView> publicKey(Connection connection, String asker, String who) throws SQLException {
        Optional<Account> account = Optional.empty();
        if (who.indexOf('@') >= 0) {
            account = accounts.byEmail(connection, who).filter(Account::emailVerified);
        } else if (who.equals(asker) || table.between(connection, asker, who)) {
            account = accounts.byId(connection, who);
        }
        account = account.filter(Account::isUsable);
        if (account.isEmpty()) {
            return Optional.empty();
        }
        String id = account.get().id();
        return vaults.find(connection, id).map(vault -> new PublicKeyView(id, Encoded.text(vault.publicKey())));
    }

    /** Shares an entry with somebody, or wraps its data key for them anew. */
    void put(
            Connection connection,
            String owner,
            UUID entryId,
            String recipient,
            ShareRequest request,
            @Nullable String address)
            throws SQLException {
        if (vaults.lock(connection, owner).isEmpty()) {
            throw Entries.noVault();
        }
        Entry entry = entries.find(connection, owner, entryId).orElseThrow(Entries::noEntry);
        boolean isNew = !table.has(connection, owner, entryId, recipient);
        if (isNew && table.given(connection, owner, entryId).size() >= config.mostShares()) {
            throw ProblemException.conflict(
                    "limit-reached", "an entry is shared with at most " + config.mostShares() + " people");
        }
        store(connection, owner, entry, recipient, request);
        if (isNew) {
            if (table.offers(connection, recipient) > config.mostOffers()) {
                throw ProblemException.conflict("limit-reached", "too many shares wait for this person to accept them");
            }
            audit.record(
                    connection,
                    AuditEntry.of("vault.shared", owner, address)
                            .with("entry", entryId.toString())
                            .with("with", recipient));
        }
    }

    /** With a new data key: those of the recipients go on for whom it was wrapped as well. */
    void keep(Connection connection, String owner, Entry entry, List<ShareRequest> kept) throws SQLException {
        Set<String> seen = new HashSet<>();
        for (ShareRequest request : kept) {
            String recipient = request == null ? null : request.recipient();
            if (request == null || recipient == null || !seen.add(recipient)) {
                throw ProblemException.invalid("'shares' names each recipient once");
            }
            if (!table.has(connection, owner, entry.id(), recipient)) {
                throw ProblemException.invalid("'shares' names somebody with whom the entry is not shared");
            }
            store(connection, owner, entry, recipient, request);
        }
    }

    private void store(Connection connection, String owner, Entry entry, String recipient, ShareRequest request)
            throws SQLException {
        if (recipient.equals(owner)) {
            throw ProblemException.invalid("it is yours already");
        }
        if (request.recipient() != null && !request.recipient().equals(recipient)) {
            throw ProblemException.invalid("'recipient' is somebody else than in the path");
        }
        byte[] recipientKey = Encoded.point("recipientKey", request.recipientKey());
        Share share = new Share(
                entry.id(),
                recipient,
                recipientKey,
                Encoded.positive("keyVersion", request.keyVersion()),
                Encoded.point("ephemeral", request.ephemeral()),
                Encoded.bytes("wrapped", request.wrapped(), WRAPPED_BYTES, WRAPPED_BYTES),
                Encoded.bytes("approval", request.approval(), APPROVAL_BYTES, APPROVAL_BYTES));
        if (share.keyVersion() != entry.keyVersion()) {
            throw ProblemException.conflict("version-conflict", "the entry has another data key by now; read it again");
        }
        Optional<Stored> theirs =
                recipient.length() > LONGEST_ID ? Optional.empty() : vaults.find(connection, recipient);
        if (theirs.isEmpty()) {
            throw ProblemException.notFound("there is nobody of this id who has a vault");
        }
        if (!Arrays.equals(theirs.get().publicKey(), recipientKey)) {
            throw ProblemException.conflict("key-changed", "the recipient has another key by now; compare it anew");
        }
        table.put(connection, owner, share, clock.instant());
    }

    void revoke(Connection connection, String owner, UUID entryId, String recipient, @Nullable String address)
            throws SQLException {
        if (!table.revoke(connection, owner, entryId, recipient)) {
            throw ProblemException.notFound("no such share, or not yours");
        }
        audit.record(
                connection,
                AuditEntry.of("vault.share-revoked", owner, address)
                        .with("entry", entryId.toString())
                        .with("with", recipient));
    }
}
