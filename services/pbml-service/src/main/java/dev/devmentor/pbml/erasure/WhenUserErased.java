package dev.devmentor.pbml.erasure;

import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.kit.consume.EventHandler;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.erasure.Erasures;
import dev.devmentor.kit.fold.Touched;
import dev.devmentor.pbml.log.EventSource;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A person is erased: everything of theirs goes. Whatever arrives for them later is counted and does nothing. */
@ApplicationScoped
class WhenUserErased implements EventHandler<UserErased> {
    /** Tables that hold something of an owner, each with a column {@code owner_id}; one that is new is added here. */
    static final List<String> TABLES = List.of(
            "observation",
            "fold",
            "model",
            "pattern",
            "announcement",
            "context",
            "learn_job",
            "contribution",
            "sharing");

    private final Owners owners;
    private final Touched touched;
    private final Erasures erasures;

    WhenUserErased(Owners owners, Touched touched, Erasures erasures) {
        this.owners = owners;
        this.touched = touched;
        this.erasures = erasures;
    }

    @Override
    public EventType<UserErased> type() {
        return EventTypes.USER_ERASED;
    }

    @Override
    public Instant occurredAt(UserErased data) {
        return data.erasedAt();
    }

    @Override
    public void apply(BatchWork work, List<Received<UserErased>> events) throws SQLException {
        erasures.answer(work.unit(), EventSource.URI, events, this::deleteAllOf);
    }

    private Map<String, Long> deleteAllOf(Connection connection, String sub) throws SQLException {
        long id = owners.lockForErasure(connection, OwnerName.person(sub));
        leaveSums(connection, id);
        Map<String, Long> counts = Erasures.deleteRows(connection, TABLES, "owner_id", id);
        touched.forget(connection, id);
        owners.remove(connection, id);
        return counts;
    }

    /** The next epoch makes the sums anew that they were part of. */
    private static void leaveSums(Connection connection, long id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO contributed (scope, scope_id, pattern_id)
                SELECT scope, scope_id, pattern_id FROM contribution WHERE owner_id = ?""")) {
            insert.setLong(1, id);
            insert.executeUpdate();
        }
    }
}
