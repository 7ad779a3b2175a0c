package dev.devmentor.kit.personaldata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.devmentor.testkit.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PersonalRowsIT {
    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        TestPlatform.Database database = TestPlatform.shared().newDatabase();
        connection = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
        connection.setAutoCommit(false);
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    private static String rows(String query, Map<String, ColumnWriter> columns) throws SQLException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = PersonalDataStream.generator(bytes)) {
            PersonalRows.write(connection, out, query, 7L, columns);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyTypeIsWrittenAsJsonSaysItAndWhatIsNullIsAbsent() throws SQLException, IOException {
        assertThat(rows("""
                SELECT k AS learner_id, 1772359200000000::bigint AS at_us, 3::smallint AS grade, 0.25::float8 AS ease, true AS on_hold,
                    'Ü"\n' AS title, NULL::text AS nothing, ARRAY['a', NULL, 'b'] AS skills, '{1,2}'::bigint[] AS counts,
                    ARRAY[0.5::float8] AS parts, '\\x00ff'::bytea AS raw_bytes, '2026-03-01T10:00:00+01'::timestamptz AS since,
                    '{"a":  [1, null]}'::jsonb AS detail, '0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a'::uuid AS id
                FROM (VALUES (?::bigint)) AS v(k)""", Map.of("learner_id", ColumnWriter.OMITTED))).isEqualTo("""
                        {"at":"2026-03-01T10:00:00Z","grade":3,"ease":0.25,"onHold":true,"title":"Ü\\"\\n","skills":["a",null,"b"],\
                        "counts":[1,2],"parts":[0.5],"rawBytes":"AP8=","since":"2026-03-01T09:00:00Z","detail":{"a":[1,null]},\
                        "id":"0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a"}""");
    }

    @Test
    void jsonInATextStaysOnItsLineAndWhatOnlyLooksLikeItStaysAText() throws SQLException, IOException {
        String query = """
                SELECT v AS detail FROM unnest(ARRAY['{"a":\n 1}', '{"a":1}}', '{"a"', '', ' 5 ', '"x"']) WITH ORDINALITY AS u(v, i)
                WHERE ?::bigint = 7 ORDER BY i""";

        assertThat(rows(query, Map.of("detail", ColumnWriter.JSON)).lines())
                .containsExactly(
                        "{\"detail\":{\"a\":1}}",
                        "{\"detail\":\"{\\\"a\\\":1}}\"}",
                        "{\"detail\":\"{\\\"a\\\"\"}",
                        "{\"detail\":\"\"}",
                        "{\"detail\":5}",
                        "{\"detail\":\"x\"}");
    }

    @Test
    void numbersThatStandForNamesAreWrittenAsNamesAndOthersAsNumbers() throws SQLException, IOException {
        assertThat(rows(
                        "SELECT v AS kind, 20_000 + v AS day FROM generate_series(1, 3) AS v WHERE ?::bigint = 7 ORDER BY v",
                        Map.of("kind", ColumnWriter.named(1, "person", "repository"), "day", ColumnWriter.DAY)))
                .isEqualTo("""
                        {"kind":"person","day":"2024-10-05"}
                        {"kind":"repository","day":"2024-10-06"}
                        {"kind":3,"day":"2024-10-07"}""");
    }

    @Test
    void rowsAreWrittenBeforeTheLastIsReadAndWhatBreaksInTheMiddleHasNoEnd() throws SQLException, IOException {
        Section section = new Section(
                "log",
                Set.of("log"),
                "SELECT v, 1 / (5000 - v) AS share FROM generate_series(1, 5000) AS v WHERE ?::bigint = 7",
                Map.of());
        PersonalData data = new Held(List.of(section), 7L);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        assertThatThrownBy(() -> PersonalDataStream.write(bytes, connection, data, "a-service", "p-1", Instant.EPOCH))
                .isInstanceOf(SQLException.class);
        connection.rollback();

        // The last row cannot be read, and those before it are out by then, a few hundred at a time.
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSizeBetween(4_500, 5_000);
        assertThat(lines.getFirst()).contains("\"sections\":[\"log\"]");
        assertThat(lines.get(1)).isEqualTo("{\"section\":\"log\",\"row\":{\"v\":1,\"share\":0}}");
        assertThat(lines).noneMatch(line -> line.contains("complete"));
    }

    private record Held(List<Section> sections, @Nullable Object key) implements PersonalData {
        @Override
        public Map<String, String> leftOut() {
            return Map.of();
        }

        @Override
        public @Nullable Object keyOf(Connection ignored, String person) {
            return key;
        }
    }

    @Test
    void whoIsUnknownGetsAHeaderAndAnEndWithoutRows() throws SQLException, IOException {
        PersonalData nobody = new Held(List.of(Section.ofTable("log", "log", "learner_id", "id", Map.of())), null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        PersonalDataStream.write(bytes, connection, nobody, "a-service", "p-1", Instant.EPOCH);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                {"service":"a-service","person":"p-1","generatedAt":"1970-01-01T00:00:00Z","sections":["log"],"leftOut":{}}
                {"complete":true,"counts":{"log":0}}
                """);
    }
}
