package dev.devmentor.auth.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.auth.secret.Secrets;
import dev.devmentor.kit.time.Micros;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The log of what was done. Entries are only ever added, each chained to the one before by its hash; the end of the chain is
 * sealed with a key that is not in the database.
 *
 * <p>Writers stand in line at the last entry until their transaction ends. So record last, after everything else is locked.
 */
@ApplicationScoped
public class AuditLog {
    static final String REDACTED = "audit.redacted";
    static final String HEAD_DIFFERS = "audit.head-differs";

    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final int SALT_BYTES = 16;
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_DETAIL = 256;
    private static final int MOST_DETAILS = 16;

    private final byte[] key;
    private final Secrets secrets;
    private final ObjectMapper json;
    private final Clock clock;
    private final CurrentVertxRequest current;
    private final Instance<RequestInfo> request;
    private final Counter differing;

    AuditLog(
            AuditConfig config,
            Secrets secrets,
            ObjectMapper json,
            Clock clock,
            CurrentVertxRequest current,
            Instance<RequestInfo> request,
            MeterRegistry meters) {
        this.key = Secrets.key("devmentor.auth.audit.key", config.key());
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
        this.current = current;
        this.request = request;
        this.differing = Counter.builder("devmentor.audit.head.differs")
                .description("Times that the end of the audit log was not as this service had left it")
                .register(meters);
    }

    /** The end of the chain. */
    private record Head(long seq, byte[] hash) {}

    /**
     * Adds an entry in the caller's transaction: what did not happen is not in the log. Texts are cut off at 128 characters,
     * details at 256, and of them the first 16 by name are kept.
     *
     * @throws IllegalArgumentException if the action is no name of 1 to 64 characters
     */
    public void record(Connection connection, AuditEntry entry) throws SQLException {
        if (entry.action().isEmpty() || entry.action().length() > 64) {
            throw new IllegalArgumentException("an action has 1 to 64 characters");
        }
        append(connection, lockHead(connection), entry);
    }

