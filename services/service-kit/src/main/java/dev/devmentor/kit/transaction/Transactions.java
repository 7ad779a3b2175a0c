package dev.devmentor.kit.transaction;

import dev.devmentor.kit.outbox.OutboxSignal;
import dev.devmentor.kit.telemetry.EventMetrics;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Opens, commits and rolls back units of work. */
@ApplicationScoped
public class Transactions {
    private final AgroalDataSource dataSource;
    private final OutboxSignal outboxSignal;
    private final EventMetrics metrics;

    Transactions(AgroalDataSource dataSource, OutboxSignal outboxSignal, EventMetrics metrics) {
        this.dataSource = dataSource;
        this.outboxSignal = outboxSignal;
        this.metrics = metrics;
    }

    /** What runs inside a transaction. */
    @FunctionalInterface
    public interface Work<R extends @Nullable Object> {
        R run(UnitOfWork work) throws SQLException;
    }

    /** Runs the work in one transaction of isolation READ COMMITTED and commits it, or rolls everything back. */
    public <R extends @Nullable Object> R run(Work<R> body) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            UnitOfWork work = new UnitOfWork(connection);
            R result;
            int messages;
            try {
                result = body.run(work);
                messages = work.flush();
                CrashPoints.reached("transaction.before-commit");
                connection.commit();
            } catch (SQLException | RuntimeException | Error failure) {
                rollback(connection, failure);
                throw failure;
            }
            CrashPoints.reached("transaction.after-commit");
            metrics.count(work.outcomes());
            work.committed();
            if (messages > 0) {
                outboxSignal.raise();
            }
            return result;
        }
    }

    /**
     * As {@link #run}, tried up to three times while two transactions stand in each other's way (SQLSTATE class 40).
     * For requests that a person waits for.
     */
    public <R extends @Nullable Object> R runRetrying(Work<R> body) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return run(body);
            } catch (SQLException failure) {
                String state = Failures.sqlState(failure);
                if (attempt == 3 || state == null || !state.startsWith("40")) {
                    throw failure;
                }
            }
        }
    }

    /** What runs inside a transaction and gives nothing back. */
    @FunctionalInterface
    public interface Step {
        void run(UnitOfWork work) throws SQLException;
    }

    /** As {@link #run}, for what gives nothing back. */
    public void execute(Step body) throws SQLException {
        run(work -> {
            body.run(work);
            return work;
        });
    }

    /** As {@link #runRetrying}, for what gives nothing back. */
    public void executeRetrying(Step body) throws SQLException {
        runRetrying(work -> {
            body.run(work);
            return work;
        });
    }

    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException unreachable) {
            // The server rolls back by itself when the connection is gone; the first failure is the one to tell.
            failure.addSuppressed(unreachable);
        }
    }
}
