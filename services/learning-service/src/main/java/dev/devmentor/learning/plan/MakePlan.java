package dev.devmentor.learning.plan;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.plan.EasyDays;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes plans, shows them before they are done, does them in one transaction, and takes them back. */
@ApplicationScoped
class MakePlan {
    /** One plan is one transaction, and every card that moves is announced. */
    static final int MOST_MOVES = 10_000;

    private static final Draft.Wishes NO_WISHES =
            new Draft.Wishes(LearnerSettings.DEFAULT.maximumIntervalDays(), EasyDays.NONE);

    private final Learners learners;
    private final CardTable cards;
    private final SiblingGroups groups;
    private final PlanTable plans;
    private final PlanLog log;
    private final PlanJson json;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    MakePlan(
            Learners learners,
            CardTable cards,
            SiblingGroups groups,
            PlanTable plans,
            PlanLog log,
            PlanJson json,
            Transactions transactions,
            AgroalDataSource dataSource,
            Clock clock) {
        this.learners = learners;
        this.cards = cards;
        this.groups = groups;
        this.plans = plans;
        this.log = log;
        this.json = json;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Shows what a plan would do; nothing changes. */
    PlanView preview(String sub, Draft draft, int shownMoves) throws SQLException {
        long now = Micros.of(clock.instant());
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false); // all cards as of one moment, read in portions
            try {
                Learner learner = learners.find(connection, sub);
                Draft.Drawn drawn = learner == null
                        ? draft.drawing().draw(PlannedCards.none(now), NO_WISHES)
                        : draft.drawing().draw(cardsOf(connection, learner, now), wishesOf(learner));
                return json.preview(draft, drawn, now, shownMoves);
            } finally {
                connection.rollback();
            }
        }
    }

    /**
     * Does a plan.
     *
     * @param idempotencyKey a repeat under the same key gives the same plan; null if each call is a plan of its own
     */
    PlanView make(String sub, Draft draft, @Nullable String idempotencyKey, int shownMoves) throws SQLException {
        UUID id = idempotencyKey == null
                ? UUID.randomUUID()
                : UUID.nameUUIDFromBytes(
                        EventEncoder.contentId("plan", sub, idempotencyKey).getBytes(StandardCharsets.US_ASCII));
        return transactions.runRetrying(work -> {
            Learner learner = lock(work, sub);
            StoredPlan existing = plans.find(work.connection(), learner.id(), id);
            if (existing == null) {
                existing = apply(work, learner, id, draft);
            } else if (!json.sameParameters(existing, draft)) {
                throw ProblemException.conflict(
                        "conflicting-duplicate", "this Idempotency-Key was used for another plan");
            }
            return json.view(existing, plans.moves(work.connection(), learner.id(), id, shownMoves));
        });
    }

    private StoredPlan apply(UnitOfWork work, Learner learner, UUID id, Draft draft) throws SQLException {
        long now = Micros.of(clock.instant());
        PlannedCards planned = cardsOf(work.connection(), learner, now);
        Draft.Drawn drawn = draft.drawing().draw(planned, wishesOf(learner));
        int moved = drawn.plan().moves().size();
        if (moved > MOST_MOVES) {
            throw ProblemException.tooLarge(
                    "this plan would move " + moved + " cards; one plan moves at most " + MOST_MOVES);
        }
        log.apply(work, learner, id, drawn.plan().moves(), planned::startMicros, now);
        StoredPlan plan =
                new StoredPlan(id, draft.kind(), json.parameters(draft), now, moved, json.outcome(drawn), null);
        plans.insert(work.connection(), learner.id(), plan);
        if (draft.lasting() != null) {
            learners.notePlan(work.connection(), learner.id(), draft.lasting().untilDay());
        }
        return plan;
    }

    /** Takes a plan back; one that was taken back already stays as it is. */
    PlanView undo(String sub, UUID id, int shownMoves) throws SQLException {
        return transactions.runRetrying(work -> {
            Learner learner = lock(work, sub);
            StoredPlan plan = plans.find(work.connection(), learner.id(), id);
            if (plan == null) {
                throw noSuchPlan();
            }
            if (plan.undoneMicros() == null) {
                long now = Micros.of(clock.instant());
                log.undo(work, learner, id, now);
                plans.markUndone(work.connection(), learner.id(), id, now);
                plan = new StoredPlan(
                        id, plan.kind(), plan.parameters(), plan.atMicros(), plan.moved(), plan.outcome(), now);
            }
            return json.view(plan, plans.moves(work.connection(), learner.id(), id, shownMoves));
        });
    }

    private Learner lock(UnitOfWork work, String sub) throws SQLException {
        Learner learner = learners.lock(work.connection(), List.of(sub)).get(sub);
        if (learner == null) {
            throw ProblemException.notFound("this learner was erased");
        }
        return learner;
    }

    private PlannedCards cardsOf(Connection connection, Learner learner, long nowMicros) throws SQLException {
        return new PlannedCards(
                cards.ofLearner(connection, learner.id()),
                learner.settings(),
                learner.models(),
                groups.of(connection, learner.id()),
                nowMicros);
    }

    static Draft.Wishes wishesOf(Learner learner) {
        return new Draft.Wishes(
                learner.settings().maximumIntervalDays(),
                new EasyDays(learner.preferences().easyDays(), Map.of()));
    }

    static ProblemException noSuchPlan() {
        return ProblemException.notFound("you have no such plan");
    }
}
