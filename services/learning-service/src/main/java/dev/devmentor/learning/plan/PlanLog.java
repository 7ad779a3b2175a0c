package dev.devmentor.learning.plan;

import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.engine.plan.Move;
import dev.devmentor.learning.learner.Learner;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.IntToLongFunction;

/** Where a plan's moves become entries of the review log, and stop to count. */
interface PlanLog {
    /**
     * Records the moves.
     *
     * @param learner locked
     * @param startMicros when a day of the learner begins
     */
    void apply(
            UnitOfWork work,
            Learner learner,
            UUID planId,
            List<Move> moves,
            IntToLongFunction startMicros,
            long atMicros)
            throws SQLException;

    /**
     * Makes the moves of a plan count no longer, so that every card is as if there had never been any of them.
     *
     * @param learner locked
     */
    void undo(UnitOfWork work, Learner learner, UUID planId, long atMicros) throws SQLException;
}
