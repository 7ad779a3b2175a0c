package dev.devmentor.pbml.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.PbmlIT;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What lists read while there are a million patterns: by their indexes, a page and not the table. */
@QuarkusTest
class ListPlansIT extends PbmlIT {
    private static final int PAGE = 21;
    private static final long OWNER = -7;
    private static final int OF_AN_OWNER = 5_000;
    private static final int PATTERNS = 1_000_000;

    @Inject
    ScopedTable table;

    private record Read(long scans, long rows) {
        static Read of(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            SELECT sum(seq_scan), sum(coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables
                            WHERE relname IN ('pattern', 'shared_pattern')""")) {
                rows.next();
                return new Read(rows.getLong(1), rows.getLong(2));
            }
        }
    }

    private static PatternFilter filter(@Nullable String kinds, @Nullable String text) {
        return PatternFilter.parse(kinds, null, null, null, null, null, text);
    }

    @Test
    void aPageAmongAMillionReadsAPage() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                fill(statement);
                for (PatternSort sort : PatternSort.values()) {
                    // Of a person who has as many as one can have, a list looks at all of them at most.
                    page(connection, PatternSource.own(OWNER), filter(null, null), sort, null, PAGE, OF_AN_OWNER);
                    for (PatternSource source : List.of(PatternSource.everyone(), PatternSource.team("large"))) {
                        page(connection, source, filter(null, null), sort, null, PAGE, PAGE + 1);
                        PatternCursor deep = new PatternCursor(
                                sort,
                                switch (sort) {
                                    case CONFIDENCE -> 0.5;
                                    case RECENT -> 1_772_000_000_000_000d;
                                    case SUPPORT -> 500;
                                },
                                "error-5",
                                PatternScope.EVERYONE,
                                "");
                        // Of those that are equal to the last of the page before, the index passes over each.
                        int equal = sort == PatternSort.SUPPORT ? OF_AN_OWNER : 0;
                        page(connection, source, filter(null, null), sort, deep, PAGE, PAGE + 1 + equal);
                        // Nothing fits, and yet it ends: it looks at so many and says where it stopped.
                        ScopedTable.Found nothing = page(
                                connection,
                                source,
                                filter("rhythm", "no such title"),
                                sort,
                                null,
                                0,
                                2 * ScopedTable.EXAMINED);
                        assertThat(nothing.frontier()).isNotNull();
                    }
                }
                page(
                        connection,
                        PatternSource.own(OWNER),
                        filter(null, null),
                        PatternSort.CONFIDENCE,
                        null,
                        PAGE,
                        PAGE + 1);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                forget(connection);
            }
        }
    }

    private ScopedTable.Found page(
            Connection connection,
            PatternSource source,
            PatternFilter filter,
            PatternSort sort,
            @Nullable PatternCursor after,
            int expected,
            long mostRows)
            throws SQLException {
        String what = source + " " + sort + " " + filter + " " + after;
        Read before = Read.of(connection);
        ScopedTable.Found found = table.page(connection, source, filter, sort, after, PAGE);
        Read read = Read.of(connection);
        assertThat(read.scans() - before.scans())
                .as("scans of a table: " + what)
                .isZero();
        assertThat(read.rows() - before.rows()).as("rows: " + what).isLessThanOrEqualTo(mostRows);
        assertThat(found.patterns()).as(what).hasSize(expected);
        return found;
    }

    /** Tests after this one shall not pass over what never was. */
    private static void forget(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM shared_pattern, pattern");
        }
    }

    /** In a transaction that is rolled back. */
    private static void fill(Statement statement) throws SQLException {
        String detail = "'{\"generated\":\"x\",\"refs\":[],\"parts\":[],\"repository\":\"acme/' || i % 100 || '\"}'";
        String values = "'error-' || md5(i::text), 1, 1, random(), 0.9, (random() * 1000)::int, 1770000000000000,"
                + " 1770000000000000 + (random() * 4e12)::bigint, 1770000000000000, 'Error ' || i, " + detail;
        statement.execute("SELECT setseed(0.5)");
        statement.execute("""
                INSERT INTO shared_pattern (scope, scope_id, pattern_id, kind, state, lower, mean, support, first_us, last_us,
                    since_us, title, detail, people, epoch, version)
                SELECT CASE WHEN i % 10 < 8 THEN 3 ELSE 2 END,
                    CASE WHEN i % 10 < 8 THEN '' WHEN i % 10 = 8 THEN 'large' ELSE 'team-' || i % 1000 END,\s""" + values + ", 3, 1, 1 FROM generate_series(1, " + PATTERNS + ") AS i");
        statement.execute("""
                INSERT INTO pattern (owner_id, pattern_id, kind, state, lower, mean, support, first_us, last_us, since_us, title, detail)
                SELECT -1 - i / 5000,\s""" + values + " FROM generate_series(0, " + (PATTERNS - 1) + ") AS i");
        statement.execute("ANALYZE shared_pattern");
        statement.execute("ANALYZE pattern");
    }
}
