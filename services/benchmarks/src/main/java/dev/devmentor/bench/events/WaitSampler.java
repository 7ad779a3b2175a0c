package dev.devmentor.bench.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks again and again at what PostgreSQL's processes do: which statement, and what it waits for. */
final class WaitSampler implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final String LOOK = """
            SELECT CASE WHEN backend_type = 'client backend'
                    THEN CASE WHEN state = 'active' THEN regexp_replace(substr(query, 1, 22), '\\s+', ' ', 'g') ELSE state END
                    ELSE backend_type END
                || ' / ' || coalesce(wait_event_type || ':' || wait_event, 'runs')
            FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND coalesce(wait_event_type, '') <> 'Activity'
                AND coalesce(state, '') <> 'idle'""";

    private final Map<String, Integer> seen = new TreeMap<>();
    private final Connection connection;
    private final Thread thread;
    private volatile boolean running = true;
    private int looks;

    WaitSampler(Connection connection) {
        this.connection = connection;
        this.thread = Thread.ofPlatform().daemon().start(this::look);
    }

    private void look() {
        try (PreparedStatement select = connection.prepareStatement(LOOK)) {
            while (running) {
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        seen.merge(rows.getString(1), 1, Integer::sum);
                    }
                }
                looks++;
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException | InterruptedException ended) {
            running = false;
        }
    }

    /** Processes in each state, on average. */
    @Override
    public void close() throws SQLException {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    String summary() {
        return seen.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(24)
                .map(entry ->
                        String.format(Locale.ROOT, "  %.2f %s", (double) entry.getValue() / looks, entry.getKey()))
                .collect(Collectors.joining("\n"));
    }
}
