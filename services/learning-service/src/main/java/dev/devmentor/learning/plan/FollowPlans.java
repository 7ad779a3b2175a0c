package dev.devmentor.learning.plan;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.plan.Move;
import dev.devmentor.learning.engine.plan.PlannedCard;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.PlansInForce;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps a planned break free of cards that are answered after it was planned, and brings such cards back once more before
 * an exam. Their moves belong to the plan: whoever takes it back takes them back too.
 */
@ApplicationScoped
class FollowPlans implements PlansInForce {
    private final PlanTable plans;
    private final PlanJson json;
    private final CardTable cards;
    private final SiblingGroups groups;
    private final Clock clock;

    FollowPlans(PlanTable plans, PlanJson json, CardTable cards, SiblingGroups groups, Clock clock) {
        this.plans = plans;
        this.json = json;
        this.cards = cards;
        this.groups = groups;
        this.clock = clock;
    }

    private record InForce(UUID id, Draft.Keeping keeping) {}

    @Override
    public List<LogEntry> follow(Connection connection, Learner learner, List<LogEntry> answers) throws SQLException {
        long now = Micros.of(clock.instant());
        Map<String, LogEntry> newest = new LinkedHashMap<>();
        for (LogEntry answer : answers) {
            newest.merge(answer.item(), answer, (one, other) -> one.atMicros() > other.atMicros() ? one : other);
        }
        Integer until = learner.plansUntilDay();
        int today = PlannedCards.today(learner.settings(), now);
        if (until == null || until < today) {
            return List.of();
        }
        List<InForce> inForce = inForce(connection, learner, today);
        return inForce.isEmpty() ? List.of() : moves(connection, learner, newest, inForce, now);
    }

    private List<InForce> inForce(Connection connection, Learner learner, int today) throws SQLException {
        List<InForce> inForce = new ArrayList<>();
        for (StoredPlan plan : plans.lasting(connection, learner.id())) {
            Draft.Lasting lasting = json.draft(plan).lasting();
            if (lasting != null && lasting.untilDay() >= today) {
                inForce.add(new InForce(plan.id(), lasting.keeping()));
            }
        }
        return inForce;
    }

    private List<LogEntry> moves(
            Connection connection, Learner learner, Map<String, LogEntry> answers, List<InForce> inForce, long now)
            throws SQLException {
        PlannedCards planned = new PlannedCards(
                cards.ofLearner(connection, learner.id()),
                learner.settings(),
                learner.models(),
                groups.of(connection, learner.id()),
                now);
        int today = planned.today();
        Map<Integer, Integer> load = new HashMap<>();
        planned.all().forEach(card -> load.merge(Math.max(today, card.dueDay()), 1, Integer::sum));
        List<LogEntry> moves = new ArrayList<>();
        for (PlannedCard card : planned.all()) {
            LogEntry answer = answers.get(card.item());
            if (answer == null) {
                continue;
            }
            int own = Math.max(today, card.dueDay());
            load.merge(own, -1, Integer::sum);
            int waits = own;
            for (InForce plan : inForce) {
                Optional<Move> move = plan.keeping()
                        .keep(planned, card, day -> load.getOrDefault(day, 0), MakePlan.wishesOf(learner));
                if (move.isPresent()) {
                    waits = move.get().toDay();
                    moves.add(PlanEntries.move(
                            learner,
                            plan.id(),
                            move.get(),
                            planned.startMicros(waits),
                            json.detail(move.get()),
                            // A caller's clock may be ahead: a move comes after the answer that it follows.
                            Math.max(now, answer.atMicros() + 1),
                            answer.eventId()));
                    break;
                }
            }
            load.merge(waits, 1, Integer::sum);
        }
        return moves;
    }
}
