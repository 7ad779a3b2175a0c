package dev.devmentor.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.auth.AuthIT;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditLogIT extends AuthIT {
    @Inject
    AuditLog log;

    @Inject
    AuditCheck check;

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What somebody with all rights in the database does; the log cannot keep them from it, only show it. */
    private void tamper(String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER");
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER");
            connection.commit();
        }
    }

    @BeforeEach
    void anEmptyLog() throws SQLException {
        tamper(
                "DELETE FROM audit_entry",
                "DELETE FROM audit_head",
                "DROP TABLE IF EXISTS kept",
                "DROP TABLE IF EXISTS kept_head");
    }

    private void record(AuditEntry... entries) throws SQLException {
        for (AuditEntry entry : entries) {
            transactions.execute(work -> {
                log.record(work.connection(), entry);
            });
        }
    }

    private void recordSome(int count) throws SQLException {
        for (int i = 1; i <= count; i++) {
            record(AuditEntry.of("login.succeeded", "person-" + i % 3, "192.0.2." + i)
                    .by("operator-" + i)
                    .with("n", "" + i));
        }
    }

    private int redact(String subject) throws SQLException {
        return transactions.run(work -> log.redact(work.connection(), subject));
    }

    private List<RecordedEntry> of(String subject) throws SQLException {
        return transactions.run(work -> log.of(work.connection(), subject, Long.MAX_VALUE, 100));
    }

    @Test
    void keepsWhatWasDoneAndVerifies() throws SQLException {
        assertThat(check.check(null).verified()).isTrue();
        record(
                AuditEntry.of("login.failed", "anna", "2001:db8::1").with("reason", "password"),
                AuditEntry.of("role.added", "anna", null).by("olga").with("role", "operator"));

        AuditCheck.Result result = check.check(null);

        assertThat(result.verified()).isTrue();
        assertThat(result.entries()).isEqualTo(2);
        assertThat(result.head().seq()).isEqualTo(2);
        assertThat(of("anna")).hasSize(2).satisfies(entries -> {
            assertThat(entries.get(0).action()).isEqualTo("role.added");
            assertThat(entries.get(0).actor()).isEqualTo("olga");
            assertThat(entries.get(0).details()).isEqualTo(Map.of("role", "operator"));
            assertThat(entries.get(1).address()).isEqualTo("2001:db8::1");
        });
        assertThat(of("olga")).hasSize(1);
    }

    @Test
    void whatIsRolledBackIsNotInTheLog() throws SQLException {
        record(AuditEntry.of("a.first", "anna", null));
        assertThatThrownBy(() -> transactions.run(work -> {
                    log.record(work.connection(), AuditEntry.of("a.second", "anna", null));
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");

        assertThat(rows("SELECT action FROM audit_entry")).containsExactly("a.first");
        assertThat(check.check(null).verified()).isTrue();
    }

    @Test
    void refusesChangesBySql() throws SQLException {
        recordSome(3);
        for (String sql : List.of(
                "UPDATE audit_entry SET action = 'nothing' WHERE seq = 2",
                "UPDATE audit_entry SET subject = 'nobody' WHERE seq = 2",
                "UPDATE audit_entry SET subject = NULL WHERE seq = 2",
                "UPDATE audit_entry SET subject = NULL, subject_salt = NULL WHERE seq = 2",
                "UPDATE audit_entry SET subject = NULL, subject_salt = NULL, subject_redacted_by = 1 WHERE seq = 2",
                "UPDATE audit_entry SET subject_seal = origin_seal WHERE seq = 2",
                "UPDATE audit_entry SET actor_seal = NULL, actor_salt = NULL, actor = NULL WHERE seq = 2",
                "UPDATE audit_entry SET at_us = at_us + 1 WHERE seq = 2",
                "UPDATE audit_entry SET hash = origin_seal WHERE seq = 2",
                "UPDATE audit_entry SET seq = 9 WHERE seq = 3",
                "DELETE FROM audit_entry WHERE seq = 3",
                "TRUNCATE audit_entry")) {
            assertThatThrownBy(() -> execute(sql))
                    .describedAs(sql)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("42501"));
        }
        assertThat(check.check(null).verified()).isTrue();
    }

    @Test
    void findsAChangeOfEveryColumn() throws SQLException {
        recordSome(9);
        redact("person-0"); // entries 3, 6, 9; tells of it as entry 10
        recordSome(2);
        assertThat(check.check(null).verified()).isTrue();
        String other = "decode('" + "7f".repeat(32) + "', 'hex')";
        Map<String, String> values = new LinkedHashMap<>();
        values.put("at_us", "at_us + 1");
        values.put("action", "action || 'x'");
        for (String part : List.of("subject", "actor", "origin")) {
            values.put(part, "coalesce(" + part + ", '') || 'x'");
            values.put(part + "_salt", other);
            values.put(part + "_seal", other);
            values.put(part + "_redacted_by", "coalesce(" + part + "_redacted_by, 11) + 1");
        }
        values.put("hash", other);
        assertThat(values.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_entry'"
                                + " AND table_schema = current_schema() AND column_name <> 'seq'"));
        Random random = new Random(5);
        for (int round = 0; round < 4; round++) {
            for (Map.Entry<String, String> change : values.entrySet()) {
                int seq = 1 + random.nextInt(12);
                tamper(
                        "CREATE TABLE kept AS SELECT * FROM audit_entry",
                        "UPDATE audit_entry SET " + change.getKey() + " = " + change.getValue() + " WHERE seq = "
                                + seq);

                AuditCheck.Result found = check.check(null);

                assertThat(found.verified())
                        .describedAs("%s of %s", change, seq)
                        .isFalse();
                // A part that was redacted twice shows where the erasure is told of, at the latest.
                assertThat(found.firstDifference().seq())
                        .describedAs("%s of %s", change, seq)
                        .isBetween(change.getKey().endsWith("redacted_by") ? 0L : (long) seq, Math.max(seq, 12L));
                putBack();
            }
        }
        assertThat(check.check(null).verified()).isTrue();
    }

    private void putBack() throws SQLException {
        tamper("DELETE FROM audit_entry", "INSERT INTO audit_entry SELECT * FROM kept", "DROP TABLE kept");
    }

    @Test
    void findsWhatIsMissingAddedOrInAnotherOrder() throws SQLException {
        recordSome(6);
        Map<String, Long> changes = new LinkedHashMap<>();
        changes.put("DELETE FROM audit_entry WHERE seq = 3", 4L);
        changes.put("DELETE FROM audit_entry WHERE seq = 1", 2L);
        changes.put("DELETE FROM audit_entry WHERE seq = 6", 0L);
        changes.put("DELETE FROM audit_entry", 0L);
        changes.put("DELETE FROM audit_entry WHERE seq = 3; UPDATE audit_entry SET seq = seq - 1 WHERE seq > 3", 3L);
        changes.put(
                "UPDATE audit_entry SET seq = 99 WHERE seq = 3; UPDATE audit_entry SET seq = 3 WHERE seq = 4;"
                        + " UPDATE audit_entry SET seq = 4 WHERE seq = 99",
                3L);
        changes.put(
                "INSERT INTO audit_entry SELECT (k).* FROM (SELECT k FROM kept k WHERE seq = 6) x"
                        + " ON CONFLICT DO NOTHING; UPDATE audit_entry SET seq = 7 WHERE seq = 6;"
                        + " INSERT INTO audit_entry SELECT * FROM kept WHERE seq = 6",
                7L);
        for (Map.Entry<String, Long> change : changes.entrySet()) {
            tamper("CREATE TABLE kept AS SELECT * FROM audit_entry", change.getKey());

            AuditCheck.Result found = check.check(null);

            assertThat(found.verified()).describedAs(change.getKey()).isFalse();
            assertThat(found.firstDifference().seq())
                    .describedAs(change.getKey())
                    .isEqualTo(change.getValue());
            putBack();
        }
        assertThat(check.check(null).verified()).isTrue();
    }

    /** Whoever has the database can compute every hash anew, but not the seal of the end; and what comes after does not hide it. */
    @Test
    void findsAChainThatWasWrittenAnewEvenAfterItWentOn() throws SQLException {
        recordSome(3);
        AuditCheck.Mark mark = check.check(null).head();
        tamper(
                "DELETE FROM audit_entry WHERE seq = 3",
                "UPDATE audit_head SET seq = 2, hash =" + " (SELECT hash FROM audit_entry WHERE seq = 2)");
        assertThat(check.check(null).firstDifference().reason())
                .isEqualTo("the end of the chain is not sealed with this service's key");

        record(AuditEntry.of("login.succeeded", "anna", null));

        assertThat(rows("SELECT action FROM audit_entry ORDER BY seq"))
                .containsExactly("login.succeeded", "login.succeeded", "audit.head-differs", "login.succeeded");
        AuditCheck.Result found = check.check(null);
        assertThat(found.firstDifference().seq()).isEqualTo(3);
        assertThat(found.firstDifference().reason())
                .isEqualTo("the end of the chain before it was not as the service had left it");
        assertThat(check.check(mark).verified()).isFalse();
    }

    /** An old copy of the whole database is right in itself; only who wrote down a later end sees it. */
    @Test
    void anOldStateIsFoundByAnEndThatWasWrittenDown() throws SQLException {
        recordSome(3);
        AuditCheck.Mark early = check.check(null).head();
        tamper("CREATE TABLE kept AS SELECT * FROM audit_entry", "CREATE TABLE kept_head AS SELECT * FROM audit_head");
        recordSome(2);
        AuditCheck.Mark late = check.check(early).head();
        assertThat(check.check(early).verified()).isTrue();
        assertThat(check.check(new AuditCheck.Mark(3, late.hash()))
                        .firstDifference()
                        .seq())
                .isEqualTo(3);

        tamper("DELETE FROM audit_head", "INSERT INTO audit_head SELECT * FROM kept_head", "DROP TABLE kept_head");
        putBack();

        assertThat(check.check(null).verified()).isTrue();
        assertThat(check.check(early).verified()).isTrue();
        assertThat(check.check(late).firstDifference().reason())
                .isEqualTo("the entry that was written down is not there any more");
    }

    @Test
    void anErasureTakesThePersonOutAndTheChainHolds() throws SQLException {
        record(
                AuditEntry.of("login.succeeded", "anna", "198.51.100.7").with("agent", "Firefox"),
                AuditEntry.of("role.added", "bert", "198.51.100.7").by("anna").with("role", "operator"),
                AuditEntry.of("role.removed", "anna", "203.0.113.9").by("olga"),
                AuditEntry.of("login.succeeded", "bert", "203.0.113.10"));

        assertThat(redact("anna")).isEqualTo(3);
        assertThat(redact("anna")).isZero();

        AuditCheck.Result result = check.check(null);
        assertThat(result.firstDifference()).isNull();
        assertThat(result.entries()).isEqualTo(5);
        assertThat(result.redacted()).isEqualTo(3);
        assertThat(of("anna")).isEmpty();
        assertThat(of("bert")).extracting(RecordedEntry::action).containsExactly("login.succeeded", "role.added");
        assertThat(of("olga")).extracting(RecordedEntry::action).containsExactly("role.removed");
        assertThat(number("SELECT count(*) FROM audit_entry WHERE audit_entry::text LIKE ANY"
                        + " (ARRAY['%anna%', '%198.51.100.7%', '%Firefox%'])"))
                .isZero();
        assertThat(redact("olga")).isEqualTo(1);
        assertThat(check.check(null).verified()).isTrue();
    }

    @Test
    void aRedactionThatNoErasureToldOfIsFound() throws SQLException {
        recordSome(3);
        execute("UPDATE audit_entry SET origin = NULL, origin_salt = NULL, origin_redacted_by = 3 WHERE seq = 2");
        assertThat(check.check(null).firstDifference())
                .isEqualTo(new AuditCheck.Difference(2, "it was redacted, and no entry tells of it"));
    }

    @Test
    void manyAtOnceAreInOneOrder() throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 8; writer++) {
                writers.add(threads.submit(() -> {
                    recordSome(10);
                    return null;
                }));
            }
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        AuditCheck.Result result = check.check(null);
        assertThat(result.firstDifference()).isNull();
        assertThat(result.entries()).isEqualTo(80);
    }

    @Test
    void keepsTextsShortAndPlain() throws SQLException {
        record(AuditEntry.of("login.failed", "a\0b\n" + "x".repeat(500), "\u001b[31m")
                .with("agent", "y".repeat(5_000)));
        assertThat(rows("SELECT length(subject) FROM audit_entry")).containsExactly("128");
        assertThat(rows("SELECT left(subject, 4) FROM audit_entry")).containsExactly("a\uFFFDb\uFFFD");
        assertThat(number("SELECT length(origin) FROM audit_entry")).isLessThan(400);
        assertThat(check.check(null).verified()).isTrue();
    }
}