    /**
     * Takes out of the log what it says of a person: who, from where, and the details of entries that concern them or that
     * they caused. What was done and when stays, and the chain still holds. The erasure itself is an entry, which names
     * nobody.
     *
     * @return of how many entries something was taken out
     */
    public int redact(Connection connection, String subject) throws SQLException {
        Head head = lockHead(connection);
        long by = head.seq() + 1;
        MessageDigest digest = newDigest();
        int entries = 0;
        int parts = 0;
        String sql = """
                WITH theirs AS (
                    SELECT seq, subject IS NOT DISTINCT FROM ? AS is_subject, actor IS NOT DISTINCT FROM ? AS is_actor,
                           origin_salt IS NOT NULL AS has_origin
                    FROM audit_entry WHERE subject = ? OR actor = ?
                ), taken AS (
                    UPDATE audit_entry e SET
                        subject = CASE WHEN is_subject THEN NULL ELSE subject END,
                        subject_salt = CASE WHEN is_subject THEN NULL ELSE subject_salt END,
                        subject_redacted_by = CASE WHEN is_subject THEN ? ELSE subject_redacted_by END,
                        actor = CASE WHEN is_actor THEN NULL ELSE actor END,
                        actor_salt = CASE WHEN is_actor THEN NULL ELSE actor_salt END,
                        actor_redacted_by = CASE WHEN is_actor THEN ? ELSE actor_redacted_by END,
                        origin = NULL, origin_salt = NULL,
                        origin_redacted_by = CASE WHEN has_origin THEN ? ELSE origin_redacted_by END
                    FROM theirs t WHERE t.seq = e.seq
                    RETURNING e.seq, is_subject, is_actor, has_origin
                ) SELECT * FROM taken ORDER BY seq""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= 4; i++) {
                statement.setString(i, subject);
            }
            for (int i = 5; i <= 7; i++) {
                statement.setLong(i, by);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries++;
                    for (AuditPart.Name part : AuditPart.Name.values()) {
                        if (rows.getBoolean(2 + part.ordinal())) {
                            parts++;
                            note(digest, rows.getLong(1), part);
                        }
                    }
                }
            }
        }
        if (entries > 0) {
            append(
                    connection,
                    head,
                    AuditEntry.of(REDACTED, null, null)
                            .with("parts", Integer.toString(parts))
                            .with("digest", HexFormat.of().formatHex(digest.digest())));
        }
        return entries;
    }

    /**
     * What the log holds of a person, the newest first, for an export.
     *
     * @param before number of the entry before which to begin; Long.MAX_VALUE for the newest
     */
    public List<RecordedEntry> of(Connection connection, String subject, long before, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + StoredEntry.COLUMNS
                + " FROM audit_entry WHERE (subject = ? OR actor = ?) AND seq < ? ORDER BY seq DESC LIMIT ?")) {
            statement.setString(1, subject);
            statement.setString(2, subject);
            statement.setLong(3, before);
            statement.setInt(4, limit);
            return read(statement);
        }
    }

    /** Which entries somebody asks for; a null asks for all. Times are microseconds, the second is no more included. */
    record Filter(
            @Nullable String subject,
            @Nullable String action,
            @Nullable Long since,
            @Nullable Long until) {}

    /** Entries before a number, the newest first. */
    List<RecordedEntry> find(Connection connection, Filter filter, long before, int limit) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT " + StoredEntry.COLUMNS + " FROM audit_entry WHERE seq < ?");
        List<Object> values = new ArrayList<>(List.of(before));
        narrow(sql, values, " AND subject = ?", filter.subject());
        narrow(sql, values, " AND action = ?", filter.action());
        narrow(sql, values, " AND at_us >= ?", filter.since());
        narrow(sql, values, " AND at_us < ?", filter.until());
        try (PreparedStatement statement = connection.prepareStatement(
                sql.append(" ORDER BY seq DESC LIMIT ?").toString())) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            statement.setInt(values.size() + 1, limit);
            return read(statement);
        }
    }

    private static void narrow(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    private List<RecordedEntry> read(PreparedStatement statement) throws SQLException {
        List<RecordedEntry> entries = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                entries.add(recorded(StoredEntry.read(rows)));
            }
        }
        return entries;
    }

    private RecordedEntry recorded(StoredEntry row) {
        AuditOrigin origin = origin(row.origin());
        boolean redacted = row.subject().isRedacted()
                || row.actor().isRedacted()
                || row.origin().isRedacted();
        return new RecordedEntry(
                row.seq(),
                Micros.toInstant(row.atUs()),
                row.action(),
                row.subject().value(),
                row.actor().value(),
                origin == null ? null : origin.address(),
                origin == null ? Map.of() : origin.details(),
                redacted);
    }

    /** The part as it was recorded; null if it was redacted or is none. */
    @Nullable AuditOrigin origin(AuditPart part) {
        String text = part.value();
        if (text == null) {
            return null;
        }
        try {
            return json.readValue(text, AuditOrigin.class);
        } catch (JsonProcessingException changed) {
            // Somebody wrote into the table; the check of the chain says where.
            return null;
        }
    }

    boolean isSeal(long seq, byte[] hash, byte[] seal) {
        return MessageDigest.isEqual(AuditChain.headSeal(key, seq, hash), seal);
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static void note(MessageDigest digest, long seq, AuditPart.Name part) {
        digest.update((seq + ":" + part.ordinal() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Locks the end. If it is not as this service left it, that becomes an entry which stays: the log does not stop. */
    private Head lockHead(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                try (ResultSet row = statement.executeQuery("SELECT seq, hash, seal FROM audit_head FOR UPDATE")) {
                    if (row.next()) {
                        Head head = new Head(row.getLong(1), row.getBytes(2));
                        return isSeal(head.seq(), head.hash(), row.getBytes(3)) ? head : goOnAfter(connection, head);
                    }
                }
                begin(connection);
            }
        }
        throw new IllegalStateException("the audit log has no head");
    }

    private void begin(Connection connection) throws SQLException {
        // Whoever took away the head of a log that has entries did not take them all: the next number says so.
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO audit_head (seq, hash, seal)
                SELECT coalesce(max(seq), 0), ?, CASE WHEN max(seq) IS NULL THEN ? ELSE ''::bytea END FROM audit_entry
                ON CONFLICT DO NOTHING""")) {
            statement.setBytes(1, AuditChain.beginning());
            statement.setBytes(2, AuditChain.headSeal(key, 0, AuditChain.beginning()));
            statement.executeUpdate();
        }
    }

    private Head goOnAfter(Connection connection, Head head) throws SQLException {
        differing.increment();
        LOG.errorf("the end of the audit log, entry %d, is not as this service left it", head.seq());
        // A number that is taken cannot be used again.
        long last;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(seq), 0) FROM audit_entry")) {
            row.next();
            last = Math.max(head.seq(), row.getLong(1));
        }
        return append(connection, new Head(last, head.hash()), AuditEntry.of(HEAD_DIFFERS, null, null));
    }

    private Head append(Connection connection, Head head, AuditEntry entry) throws SQLException {
        long seq = head.seq() + 1;
        long atUs = Micros.of(clock.instant());
        AuditPart subject = part(AuditPart.Name.SUBJECT, entry.subject());
        AuditPart actor = part(AuditPart.Name.ACTOR, entry.actor());
        AuditPart origin = AuditPart.sealed(
                AuditPart.Name.ORIGIN, write(address(entry), entry.details()), secrets.newBytes(SALT_BYTES));
        byte[] hash = AuditChain.hash(head.hash(), seq, atUs, entry.action(), subject, actor, origin);
        try (PreparedStatement statement = connection.prepareStatement("""
                WITH entry AS (
                    INSERT INTO audit_entry (seq, at_us, action, subject, subject_salt, subject_seal,
                        actor, actor_salt, actor_seal, origin, origin_salt, origin_seal, hash)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq, hash
                ) UPDATE audit_head h SET seq = e.seq, hash = e.hash, seal = ? FROM entry e""")) {
            statement.setLong(1, seq);
            statement.setLong(2, atUs);
            statement.setString(3, entry.action());
            set(statement, 4, subject);
            set(statement, 7, actor);
            set(statement, 10, origin);
            statement.setBytes(13, hash);
            statement.setBytes(14, AuditChain.headSeal(key, seq, hash));
            statement.executeUpdate();
        }
        return new Head(seq, hash);
    }

    /** From where, where the entry does not say so itself: from where the request came that is being answered, if one is. */
    private @Nullable String address(AuditEntry entry) {
        boolean asked =
                entry.address() == null && Arc.container().requestContext().isActive() && current.getCurrent() != null;
        return asked ? request.get().get().address() : entry.address();
    }

    private static void set(PreparedStatement statement, int from, AuditPart part) throws SQLException {
        if (part.seal() == null) {
            statement.setNull(from, Types.VARCHAR);
            statement.setNull(from + 1, Types.BINARY);
            statement.setNull(from + 2, Types.BINARY);
        } else {
            statement.setString(from, part.value());
            statement.setBytes(from + 1, part.salt());
            statement.setBytes(from + 2, part.seal());
        }
    }

    private AuditPart part(AuditPart.Name name, @Nullable String value) {
        return value == null
                ? AuditPart.ABSENT
                : AuditPart.sealed(name, plain(value, LONGEST_NAME), secrets.newBytes(SALT_BYTES));
    }

    private String write(@Nullable String address, Map<String, String> details) {
        TreeMap<String, String> kept = new TreeMap<>();
        details.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_DETAILS)
                .forEach(detail -> kept.put(plain(detail.getKey(), 64), plain(detail.getValue(), LONGEST_DETAIL)));
        try {
            return json.writeValueAsString(
                    new AuditOrigin(address == null ? null : plain(address, LONGEST_NAME), kept));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Without what a database or a terminal would stumble over, and no longer than that. */
    private static String plain(String text, int longest) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .map(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE
                        ? 0xFFFD
                        : point)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
