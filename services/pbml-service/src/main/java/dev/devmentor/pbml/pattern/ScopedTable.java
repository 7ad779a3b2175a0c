package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Reads patterns of an owner and of what is shared, for lists and one by one. A list of what is shared looks at a bounded
 * number of rows at a time, however many there are and however few of them fit its filter.
 */
@ApplicationScoped
class ScopedTable {
    /** Rows of one scope that one page looks at; an owner has no more than that. */
    static final int EXAMINED = 5_000;

    private static final String SHARED_COLUMNS = PatternTable.COLUMNS + ", p.people, p.epoch, p.version";

    /**
     * What a source has behind a place.
     *
     * @param frontier last place that was looked at, if there may be more behind it; null if the limit was reached before, or
     *     if nothing is left
     */
    record Found(List<ScopedPattern> patterns, @Nullable PatternCursor frontier) {}

    /** SQL with its parameters. */
    private static final class Query {
        final StringBuilder sql = new StringBuilder();
        final List<Object> parameters = new ArrayList<>();

        Query add(String text, Object... values) {
            sql.append(text);
            parameters.addAll(List.of(values));
            return this;
        }

        PreparedStatement prepare(Connection connection) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql.toString());
            // Everyone has a million patterns and a team has ten: a plan for the average is bad for both.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            for (int i = 0; i < parameters.size(); i++) {
                Object value = parameters.get(i);
                if (value instanceof short[] codes) {
                    statement.setArray(i + 1, SqlArrays.of(connection, "int2", codes));
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            return statement;
        }
    }

    /** The first of a source behind a place, or from the beginning, in the order of the list. */
    Found page(
            Connection connection,
            PatternSource source,
            PatternFilter filter,
            PatternSort sort,
            @Nullable PatternCursor after,
            int limit)
            throws SQLException {
        return source.scope() == PatternScope.PERSON
                ? new Found(own(connection, source, filter, sort, after, limit), null)
                : shared(connection, source, filter, sort, after, limit);
    }

    private static List<ScopedPattern> own(
            Connection connection,
            PatternSource source,
            PatternFilter filter,
            PatternSort sort,
            @Nullable PatternCursor after,
            int limit)
            throws SQLException {
        Query query = new Query()
                .add("SELECT " + PatternTable.COLUMNS + " FROM pattern p WHERE p.owner_id = ?", source.ownerId());
        behind(query, source, sort, after);
        filter(query, filter);
        order(query, sort).add(" LIMIT ?", limit);
        List<ScopedPattern> found = new ArrayList<>();
        try (PreparedStatement select = query.prepare(connection);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(ScopedPattern.own(PatternTable.read(rows)));
            }
        }
        return found;
    }

    private static Found shared(
            Connection connection,
            PatternSource source,
            PatternFilter filter,
            PatternSort sort,
            @Nullable PatternCursor after,
            int limit)
            throws SQLException {
        Query query = new Query().add("SELECT " + SHARED_COLUMNS + " FROM (SELECT * ");
        examined(query, source, filter, sort, after);
        query.add(" LIMIT ?) AS p WHERE true", EXAMINED);
        filter(query, filter);
        order(query, sort).add(" LIMIT ?", limit);
        List<ScopedPattern> found = new ArrayList<>();
        try (PreparedStatement select = query.prepare(connection);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(readShared(rows, source));
            }
        }
        return new Found(found, found.size() == limit ? null : frontier(connection, source, filter, sort, after));
    }

    private static @Nullable PatternCursor frontier(
            Connection connection,
            PatternSource source,
            PatternFilter filter,
            PatternSort sort,
            @Nullable PatternCursor after)
            throws SQLException {
        Query query = new Query().add("SELECT p." + sort.column() + ", p.pattern_id ");
        examined(query, source, filter, sort, after);
        query.add(" OFFSET ? LIMIT 1", EXAMINED - 1);
        try (PreparedStatement select = query.prepare(connection);
                ResultSet rows = select.executeQuery()) {
            return rows.next()
                    ? new PatternCursor(sort, rows.getDouble(1), rows.getString(2), source.scope(), source.scopeId())
                    : null;
        }
    }

    /** What a page looks at: in the order of an index, with only what that index itself can end. */
    private static void examined(
            Query query, PatternSource source, PatternFilter filter, PatternSort sort, @Nullable PatternCursor after) {
        query.add(
                "FROM shared_pattern p WHERE p.scope = ? AND p.scope_id = ?",
                source.scope().code(),
                source.scopeId());
        behind(query, source, sort, after);
        if (sort == PatternSort.CONFIDENCE) {
            leastConfidence(query, filter);
        } else if (sort == PatternSort.RECENT) {
            lastSeen(query, filter);
        }
        order(query, sort);
    }

    private static void behind(Query query, PatternSource source, PatternSort sort, @Nullable PatternCursor after) {
        if (after == null) {
            return;
        }
        Object value = sort == PatternSort.CONFIDENCE ? (Object) after.value() : (Object) (long) after.value();
        String column = "p." + sort.column();
        query.add(
                " AND " + column + " <= ? AND (" + column + " < ? OR p.pattern_id "
                        + (after.isBefore(source) ? ">=" : ">") + " ?)",
                value,
                value,
                after.id());
    }

    private static void filter(Query query, PatternFilter filter) {
        query.add(
                " AND p.state = ANY (?)",
                codes(filter.states().stream().mapToInt(LifeState::ordinal).toArray()));
        Set<PatternKind> kinds = filter.kinds();
        if (!kinds.isEmpty()) {
            query.add(
                    " AND p.kind = ANY (?)",
                    codes(kinds.stream().mapToInt(PatternKind::ordinal).toArray()));
        }
        leastConfidence(query, filter);
        lastSeen(query, filter);
        if (filter.text() != null) {
            query.add(" AND strpos(lower(p.title), ?) > 0", filter.text());
        }
        if (filter.repository() != null) {
            query.add(" AND p.detail::json ->> 'repository' = ?", filter.repository());
        }
    }

    private static void leastConfidence(Query query, PatternFilter filter) {
        if (filter.minConfidence() != null) {
            query.add(" AND p.lower >= ?", filter.minConfidence());
        }
    }

    private static void lastSeen(Query query, PatternFilter filter) {
        if (filter.sinceMicros() != null) {
            query.add(" AND p.last_us >= ?", filter.sinceMicros());
        }
        if (filter.untilMicros() != null) {
            query.add(" AND p.last_us < ?", filter.untilMicros());
        }
    }

    private static Query order(Query query, PatternSort sort) {
        return query.add(" ORDER BY p." + sort.column() + " DESC, p.pattern_id");
    }

    private static short[] codes(int... ordinals) {
        short[] codes = new short[ordinals.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (short) ordinals[i];
        }
        return codes;
    }

    private static ScopedPattern readShared(ResultSet rows, PatternSource source) throws SQLException {
        return new ScopedPattern(
                source.scope(),
                source.scopeId(),
                PatternTable.read(rows),
                rows.getInt("people"),
                rows.getInt("epoch"),
                rows.getInt("version"));
    }

    /** A shared pattern of the first of some sources that has it; null if none has. */
    @Nullable ScopedPattern find(Connection connection, List<PatternSource> sources, String id) throws SQLException {
        for (PatternSource source : sources) {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + SHARED_COLUMNS
                    + " FROM shared_pattern p WHERE p.scope = ? AND p.scope_id = ? AND p.pattern_id = ?")) {
                select.setInt(1, source.scope().code());
                select.setString(2, source.scopeId());
                select.setString(3, id);
                try (ResultSet rows = select.executeQuery()) {
                    if (rows.next()) {
                        return readShared(rows, source);
                    }
                }
            }
        }
        return null;
    }

    /** Patterns of some sources that a member belongs to there; in the order of the sources. */
    List<ScopedPattern> ofMember(Connection connection, List<PatternSource> sources, String memberKey)
            throws SQLException {
        List<ScopedPattern> found = new ArrayList<>();
        for (PatternSource source : sources) {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + SHARED_COLUMNS + """
                     FROM shared_member m JOIN shared_pattern p
                        ON p.scope = m.scope AND p.scope_id = m.scope_id AND p.pattern_id = m.pattern_id
                    WHERE m.scope = ? AND m.scope_id = ? AND m.member_key = ?""")) {
                select.setInt(1, source.scope().code());
                select.setString(2, source.scopeId());
                select.setString(3, memberKey);
                try (ResultSet rows = select.executeQuery()) {
                    if (rows.next()) {
                        found.add(readShared(rows, source));
                    }
                }
            }
        }
        return found;
    }

    /** Of a pattern only what it is called. */
    record Titled(String id, String title) {}

    /** Errors and lines of an owner that were not put away, the surest first. */
    List<Titled> titles(Connection connection, long ownerId, int limit) throws SQLException {
        List<Titled> titles = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT p.pattern_id, p.title FROM pattern p WHERE p.owner_id = ? AND p.kind IN (0, 1) AND p.state <> 3
                ORDER BY p.lower DESC, p.pattern_id LIMIT ?""")) {
            select.setLong(1, ownerId);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    titles.add(new Titled(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return titles;
    }

    /** Version that was announced last of an owner's pattern; null if nothing was said of it. */
    @Nullable Integer announced(Connection connection, long ownerId, String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version FROM announcement WHERE owner_id = ? AND pattern_id = ?")) {
            select.setLong(1, ownerId);
            select.setString(2, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : null;
            }
        }
    }
}
