package dev.devmentor.learning.log;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.plan.EasyDays;
import dev.devmentor.learning.engine.plan.LoadBalance;
import dev.devmentor.learning.learner.Learner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses, where a learner wants it, the day with less to do within the fuzz of an answer's interval. The choice becomes a
 * part of the answer in the log, as its local day does: it depends on what else was due when the answer came in, and a fold
 * must not.
 */
@ApplicationScoped
class ChooseDays {
    /** An older answer is history that is imported; what would be due long ago has no load to balance. */
    private static final Duration RECENT = Duration.ofDays(1);

    private final CardTable cards;
    private final Clock clock;

    ChooseDays(CardTable cards, Clock clock) {
        this.cards = cards;
        this.clock = clock;
    }

    /** The folds of learners that have settings; all that balance have. */
    @FunctionalInterface
    interface Folds {
        CardFold of(Learner learner) throws SQLException;
    }

    /** The same entries, some with a chosen interval. The learners are locked. */
    List<PendingEntry> choose(Connection connection, List<PendingEntry> pending, Folds folds) throws SQLException {
        long now = Micros.of(clock.instant());
        Map<Long, Map<Integer, Integer>> loads = new HashMap<>();
        List<PendingEntry> chosen = new ArrayList<>(pending);
        for (int i = 0; i < chosen.size(); i++) {
            PendingEntry entry = chosen.get(i);
            Learner learner = entry.learner();
            if (learner.preferences().loadBalance()
                    && entry.entry().kind() == EntryKind.ANSWER
                    && entry.entry().grade() > 1
                    && isOfThePresent(entry.entry(), now)) {
                Map<Integer, Integer> load = loads.get(learner.id());
                if (load == null) {
                    load = load(connection, learner, now);
                    loads.put(learner.id(), load);
                }
                chosen.set(i, choose(connection, entry, folds.of(learner), load));
            }
        }
        return chosen;
    }

    /** Whether an entry tells of now and not of a history that is imported. */
    static boolean isOfThePresent(LogEntry entry, long nowMicros) {
        return entry.atMicros() >= nowMicros - RECENT.toNanos() / 1_000;
    }

    private PendingEntry choose(Connection connection, PendingEntry entry, CardFold fold, Map<Integer, Integer> load)
            throws SQLException {
        CardKey key = entry.card();
        Card card = cards.find(connection, List.of(key)).get(key);
        CardState state = card == null ? CardState.NEW : card.state();
        CardFold.Subject subject = new CardFold.Subject(key.item(), card == null ? List.of() : card.skills());
        Entry.Answer answer = (Entry.Answer) entry.stored().toEngine();
        if (!fold.canAppend(state, answer)) {
            return entry;
        }
        Learner learner = entry.learner();
        int own = state.dueAtMicros() == CardState.NOT_DUE ? Integer.MIN_VALUE : day(learner, state.dueAtMicros());
        LoadBalance balance = new LoadBalance(
                new EasyDays(learner.preferences().easyDays(), Map.of()),
                learner.settings().maximumIntervalDays());
        int days = balance.days(
                key.item(),
                state.answers() + 1,
                entry.localDay(),
                fold.intervalAfter(state, subject, answer),
                day -> load.getOrDefault(day, 0) - (day == own ? 1 : 0),
                List.of());
        load.merge(entry.localDay() + days, 1, Integer::sum);
        return entry.withChosenDays(days);
    }

    /** Cards that wait, by the learner's day on which they fall due. */
    private Map<Integer, Integer> load(Connection connection, Learner learner, long now) throws SQLException {
        Map<Integer, Integer> load = new HashMap<>();
        for (Card card : cards.ofLearner(connection, learner.id())) {
            long due = card.state().dueAtMicros();
            if (!card.state().suspended() && due != CardState.NOT_DUE && due > now) {
                load.merge(day(learner, due), 1, Integer::sum);
            }
        }
        return load;
    }

    private static int day(Learner learner, long micros) {
        return LocalDays.localDay(
                micros, ZoneId.of(learner.settings().zone()), learner.settings().rolloverHour());
    }
}
