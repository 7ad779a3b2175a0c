package dev.devmentor.kit.transaction;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.kit.outbox.Outbox;
import dev.devmentor.kit.outbox.OutgoingMessage;
import dev.devmentor.kit.telemetry.Outcome;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One database transaction and what it sends. Nothing that is published here leaves before the transaction committed,
 * and nothing counted here is reported before that.
 */
public final class UnitOfWork {
    private final Connection connection;
    private final Outbox outbox = new Outbox();
    private final Map<String, Map<Outcome, Long>> outcomes = new TreeMap<>();
    private final List<Runnable> onCommit = new ArrayList<>();

    UnitOfWork(Connection connection) {
        this.connection = connection;
    }

    /** The transaction's connection; never commit, roll back or close it. */
    public Connection connection() {
        return connection;
    }

    /** Sends an event on its topic once the transaction committed. */
    public <T> void publish(EventType<T> type, Envelope envelope, String key, T data) {
        outbox.add(new OutgoingMessage(
                type.name(),
                key.getBytes(StandardCharsets.UTF_8),
                EventEncoder.binaryHeaders(envelope),
                EventEncoder.encodeData(type, data)));
    }

    /** Sends a record as it is once the transaction committed. */
    public void send(OutgoingMessage message) {
        outbox.add(message);
    }

    /** Counts what became of events of a topic; reported when the transaction committed. */
    public void count(String topic, Outcome outcome, long events) {
        if (events > 0) {
            outcomes.computeIfAbsent(topic, _ -> new EnumMap<>(Outcome.class)).merge(outcome, events, Long::sum);
        }
    }

    /** Runs something once the transaction committed; it must not fail. */
    public void onCommit(Runnable action) {
        onCommit.add(action);
    }

    void committed() {
        onCommit.forEach(Runnable::run);
    }

    int flush() throws SQLException {
        return outbox.flush(connection);
    }

    Map<String, Map<Outcome, Long>> outcomes() {
        return outcomes;
    }
}
