package dev.devmentor.learning.log;

import dev.devmentor.learning.learner.Learner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What plans that are in force make of answers that have just come in. */
public interface PlansInForce {
    /**
     * Entries that move cards which were just answered. They become a part of the log beside the answers, for they depend on
     * what else was due when these came in, and a fold must not.
     *
     * @param learner locked
     * @param answers of the present, recorded and folded
     */
    List<LogEntry> follow(Connection connection, Learner learner, List<LogEntry> answers) throws SQLException;
}
