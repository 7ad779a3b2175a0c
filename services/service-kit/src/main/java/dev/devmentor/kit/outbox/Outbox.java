package dev.devmentor.kit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The outgoing messages of one transaction. They are collected while it runs and written as one row by {@link #flush}
 * before it commits. The row's id is drawn inside the transaction, while it holds the locks of what it changed: of two
 * transactions that changed the same thing, the one that committed first has the smaller id.
 */
public final class Outbox {
    private final MessagePack pack = new MessagePack();

    /** Adds a message; it is sent only if the transaction commits. */
    public void add(OutgoingMessage message) {
        pack.add(message);
    }

    /**
     * Writes what was collected.
     *
     * @return number of messages written
     */
    public int flush(Connection connection) throws SQLException {
        int messages = pack.messages();
        if (messages == 0) {
            return 0;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO outbox (messages, body) VALUES (?, ?)")) {
            insert.setInt(1, messages);
            insert.setBytes(2, pack.toBytes());
            insert.executeUpdate();
        }
        return messages;
    }
}
