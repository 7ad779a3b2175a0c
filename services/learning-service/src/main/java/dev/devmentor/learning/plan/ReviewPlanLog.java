package dev.devmentor.learning.plan;

import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.engine.plan.Move;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntToLongFunction;

/** Plans as entries of the review log: a reschedule for each move, and for each of them one that takes it back. */
@ApplicationScoped
class ReviewPlanLog implements PlanLog {
    private final ReviewLog log;
    private final PlanTable plans;
    private final PlanJson json;

    ReviewPlanLog(ReviewLog log, PlanTable plans, PlanJson json) {
        this.log = log;
        this.plans = plans;
        this.json = json;
    }

    @Override
    public void apply(
            UnitOfWork work,
            Learner learner,
            UUID planId,
            List<Move> moves,
            IntToLongFunction startMicros,
            long atMicros)
            throws SQLException {
        List<LogEntry> entries = new ArrayList<>(moves.size());
        for (Move move : moves) {
            entries.add(PlanEntries.move(
                    learner, planId, move, startMicros.applyAsLong(move.toDay()), json.detail(move), atMicros, ""));
        }
        record(work, entries);
    }

    @Override
    public void undo(UnitOfWork work, Learner learner, UUID planId, long atMicros) throws SQLException {
        List<LogEntry> entries = new ArrayList<>();
        for (String item : plans.movedItems(work.connection(), learner.id(), planId)) {
            entries.add(PlanEntries.unplan(learner, planId, item, atMicros));
        }
        record(work, entries);
    }

    private void record(UnitOfWork work, List<LogEntry> entries) throws SQLException {
        for (Recorded recorded : log.record(work, entries)) {
            if (!(recorded instanceof Recorded.Added)) {
                throw new IllegalStateException("an entry of a plan was not added: " + recorded);
            }
        }
    }
}
