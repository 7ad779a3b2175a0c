package dev.devmentor.auth.vault;

import dev.devmentor.auth.audit.AuditEntry;
import dev.devmentor.auth.audit.AuditLog;
import dev.devmentor.auth.vault.VaultTable.Slot;
import dev.devmentor.auth.vault.VaultTable.Stored;
import dev.devmentor.auth.vault.VaultViews.KeysView;
import dev.devmentor.auth.vault.VaultViews.SlotView;
import dev.devmentor.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores the wrapped keys of vaults. */
@ApplicationScoped
class VaultKeys {
    private static final int FORMAT = 1;
    private static final int WRAPPED_BYTES = 60;
    private static final int SALT_BYTES = 16;
    private static final int LEAST_ITERATIONS = 600_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final String PASSWORD = "password";
    private static final Set<String> KINDS = Set.of(PASSWORD, "recovery");

    private final VaultTable table;
    private final AuditLog audit;
    private final Clock clock;

    VaultKeys(VaultTable table, AuditLog audit, Clock clock) {
        this.table = table;
        this.audit = audit;
        this.clock = clock;
    }

    /** The keys of a person; null without a vault. */
    @Nullable KeysView view(Connection connection, String owner) throws SQLException {
        Optional<Stored> stored = table.find(connection, owner);
        if (stored.isEmpty()) {
            return null;
        }
        List<SlotView> slots = new ArrayList<>();
        for (Slot slot : table.slots(connection, owner)) {
            slots.add(new SlotView(
                    slot.kind(),
                    slot.salt() == null ? null : Encoded.text(slot.salt()),
                    slot.salt() == null ? null : slot.iterations(),
                    Encoded.text(slot.wrapped())));
        }
        return new KeysView(
                stored.get().format(),
                stored.get().version(),
                Encoded.text(stored.get().publicKey()),
                Encoded.text(stored.get().privateKey()),
                slots);
    }

    /**
     * Sets a vault up, or stores its keys in another wrapping.
     *
     * @throws ProblemException 409 if the vault is another one, or in another version, than the client thinks
     */
    void put(Connection connection, String owner, KeysView request, @Nullable String address) throws SQLException {
        if (request.format() == null || request.format() != FORMAT) {
            throw ProblemException.invalid("'format' is " + FORMAT);
        }
        int version = Encoded.positive("version", request.version());
        byte[] publicKey = Encoded.point("publicKey", request.publicKey());
        byte[] privateKey = Encoded.bytes("privateKey", request.privateKey(), WRAPPED_BYTES, WRAPPED_BYTES);
        List<Slot> slots = slots(request.slots());
        Optional<Stored> stored = table.lock(connection, owner);
        if (stored.isEmpty()) {
            if (version != 1 || !table.create(connection, owner, FORMAT, publicKey, privateKey, clock.instant())) {
                throw conflict();
            }
            audit.record(connection, AuditEntry.of("vault.set-up", owner, address));
        } else {
            if (version != stored.get().version() + 1) {
                throw conflict();
            }
            if (!Arrays.equals(publicKey, stored.get().publicKey())) {
                throw ProblemException.conflict(
                        "vault-exists", "there is a vault with another key; delete it first to begin a new one");
            }
            table.rewrapped(connection, owner, version, privateKey, clock.instant());
            audit.record(connection, AuditEntry.of("vault.rewrapped", owner, address));
        }
        table.replaceSlots(connection, owner, slots);
    }

    /** Whether the vault key is wrapped under a password with this salt. */
    boolean isWrappedBy(Connection connection, String owner, byte[] salt) throws SQLException {
        for (Slot slot : table.slots(connection, owner)) {
            if (slot.kind().equals(PASSWORD) && Arrays.equals(salt, slot.salt())) {
                return true;
            }
        }
        return false;
    }

    private static List<Slot> slots(@Nullable List<SlotView> views) {
        Set<String> kinds = new HashSet<>();
        List<Slot> slots = new ArrayList<>();
        for (SlotView view : views == null ? List.<SlotView>of() : views) {
            String kind = view == null ? null : view.kind();
            if (view == null || kind == null || !KINDS.contains(kind) || !kinds.add(kind)) {
                throw ProblemException.invalid("'slots' has one of each kind: password, recovery");
            }
            byte[] wrapped = Encoded.bytes("wrapped", view.wrapped(), WRAPPED_BYTES, WRAPPED_BYTES);
            if (kind.equals(PASSWORD)) {
                Integer iterations = view.iterations();
                if (iterations == null || iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
                    throw ProblemException.invalid(
                            "'iterations' is a number from " + LEAST_ITERATIONS + " to " + MOST_ITERATIONS);
                }
                slots.add(new Slot(
                        kind, Encoded.bytes("salt", view.salt(), SALT_BYTES, SALT_BYTES), iterations, wrapped));
            } else {
                slots.add(new Slot(kind, null, 0, wrapped));
            }
        }
        if (!kinds.contains(PASSWORD)) {
            throw ProblemException.invalid("'slots' has one of the kind password");
        }
        return slots;
    }

    private static ProblemException conflict() {
        return ProblemException.conflict(
                "version-conflict", "the keys of the vault were changed meanwhile; read them again");
    }
}
