package dev.devmentor.pbml.performance;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.kit.time.Micros;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the patterns of teams and of everyone. */
@ApplicationScoped
class SharedModels {
    private static final int TEAM = 2;

    private final AgroalDataSource dataSource;

    SharedModels(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The patterns of one scope.
     *
     * @param team null for everyone's
     * @param epoch the latest; 0 if there was none
     */
    record Shared(
            @Nullable String team, int epoch, @Nullable Instant madeAt, long patterns) {}

    /** Those of some teams in their order, then everyone's. */
    List<Shared> of(List<String> teams) throws SQLException {
        List<Shared> shared = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT s.scope, s.scope_id, e.number, e.made_us,
                               (SELECT count(*) FROM shared_pattern p WHERE p.scope = s.scope AND p.scope_id = s.scope_id)
                        FROM (SELECT 2::smallint AS scope, t AS scope_id, n FROM unnest(?::text[]) WITH ORDINALITY AS a(t, n)
                              UNION ALL SELECT 3::smallint, '', 0) AS s
                        LEFT JOIN (SELECT number, made_us FROM share_epoch ORDER BY number DESC LIMIT 1) AS e ON true
                        ORDER BY s.scope, s.n""")) {
            select.setArray(1, SqlArrays.text(connection, teams.toArray(String[]::new)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Long made = rows.getObject(4, Long.class);
                    shared.add(new Shared(
                            rows.getInt(1) == TEAM ? rows.getString(2) : null,
                            rows.getInt(3),
                            made == null ? null : Micros.toInstant(made),
                            rows.getLong(5)));
                }
            }
        }
        return shared;
    }
}
