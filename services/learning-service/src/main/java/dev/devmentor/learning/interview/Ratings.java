package dev.devmentor.learning.interview;

import dev.devmentor.learning.engine.interview.Measured;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/** What a learner's answers say of their skills. */
interface Ratings {
    /**
     * By skill; those without answers are missing.
     *
     * @param atMicros now
     */
    Map<String, Measured> of(Connection connection, long learnerId, Collection<String> skills, long atMicros)
            throws SQLException;
}
