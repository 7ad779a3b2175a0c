package dev.devmentor.auth.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Goes through the whole chain and says where it was touched. */
@ApplicationScoped
public class AuditCheck {
    private static final int FETCH = 1_000;

    private final Transactions transactions;
    private final AuditLog log;

    AuditCheck(Transactions transactions, AuditLog log) {
        this.transactions = transactions;
        this.log = log;
    }

    /**
     * An end of the chain that somebody wrote down before.
     *
     * @param seq number of the last entry
     * @param hash of it, in hex
     */
    @Schema(
            name = "AuditMark",
            examples =
                    "{\"seq\": 1042, \"hash\": \"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\"}")
    public record Mark(long seq, String hash) {}

    /**
     * The first entry that is not as it was written.
     *
     * @param seq its number; 0 if it is the end of the chain that differs
     * @param reason in words
     */
    @Schema(
            name = "AuditDifference",
            examples = "{\"seq\": 17, \"reason\": \"its hash does not follow from it and the entry before\"}")
    public record Difference(long seq, String reason) {}

    /**
     * What a check found.
     *
     * @param verified whether all is as it was written
     * @param entries that were looked at
     * @param redacted of how many an erasure has taken out something
     * @param head the end; write it down elsewhere, to have it compared later
     */
    @Schema(name = "AuditCheckResult", examples = """
            {"verified": true, "entries": 1042, "redacted": 3, "head": {"seq": 1042,
             "hash": "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}}""")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            boolean verified,
            long entries,
            long redacted,
            Mark head,
            @Nullable Difference firstDifference) {}

    /** What erasures have taken out so far, by the entry that tells of it. */
    private static final class Redaction {
        final long first;
        final MessageDigest digest = AuditLog.newDigest();
        int parts;

        Redaction(long first) {
            this.first = first;
        }
    }

    /**
     * Checks everything that is there now.
     *
     * @param known an end from before that has to be part of the chain; null without
     */
    Result check(@Nullable Mark known) throws SQLException {
        return transactions.run(work -> {
            Connection connection = work.connection();
            try (Statement statement = connection.createStatement()) {
                // What is written meanwhile is not looked at.
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            }
            return check(connection, known);
        });
    }

    private Result check(Connection connection, @Nullable Mark known) throws SQLException {
        long headSeq = 0;
        byte[] headHash = AuditChain.beginning();
        byte @Nullable [] headSeal = null;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT seq, hash, seal FROM audit_head")) {
            if (row.next()) {
                headSeq = row.getLong(1);
                headHash = row.getBytes(2);
                headSeal = row.getBytes(3);
            }
        }
        Walk walk = new Walk(known);
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT " + StoredEntry.COLUMNS + " FROM audit_entry ORDER BY seq")) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    walk.step(StoredEntry.read(rows));
                }
            }
        }
        walk.end(headSeq, headHash, headSeal);
        return new Result(
                walk.difference == null,
                walk.entries,
                walk.redacted,
                new Mark(headSeq, HexFormat.of().formatHex(headHash)),
                walk.difference);
    }

    private final class Walk {
        private final @Nullable Mark known;
        private final TreeMap<Long, Redaction> redactions = new TreeMap<>();
        private byte[] before = AuditChain.beginning();
        private long last;
        private long entries;
        private long redacted;
        private @Nullable Difference difference;

        Walk(@Nullable Mark known) {
            this.known = known;
        }

        void step(StoredEntry entry) {
            entries++;
            if (difference == null) {
                String flaw = flaw(entry);
                if (flaw != null) {
                    difference = new Difference(entry.seq(), flaw);
                }
            }
            before = entry.hash();
            last = entry.seq();
        }

        private @Nullable String flaw(StoredEntry entry) {
            if (entry.seq() != last + 1) {
                return "entries before it are missing";
            }
            AuditPart[] parts = {entry.subject(), entry.actor(), entry.origin()};
            if (!Arrays.equals(
                    entry.hash(), AuditChain.hash(before, entry.seq(), entry.atUs(), entry.action(), parts))) {
                return "its hash does not follow from it and the entry before";
            }
            boolean any = false;
            for (AuditPart.Name name : AuditPart.Name.values()) {
                AuditPart part = parts[name.ordinal()];
                String flaw = part.flaw(name);
                if (flaw != null) {
                    return "its " + name.name().toLowerCase(java.util.Locale.ROOT) + " " + flaw;
                }
                Long by = part.redactedBy();
                if (by != null) {
                    any = true;
                    if (by <= entry.seq()) {
                        return "it was redacted by no later entry";
                    }
                    Redaction redaction = redactions.computeIfAbsent(by, _ -> new Redaction(entry.seq()));
                    redaction.parts++;
                    AuditLog.note(redaction.digest, entry.seq(), name);
                }
            }
            if (any) {
                redacted++;
            }
            if (entry.action().equals(AuditLog.HEAD_DIFFERS)) {
                return "the end of the chain before it was not as the service had left it";
            }
            if (entry.action().equals(AuditLog.REDACTED) && !tellsOf(entry)) {
                return "what it says was redacted is not what is redacted";
            }
            if (known != null
                    && known.seq() == entry.seq()
                    && !HexFormat.of().formatHex(entry.hash()).equalsIgnoreCase(known.hash())) {
                return "its hash is not the one that was written down";
            }
            return null;
        }

        private boolean tellsOf(StoredEntry entry) {
            AuditOrigin origin = log.origin(entry.origin());
            Redaction redaction = redactions.remove(entry.seq());
            return origin != null
                    && redaction != null
                    && Integer.toString(redaction.parts).equals(origin.details().get("parts"))
                    && HexFormat.of()
                            .formatHex(redaction.digest.digest())
                            .equals(origin.details().get("digest"));
        }

        void end(long headSeq, byte[] headHash, byte @Nullable [] headSeal) {
            if (difference != null) {
                return;
            }
            if (!redactions.isEmpty()) {
                long first = redactions.values().stream()
                        .mapToLong(redaction -> redaction.first)
                        .min()
                        .orElseThrow();
                difference = new Difference(first, "it was redacted, and no entry tells of it");
            } else if (headSeq != last || !Arrays.equals(headHash, before)) {
                difference =
                        new Difference(0, "the end of the chain is another: the last entries are missing or added");
            } else if (headSeal == null ? last > 0 : !log.isSeal(headSeq, headHash, headSeal)) {
                difference = new Difference(0, "the end of the chain is not sealed with this service's key");
            } else if (known != null && known.seq() > last) {
                difference = new Difference(0, "the entry that was written down is not there any more");
            }
        }
    }
}
