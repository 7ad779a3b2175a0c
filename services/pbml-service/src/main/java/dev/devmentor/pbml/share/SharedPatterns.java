package dev.devmentor.pbml.share;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of teams and of everyone, for who shows them. Whoever asks for a team's has to know that the person is a member of
 * it: from the token, never from a request.
 */
@ApplicationScoped
public class SharedPatterns {
    private final SharedTable table;

    SharedPatterns(SharedTable table) {
        this.table = table;
    }

    /**
     * A pattern; null if there is none.
     *
     * @param scopeId the team; empty for everyone
     */
    public @Nullable SharedPattern find(Connection connection, SharedScope scope, String scopeId, String id)
            throws SQLException {
        return table.find(connection, new SharedKey(scope, scopeId, id));
    }

    /**
     * The pattern that a fingerprint or the lines of an error belong to: that of a team which most people showed, or else
     * everyone's; null if there is none.
     *
     * @param teams of the person who asks
     * @param memberKey as {@code ErrorText} of the engine gives it
     */
    public @Nullable SharedPattern byMember(Connection connection, Collection<String> teams, String memberKey)
            throws SQLException {
        return table.byMember(connection, teams, memberKey);
    }

    /** Number of the newest epoch; 0 if there was none yet. */
    public int epoch(Connection connection) throws SQLException {
        return table.epoch(connection);
    }
}
