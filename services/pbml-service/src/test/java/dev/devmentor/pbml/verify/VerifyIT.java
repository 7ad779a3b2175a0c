package dev.devmentor.pbml.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comes first, while there is little: each of its many calls goes through all that tests have left. */
@QuarkusTest
@Order(1)
class VerifyIT extends HttpIT {
    private static final int SAVED_FROM = 200;

    private String person = "";

    /** Whatever a test has damaged is gone with its person, so that the next finds nothing. Held, because folds go on beside it. */
    @AfterEach
    void forget() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT id FROM owner WHERE id = " + owner() + " FOR UPDATE");
            for (String table : tablesOfOwners()) {
                statement.executeUpdate("DELETE FROM " + table + " WHERE owner_id = " + owner());
            }
            statement.executeUpdate("DELETE FROM owner WHERE id = " + owner());
            connection.commit();
        }
    }

    private String owner() {
        return "(SELECT id FROM owner WHERE kind = 1 AND name = '" + person + "')";
    }

    private JsonNode verify() {
        Response response = asOperator().post("/api/pbml/verify");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("application/x-ndjson");
        List<String> lines = response.asString().lines().toList();
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.contains("\"done\":false"));
        JsonNode last = json(lines.getLast());
        assertThat(last.get("done").booleanValue()).isTrue();
        return last;
    }

    private long mismatches() {
        return verify().get("mismatches").longValue();
    }

    /** A person with so much that their model is saved. */
    private void busyPerson() {
        person = fresh("verify");
        ObjectNode[] errors = new ObjectNode[SAVED_FROM];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = seen(
                    "o-" + i, "2026-03-01T10:%02d:%02dZ".formatted(i / 60, i % 60), trace("E" + i % 9, "S" + i % 9, i));
        }
        capture(person, errors);
        assertThat(number("SELECT count(*) FROM model WHERE owner_id = " + owner()))
                .isEqualTo(1);
    }

    @Test
    void countsWhatThereIsAndFindsTheSameChecksumWhileNothingChanges() {
        person = fresh("verify");
        learn(person, "a", 1, trace("Lost", "Orders", 1));
        awaitQuiet();

        JsonNode first = verify();

        assertThat(first.get("mismatches").longValue()).isZero();
        assertThat(first.get("owners").longValue()).isEqualTo(number("SELECT count(*) FROM owner"));
        assertThat(first.get("observations").longValue()).isEqualTo(number("SELECT count(*) FROM observation"));
        assertThat(first.get("patterns").longValue()).isEqualTo(number("SELECT count(*) FROM pattern"));
        assertThat(first.get("checksum").textValue()).matches("[0-9a-f]{1,16}");
        assertThat(verify()).isEqualTo(first);
        learn(person, "b", 2, trace("Lost", "Orders", 1));
        assertThat(verify().get("checksum")).isNotEqualTo(first.get("checksum"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lower = lower + 0.0001",
                "support = support + 1",
                "state = 3",
                "title = 'Another'",
                "last_us = last_us + 1",
                "detail = replace(detail, 'Orders', 'Basket')",
                "detail = '{'",
                "kind = 99",
                "pattern_id = 'error-0'", // one is missing and one is too many
            })
    void findsAPatternThatIsNotWhatTheModelSays(String damage) {
        person = fresh("verify");
        learn(person, "a", 1, "Orders are lost");
        assertThat(mismatches()).isZero();

        assertThat(execute("UPDATE pattern SET " + damage + " WHERE owner_id = " + owner()))
                .isEqualTo(1);

        // A fold in the background may have taken away the one that is too many.
        assertThat(mismatches()).isBetween(1L, damage.startsWith("pattern_id") ? 2L : 1L);
    }

    @Test
    void findsAPatternThatIsMissing() {
        person = fresh("verify");
        learn(person, "a", 1, trace("Lost", "Orders", 1));

        execute("DELETE FROM pattern WHERE owner_id = " + owner());

        assertThat(mismatches()).isEqualTo(1);
    }

    @Test
    void findsASavedModelThatCantBeRead() {
        busyPerson();
        assertThat(mismatches()).isZero();

        execute("UPDATE model SET state = '\\x0102'::bytea WHERE owner_id = " + owner());

        assertThat(mismatches()).isEqualTo(1);
    }

    @Test
    void findsASavedModelThatSaysSomethingElseThanTheLog() {
        busyPerson();
        // The model is whole and as it was, and the log says something else now.
        execute("UPDATE observation SET data = replace(data, 'com.acme.E8', 'com.acme.Other') WHERE owner_id = "
                + owner() + " AND event_id = 'o-17'");

        assertThat(mismatches()).isEqualTo(1);
    }

    @Test
    void findsALogThatIsCountedWrongly() {
        person = fresh("verify");
        learn(person, "a", 1, trace("Lost", "Orders", 1));

        execute("UPDATE owner SET observations = observations + 1 WHERE id = " + owner());

        assertThat(mismatches()).isEqualTo(1);
    }

    @Test
    void isForOperators() {
        problem(as("somebody").post("/api/pbml/verify"), 403, "forbidden");
    }
}
