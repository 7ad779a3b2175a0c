package dev.devmentor.learning.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.kit.postgres.KeyedPlans;
import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class KeyedPlansIT extends LearningIT {
    private static final int CARDS = 20_000;
    private static final int KEYS = 4_000;
    private static final String FIND = "SELECT c.state FROM unnest($1::int8[], $2::text[]) AS k(l, i)"
            + " JOIN card c ON c.learner_id = k.l AND c.item = k.i";
    private static final String UPDATE = "UPDATE card c SET due_us = 0 FROM unnest($1::int8[], $2::text[]) AS k(l, i)"
            + " WHERE c.learner_id = k.l AND c.item = k.i";

    @ParameterizedTest
    @ValueSource(strings = {FIND, UPDATE})
    void looksEachOfThousandsOfKeysUp(String statement) throws SQLException {
        assertThat(plan(statement, true)).contains("Index Scan").doesNotContain("Seq Scan");
    }

    @Test
    void wouldReadTheWholeTableOtherwise() throws SQLException {
        assertThat(plan(FIND, false)).contains("Seq Scan");
    }

    private String plan(String statement, boolean byKey) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement explain = connection.createStatement()) {
                explain.execute("INSERT INTO card (learner_id, due_us, suspended, item, skills, state)"
                        + " SELECT -n, 0, true, 'i', '{}', '' FROM generate_series(1, " + CARDS + ") AS n");
                explain.execute("ANALYZE card");
                if (byKey) {
                    KeyedPlans.byKey(connection);
                }
                explain.execute("PREPARE keyed(int8[], text[]) AS " + statement);
                try (ResultSet rows = explain.executeQuery(execution())) {
                    while (rows.next()) {
                        plan.append(rows.getString(1)).append('\n');
                    }
                }
                explain.execute("DEALLOCATE keyed");
            } finally {
                connection.rollback();
            }
        }
        return plan.toString();
    }

    private static String execution() {
        return "EXPLAIN EXECUTE keyed('{%s}', '{%s}')"
                .formatted(
                        IntStream.rangeClosed(1, KEYS).mapToObj(n -> "-" + n).collect(Collectors.joining(",")),
                        String.join(",", Collections.nCopies(KEYS, "i")));
    }
}
