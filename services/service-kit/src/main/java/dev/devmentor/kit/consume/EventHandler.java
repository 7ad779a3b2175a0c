package dev.devmentor.kit.consume;

import dev.devmentor.events.EventType;
import dev.devmentor.kit.transaction.UnitOfWork;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * What a service does on events of one type. Every bean of this type makes its service consume the type's topic.
 *
 * @param <T> data of the event
 */
public interface EventHandler<T> {
    /** The type, whose name is the topic. */
    EventType<T> type();

    /** When the event happened; an event too far ahead of its receipt is not handed over. */
    Instant occurredAt(T data);

    /**
     * Applies a batch. It may hold repeats of itself and of what was applied before; both must do nothing. A failure
     * that lasts is met by halving the batch until the one event that causes it stands alone.
     *
     * @param work the transaction; also takes dead letters and outgoing events
     * @param events at least one event, in the order of their arrival per partition
     */
    void apply(BatchWork work, List<Received<T>> events) throws SQLException;

    /** The transaction of a batch. */
    interface BatchWork {
        /** The unit of work that the whole batch shares. */
        UnitOfWork unit();

        /** Sends the event's original record to the dead letters, in this transaction. */
        void deadLetter(Received<?> event, dev.devmentor.events.Reason reason, String detail);
    }
}
