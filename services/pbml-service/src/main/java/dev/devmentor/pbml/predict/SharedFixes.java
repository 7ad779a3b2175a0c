package dev.devmentor.pbml.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.kit.time.Micros;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What teams and everyone know to end an error, from the patterns that they share. */
@ApplicationScoped
class SharedFixes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEAM = 2;

    /** A team's knowledge goes before everyone's, what is surer before what is less so. */
    private static final String SELECT = """
            WITH scopes AS (SELECT 2::smallint AS scope, t AS scope_id FROM unnest(?::text[]) AS t UNION ALL SELECT 3::smallint, ''),
            named AS (
                SELECT s.scope, s.scope_id, m.pattern_id FROM scopes s
                JOIN shared_member m ON m.scope = s.scope AND m.scope_id = s.scope_id AND m.member_key = ANY (?)
                UNION SELECT s.scope, s.scope_id, ? FROM scopes s)
            SELECT p.scope, p.scope_id, p.pattern_id, p.title, p.support, p.detail, e.made_us
            FROM named n JOIN shared_pattern p ON p.scope = n.scope AND p.scope_id = n.scope_id AND p.pattern_id = n.pattern_id
            LEFT JOIN share_epoch e ON e.number = p.epoch
            ORDER BY p.scope, p.lower DESC, p.scope_id, p.pattern_id""";

    /** A file that was changed when an error went, in so many cases. */
    record Fix(String path, double probability, int times) {}

    /**
     * A shared pattern that knows fixes.
     *
     * @param team null if it is everyone's
     * @param fixes the likeliest first
     */
    record Found(
            @Nullable String team,
            String pattern,
            String title,
            long support,
            @Nullable Instant madeAt,
            List<Fix> fixes) {}

    /**
     * The first pattern that knows fixes; null if none does.
     *
     * @param pattern its id, if one is known; ids are the same for everybody
     * @param keys of what it may hold together
     */
    @Nullable Found find(Connection connection, List<String> teams, @Nullable String pattern, Collection<String> keys)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setArray(1, SqlArrays.text(connection, teams.toArray(String[]::new)));
            select.setArray(2, SqlArrays.text(connection, keys.toArray(String[]::new)));
            select.setString(3, pattern);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    List<Fix> fixes = fixes(rows.getString(6));
                    if (!fixes.isEmpty()) {
                        Long made = rows.getObject(7, Long.class);
                        return new Found(
                                rows.getInt(1) == TEAM ? rows.getString(2) : null,
                                rows.getString(3),
                                rows.getString(4),
                                rows.getLong(5),
                                made == null ? null : Micros.toInstant(made),
                                fixes);
                    }
                }
                return null;
            }
        }
    }

    private static List<Fix> fixes(String detail) {
        JsonNode json;
        try {
            json = JSON.readTree(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the detail of a shared pattern is no JSON", e);
        }
        List<Fix> fixes = new ArrayList<>();
        for (JsonNode fix : json.path("fixes")) {
            fixes.add(new Fix(
                    fix.path("path").asText(),
                    fix.path("probability").asDouble(),
                    fix.path("times").asInt()));
        }
        return fixes;
    }
}
