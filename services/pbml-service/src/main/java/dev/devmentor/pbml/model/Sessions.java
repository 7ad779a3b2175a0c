package dev.devmentor.pbml.model;

import dev.devmentor.pbml.engine.owner.ActionNames;
import dev.devmentor.pbml.engine.owner.Observation;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.log.ObservationReference;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.log.StoredObservation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads sessions out of the log as the model saw them, for whoever wants to know what a prediction rests on. */
@ApplicationScoped
public class Sessions {
    /** Longer sessions are read to there. */
    private static final int ROWS_OF_SESSION = 1_000;
    /** One request reads no more; sessions beyond that seem empty. */
    private static final int ROWS_OF_READER = 5_000;

    private final ObservationTable log;

    Sessions(ObservationTable log) {
        this.log = log;
    }

    /**
     * An action of a session.
     *
     * @param action what it is called among actions
     */
    public record Step(ObservationReference event, Observation observation, String action) {}

    /** Opens the log of an owner; the reader is for one thread, and as long as the connection. */
    public Reader open(Connection connection, long ownerId) throws SQLException {
        return new Reader(connection, ownerId, Restores.of(log.controls(connection, ownerId)));
    }

    /** Reads sessions of one owner. */
    public final class Reader {
        private final Connection connection;
        private final long ownerId;
        private final Restores leftOut;
        private final Decoding decoding = new Decoding();
        private final Map<Long, List<Step>> known = new HashMap<>();
        private int rowsLeft = ROWS_OF_READER;

        private Reader(Connection connection, long ownerId, Restores leftOut) {
            this.connection = connection;
            this.ownerId = ownerId;
            this.leftOut = leftOut;
        }

        /**
         * The actions of a session, in order; none if there is no such session any more.
         *
         * @param beginMicros when it began, microseconds since 1970-01-01T00:00Z
         */
        public List<Step> read(long beginMicros) throws SQLException {
            List<Step> steps = known.get(beginMicros);
            if (steps == null) {
                steps = readSteps(beginMicros);
                known.put(beginMicros, steps);
            }
            return steps;
        }

        private List<Step> readSteps(long beginMicros) throws SQLException {
            List<Step> steps = new ArrayList<>();
            long last = beginMicros;
            List<StoredObservation> rows =
                    log.from(connection, ownerId, beginMicros, Math.min(ROWS_OF_SESSION, rowsLeft));
            rowsLeft -= rows.size();
            for (StoredObservation row : rows) {
                if (row.key().atMicros() - last >= OwnerState.SESSION_PAUSE_MICROS) {
                    break;
                }
                if (leftOut.leavesOut(row.key())) {
                    continue;
                }
                Observation observation = decoding.decode(row);
                String action = ActionNames.of(observation);
                if (action != null) {
                    last = row.key().atMicros();
                    steps.add(new Step(
                            new ObservationReference(row.key(), row.eventKey(), row.kind()), observation, action));
                }
            }
            return steps;
        }
    }
}
