package dev.devmentor.learning.fit;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer;
import dev.devmentor.learning.engine.fit.GuardedFit;
import dev.devmentor.learning.engine.fit.Recall;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.engine.predict.OnlineOffset;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.WeightsDetail;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.EntryTable;
import dev.devmentor.learning.log.EventSource;
import dev.devmentor.learning.log.GrownLogs;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fits a learner's weights: both models from the whole log, each only if, and as far as, it predicts better than what is in use
 * on the last fifth, which the trial fit has not seen ({@link GuardedFit}; the headline of {@code scripts/bench srs} does the
 * same). New weights are an entry of the log; every memory is folded again under them, and
 * every due date stays.
 */
@ApplicationScoped
class FitWeights {
    private final Transactions transactions;
    private final Learners learners;
    private final LoggedReviews reviews;
    private final EntryTable entries;
    private final FitTable table;
    private final ReviewLog log;
    private final GrownLogs grown;
    private final Clock clock;

    FitWeights(
            Transactions transactions,
            Learners learners,
            LoggedReviews reviews,
            EntryTable entries,
            FitTable table,
            ReviewLog log,
            GrownLogs grown,
            Clock clock) {
        this.transactions = transactions;
        this.learners = learners;
        this.reviews = reviews;
        this.entries = entries;
        this.table = table;
        this.log = log;
        this.grown = grown;
        this.clock = clock;
    }

    /**
     * What came of a fit.
     *
     * @param reviews answers in the log that count
     * @param fsrs6 which weights of FSRS-6 came out
     * @param fsrs7 which weights of FSRS-7 came out
     * @param lossBefore mean log loss of the default weights on the held-out reviews, by FSRS-7; NaN if none were held out
     * @param lossAfter the same of the trial fit, as far as it was followed
     * @param version of the weights in use afterwards
     */
    record Fitted(
            int reviews,
            GuardedFit.Choice fsrs6,
            GuardedFit.Choice fsrs7,
            double lossBefore,
            double lossAfter,
            int version) {}

    /** Where a fit is. */
    enum Stage {
        READING,
        FITTING,
        FOLDING,
        DONE
    }

    /**
     * Fits; empty if somebody else is fitting the same learner, or it was cancelled, in which case nothing has changed.
     *
     * @throws ProblemException if there is no such learner
     */
    Optional<Fitted> fit(String sub, Consumer<Stage> progress, BooleanSupplier cancelled) throws SQLException {
        return transactions.run(work -> {
            Connection connection = work.connection();
            Learner learner = held(connection, sub);
            if (learner == null) {
                throw ProblemException.notFound("you have no reviews yet");
            }
            if (!table.tryLock(connection, learner.id())) {
                return Optional.empty();
            }
            progress.accept(Stage.READING);
            long count = entries.count(connection, learner.id());
            ReviewHistory history = reviews.of(connection, learner.id());
            if (cancelled.getAsBoolean()) {
                return Optional.empty();
            }
            progress.accept(Stage.FITTING);
            Models before = learner.models();
            GuardedFit.Outcome<Fsrs6Weights> six =
                    GuardedFit.fsrs6(history, before.fsrs6().weights(), GuardedFit.Layer.NONE);
            GuardedFit.Outcome<Fsrs7Weights> seven = GuardedFit.fsrs7(
                    history, before.fsrs7().weights(), Fsrs7Trainer.Targets.LONG_TERM, GuardedFit.Layer.ONLINE);
            if (cancelled.getAsBoolean()) {
                return Optional.empty();
            }
            Models after = before;
            if (!six.weights().equals(before.fsrs6().weights())
                    || !seven.weights().equals(before.fsrs7().weights())) {
                progress.accept(Stage.FOLDING);
                after = replace(work, sub, before, six, seven, history.size());
            }
            table.storeFit(connection, learner.id(), count, Micros.of(clock.instant()));
            storeOffset(connection, learner.id(), count, after, history);
            return Optional.of(new Fitted(
                    history.size(),
                    six.choice(),
                    seven.choice(),
                    seven.lossOfDefaults(),
                    seven.lossOfFit(),
                    after.version()));
        });
    }

    private Models replace(
            UnitOfWork work,
            String sub,
            Models before,
            GuardedFit.Outcome<Fsrs6Weights> six,
            GuardedFit.Outcome<Fsrs7Weights> seven,
            int reviews)
            throws SQLException {
        Learner locked = learners.lock(work.connection(), List.of(sub)).get(sub);
        if (locked == null) {
            throw ProblemException.notFound("this learner was erased");
        }
        WeightsDetail detail = new WeightsDetail(
                Models.of(before.version() + 1, six.weights(), seven.weights()),
                reviews,
                seven.lossOfDefaults(),
                seven.lossOfFit());
        LogEntry entry = LogEntry.ofLearner(
                sub,
                EntryKind.WEIGHTS,
                Micros.of(clock.instant()),
                EventSource.URI,
                UUID.randomUUID().toString(),
                null,
                List.of(),
                detail.toJson());
        if (!(log.record(work, List.of(entry)).getFirst() instanceof Recorded.Added)) {
            throw new IllegalStateException("a weights entry with a new id was not added");
        }
        learners.storeWeights(work.connection(), locked.id(), detail);
        log.refoldAll(work, locked);
        return detail.models();
    }

    /** Brings the offset of a learner's predictions up to the log. */
    void calibrate(String sub) throws SQLException {
        transactions.run(work -> {
            Learner learner = held(work.connection(), sub);
            if (learner != null) {
                long count = entries.count(work.connection(), learner.id());
                ReviewHistory history = reviews.of(work.connection(), learner.id());
                storeOffset(work.connection(), learner.id(), count, learner.models(), history);
            }
            return learner != null;
        });
    }

    /** The learner, who is not erased until the transaction ends. */
    private @Nullable Learner held(Connection connection, String sub) throws SQLException {
        Learner found = learners.find(connection, sub);
        if (found == null) {
            return null;
        }
        List<Learner> held = learners.hold(connection, new long[] {found.id()});
        return held.isEmpty() ? null : held.getFirst();
    }

    private void storeOffset(Connection connection, long learnerId, long count, Models models, ReviewHistory history)
            throws SQLException {
        double[] p = Recall.of(models.fsrs7(), history);
        OnlineOffset offset = OnlineOffset.NONE;
        for (int row = 0; row < history.size(); row++) {
            if (history.isLongTerm(row)) {
                offset = offset.after(p[row], history.grade(row) > 1);
            }
        }
        table.storeOffset(connection, learnerId, count, models.version(), offset);
        grown.done(connection, learnerId, count);
    }
}
