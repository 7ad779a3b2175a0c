package dev.devmentor.auth.vault;

import dev.devmentor.auth.vault.EntryTable.Entry;
import dev.devmentor.auth.vault.VaultTable.Stored;
import dev.devmentor.auth.vault.VaultViews.EntryRequest;
import dev.devmentor.auth.vault.VaultViews.ShareRequest;
import dev.devmentor.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores entries, each version once. */
@ApplicationScoped
class Entries {
    static final int LARGEST = 65_536;

    private static final int WRAPPED_BYTES = 60;
    private static final int SMALLEST = 29;

    private final VaultTable vaults;
    private final EntryTable table;
    private final ShareTable shareTable;
    private final Shares shares;
    private final VaultConfig config;
    private final Clock clock;

    Entries(
            VaultTable vaults,
            EntryTable table,
            ShareTable shareTable,
            Shares shares,
            VaultConfig config,
            Clock clock) {
        this.vaults = vaults;
        this.table = table;
        this.shareTable = shareTable;
        this.shares = shares;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Stores a version of an entry.
     *
     * @throws ProblemException 409 if it is not the next one, 404 without a vault
     */
    Entry put(Connection connection, String owner, UUID id, EntryRequest request) throws SQLException {
        int version = Encoded.positive("version", request.version());
        int keyVersion = Encoded.positive("keyVersion", request.keyVersion());
        Entry next = new Entry(
                id,
                version,
                keyVersion,
                Encoded.bytes("dataKey", request.dataKey(), WRAPPED_BYTES, WRAPPED_BYTES),
                ciphertext(request),
                clock.instant());
        Stored vault = vaults.lock(connection, owner).orElseThrow(Entries::noVault);
        Optional<Entry> stored = table.find(connection, owner, id);
        int storedVersion = stored.map(Entry::version).orElse(0);
        if (version != storedVersion + 1) {
            throw ProblemException.conflict(
                    "version-conflict", "the entry is stored in version " + storedVersion + "; read it again");
        }
        long growth = next.ciphertext().length
                - stored.map(entry -> entry.ciphertext().length).orElse(0);
        boolean one = stored.isEmpty();
        if (one && vault.entries() >= config.mostEntries()) {
            throw ProblemException.conflict(
                    "limit-reached", "a vault has at most " + config.mostEntries() + " entries");
        }
        if (growth > 0 && vault.bytes() + growth > config.mostBytes().asLongValue()) {
            throw ProblemException.conflict(
                    "limit-reached", "a vault has at most " + config.mostBytes().asLongValue() + " bytes");
        }
        if (stored.isEmpty()) {
            if (keyVersion != 1) {
                throw ProblemException.invalid("the first 'keyVersion' is 1");
            }
            table.insert(connection, owner, next);
        } else {
            change(connection, owner, stored.get(), next, request);
        }
        vaults.resized(connection, owner, one ? 1 : 0, growth);
        return next;
    }

    private void change(Connection connection, String owner, Entry stored, Entry next, EntryRequest request)
            throws SQLException {
        boolean newKey = next.keyVersion() == stored.keyVersion() + 1;
        if (!newKey && next.keyVersion() != stored.keyVersion()) {
            throw ProblemException.invalid("'keyVersion' is that of the stored entry, or one more");
        }
        table.update(connection, owner, next);
        if (newKey) {
            List<ShareRequest> kept = request.shares() == null ? List.of() : request.shares();
            shares.keep(connection, owner, next, kept);
            shareTable.deleteOther(connection, owner, next.id(), next.keyVersion());
        } else if (request.shares() != null) {
            throw ProblemException.invalid("'shares' goes with a new data key alone");
        }
    }

    /**
     * Deletes an entry, and its shares.
     *
     * @param version the client thinks that it is stored in
     */
    void delete(Connection connection, String owner, UUID id, int version) throws SQLException {
        if (vaults.lock(connection, owner).isEmpty()) {
            throw noVault();
        }
        Entry stored = table.find(connection, owner, id).orElseThrow(Entries::noEntry);
        if (stored.version() != version) {
            throw ProblemException.conflict(
                    "version-conflict", "the entry is stored in version " + stored.version() + "; read it again");
        }
        table.delete(connection, owner, id);
        vaults.resized(connection, owner, -1, -stored.ciphertext().length);
    }

    private static byte[] ciphertext(EntryRequest request) {
        String text = request.ciphertext();
        if (text != null && text.length() > (LARGEST + 2) / 3 * 4) {
            throw ProblemException.tooLarge("an entry has at most " + LARGEST + " bytes of ciphertext");
        }
        return Encoded.bytes("ciphertext", text, SMALLEST, LARGEST);
    }

    static ProblemException noVault() {
        return ProblemException.notFound("you have no vault yet; set it up first");
    }

    static ProblemException noEntry() {
        return ProblemException.notFound("no such entry, or not yours");
    }
}
