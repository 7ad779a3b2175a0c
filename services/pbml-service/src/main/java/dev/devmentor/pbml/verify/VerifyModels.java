package dev.devmentor.pbml.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.deterministic.MathChecksum;
import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.kit.transaction.Failures;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.Owners;
import dev.devmentor.pbml.pattern.ComparePatterns;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Folds every owner's log from its beginning and compares, byte for byte, the model that is kept; then the rows of patterns with
 * what the model says, and the count of the log with its rows. First it tries whether this build computes as every other
 * does, JVM or native.
 */
@ApplicationScoped
public class VerifyModels {
    private static final Logger LOG = Logger.getLogger(VerifyModels.class);
    private static final int OWNERS_AT_ONCE = 50;

    private final Transactions transactions;
    private final Owners owners;
    private final ObservationTable log;
    private final Models models;
    private final ComparePatterns patterns;

    VerifyModels(
            Transactions transactions, Owners owners, ObservationTable log, Models models, ComparePatterns patterns) {
        this.transactions = transactions;
        this.owners = owners;
        this.log = log;
        this.models = models;
        this.patterns = patterns;
    }

    /**
     * How far it is.
     *
     * @param observations rows of logs
     * @param mismatches models, counts and rows of patterns that are not what the logs say
     * @param checksum over all models, independent of their order; in the last line
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = """
            {"owners": 12, "observations": 4501, "patterns": 380, "mismatches": 0, "done": true,
             "checksum": "9c1f0a77d2e4b635"}""")
    public record Progress(
            long owners,
            long observations,
            long patterns,
            long mismatches,
            boolean done,
            @Nullable String checksum) {}

    private static final class Count {
        private long owners;
        private long observations;
        private long patterns;
        private long mismatches;
        private long checksum;

        Progress progress(boolean done) {
            return new Progress(
                    owners, observations, patterns, mismatches, done, done ? Long.toHexString(checksum) : null);
        }
    }

    void run(Consumer<Progress> report, BooleanSupplier cancelled) throws SQLException {
        Count count = new Count();
        if (MathChecksum.ofAMillion() != MathChecksum.EXPECTED) {
            // Then every fold of this build is suspect, whether it differs from what is stored or not.
            count.mismatches++;
            LOG.error("verify: the arithmetic of this build gives other bits than the one that was tested");
        }
        long after = 0;
        while (!cancelled.getAsBoolean()) {
            long from = after;
            long[] ids = transactions.run(work -> owners.idsAfter(work.connection(), from, OWNERS_AT_ONCE));
            if (ids.length == 0) {
                report.accept(count.progress(true));
                return;
            }
            for (long id : ids) {
                if (!cancelled.getAsBoolean()) {
                    verify(id, count);
                }
            }
            after = ids[ids.length - 1];
            report.accept(count.progress(false));
        }
    }

    private void verify(long id, Count count) throws SQLException {
        record Counted(Owner owner, long rows) {}
        Optional<Counted> found = transactions.run(work -> {
            List<Owner> locked = owners.lockByIds(work.connection(), new long[] {id});
            return locked.isEmpty()
                    ? Optional.<Counted>empty()
                    : Optional.of(new Counted(locked.getFirst(), log.count(work.connection(), id)));
        });
        if (found.isEmpty()) {
            return; // erased meanwhile
        }
        Counted counted = found.get();
        Owner owner = counted.owner();
        count.owners++;
        count.observations += counted.rows();
        if (counted.rows() != owner.observations()) {
            // Every fold would find that it lacks something, and begin anew.
            mismatch(count, id, "the count of the log");
            return;
        }
        try {
            // First: whoever folds again writes the rows anew.
            ComparePatterns.Compared compared = patterns.compare(owner);
            count.patterns += compared.patterns();
            for (int i = 0; i < compared.differences(); i++) {
                mismatch(count, id, "a pattern");
            }
            if (models.isSavedDamaged(id)) {
                mismatch(count, id, "the saved model, which can't be read,");
            }
            // What was saved is looked at, and not only what is in memory.
            models.forget(id);
            if (models.differs(owner)) {
                mismatch(count, id, "the model");
                models.forget(id);
            }
            count.checksum += models.ask(owner.name(), (OwnerState state) -> checksum(owner, state.snapshot()));
        } catch (SQLException | RuntimeException failure) {
            if (Failures.isTransient(failure)) {
                throw failure;
            }
            LOG.errorf(failure, "verify: the log of owner %d can't be folded", id);
            mismatch(count, id, "what can't be folded");
        }
    }

    private static long checksum(Owner owner, byte[] snapshot) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            EventIdentity name =
                    EventIdentity.of(owner.name().kind().name(), owner.name().name());
            digest.update(ByteBuffer.allocate(16)
                    .putLong(name.high())
                    .putLong(name.low())
                    .flip());
            return ByteBuffer.wrap(digest.digest(snapshot)).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static void mismatch(Count count, long owner, String what) {
        count.mismatches++;
        LOG.errorf("verify: %s of owner %d differs from the log", what, owner);
    }
}
