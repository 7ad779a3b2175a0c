package dev.devmentor.learning.person;

import dev.devmentor.events.AchievementUnlocked;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.LearningConfig;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.person.OrderedReplay;
import dev.devmentor.learning.engine.person.PersonEntry;
import dev.devmentor.learning.engine.person.PersonFold;
import dev.devmentor.learning.engine.person.PersonState;
import dev.devmentor.learning.engine.person.PersonStateCodec;
import dev.devmentor.learning.engine.person.SharedDifficulties;
import dev.devmentor.learning.engine.progress.Achievement;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.EventSource;
import dev.devmentor.learning.log.GrownLogs;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of people. Whoever reads gets a state that is folded from the whole log as it was when they asked; if the
 * one that is kept is not, it is folded further then.
 *
 * <p>A fold holds a share of the learner's row, so that an erasure waits for it or it for an erasure, and no answer waits
 * for either; and it locks the row of the state, so that two folds of one person follow each other.
 */
@ApplicationScoped
public class People {
    /** A log that has grown by more than this is folded anew, entry by entry, rather than held in memory. */
    private static final int LONGEST_TAIL = 2_000;

    private final Learners learners;
    private final PersonTable table;
    private final Epochs epochs;
    private final GrownLogs grown;
    private final int leastToFit;
    private final FoldMetrics metrics;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    People(
            Learners learners,
            PersonTable table,
            Epochs epochs,
            GrownLogs grown,
            LearningConfig config,
            FoldMetrics metrics,
            Transactions transactions,
            AgroalDataSource dataSource,
            Clock clock) {
        this.learners = learners;
        this.table = table;
        this.epochs = epochs;
        this.grown = grown;
        this.leastToFit = config.fit().leastReviews();
        this.metrics = metrics;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** The state of a learner, as of the whole log; that of nobody if there is no such learner. */
    public PersonState current(String sub) throws SQLException {
        Learner learner;
        try (Connection connection = dataSource.getConnection()) {
            learner = learners.find(connection, sub);
            PersonState kept = learner == null ? PersonState.NEW : table.current(connection, learner.id());
            if (kept != null) {
                return kept;
            }
        }
        long id = Objects.requireNonNull(learner).id();
        return transactions.runRetrying(work -> fold(work, Set.of(id)).getOrDefault(id, PersonState.NEW));
    }

    /** What people share, as it is in force now and at any time before. */
    public SharedDifficulties difficulties(Connection connection) throws SQLException {
        return epochs.current(connection);
    }

    /** What practice, pauses and streaks count for at a time. */
    public Layer layer(Instant at) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            SharedDifficulties shared = epochs.current(connection);
            return shared.layer(shared.epochAt(Micros.of(at)));
        }
    }

    /** Achievements that were announced to a learner, and when each was reached (microseconds since 1970-01-01T00:00Z). */
    public SortedMap<String, Long> achievements(String sub) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, sub);
            return learner == null ? new TreeMap<>() : table.announced(connection, learner.id());
        }
    }

    /** Those of some learners whose state is not folded from the whole log. */
    Set<Long> behind(Connection connection, Set<Long> learnerIds) throws SQLException {
        return table.behind(connection, PersonTable.ids(learnerIds));
    }

    /**
     * Brings states up to their logs, and announces what was achieved.
     *
     * @param learnerIds in this service's tables; those that don't exist are left out
     * @return the states
     */
    public Map<Long, PersonState> fold(UnitOfWork work, Collection<Long> learnerIds) throws SQLException {
        Connection connection = work.connection();
        List<Learner> held = learners.hold(connection, PersonTable.ids(learnerIds));
        Map<Long, PersonState> states = new HashMap<>();
        if (held.isEmpty()) {
            return states;
        }
        Map<Long, PersonTable.Kept> kept =
                table.lock(connection, held.stream().mapToLong(Learner::id).toArray());
        PersonFold fold = new PersonFold(epochs.current(connection));
        Map<Long, EntryKey> after = new HashMap<>();
        kept.forEach((id, before) -> {
            PersonState state = before.state();
            if (state != null && state.folded() != null) {
                after.put(id, state.folded());
            }
        });
        Map<Long, PersonTable.Tail> tails = table.tails(connection, after, LONGEST_TAIL);
        Map<Long, PersonTable.Folded> changed = new TreeMap<>();
        for (Learner learner : held) {
            PersonTable.Kept before = kept.getOrDefault(learner.id(), PersonTable.Kept.NOTHING);
            PersonTable.Folded folded = further(connection, fold, learner, before, tails.get(learner.id()));
            states.put(learner.id(), folded.state());
            if (folded.state() != before.state() || folded.entries() != before.entries()) {
                changed.put(learner.id(), folded);
                announce(work, learner, folded.state());
            }
        }
        table.update(connection, changed);
        SortedMap<Long, Long> fittable = new TreeMap<>();
        changed.forEach((id, folded) -> {
            if (folded.entries() >= leastToFit) {
                fittable.put(id, folded.entries());
            }
        });
        grown.note(connection, fittable);
        return states;
    }

    /**
     * Whether the kept state of a learner is another than that of the log, in any bit. One that is behind the log is no
     * such thing: it is folded further first, as for everybody who asks.
     */
    public boolean differs(UnitOfWork work, Learner learner) throws SQLException {
        byte[] kept = table.bytes(work.connection(), learner.id());
        if (kept == null || !PersonStateCodec.isCurrent(kept)) {
            fold(work, Set.of(learner.id()));
            kept = table.bytes(work.connection(), learner.id());
        }
        PersonFold fold = new PersonFold(epochs.current(work.connection()));
        PersonState computed = replay(work.connection(), fold, learner).state();
        return !Arrays.equals(kept, PersonStateCodec.encode(computed));
    }

    private PersonTable.Folded further(
            Connection connection,
            PersonFold fold,
            Learner learner,
            PersonTable.Kept before,
            PersonTable.@Nullable Tail tail)
            throws SQLException {
        PersonState state = before.state();
        if (state != null && tail != null) {
            List<PersonEntry> later = tail.later();
            // All that the log has beside what was folded comes after it; otherwise something came late.
            if (before.entries() + later.size() == tail.entries() && PersonFold.canAppend(state, later)) {
                if (later.isEmpty()) {
                    return new PersonTable.Folded(before.entries(), state);
                }
                metrics.appended();
                return new PersonTable.Folded(tail.entries(), fold.append(state, later));
            }
        }
        metrics.replayed();
        return replay(connection, fold, learner);
    }

    private PersonTable.Folded replay(Connection connection, PersonFold fold, Learner learner) throws SQLException {
        OrderedReplay replay = fold.inOrder();
        table.replay(connection, learner.id(), replay);
        return new PersonTable.Folded(replay.entries(), replay.finish());
    }

    private void announce(UnitOfWork work, Learner learner, PersonState state) throws SQLException {
        Map<String, Long> unlocked = state.progress().achievements();
        List<String> news = table.announceable(work.connection(), learner.id(), unlocked);
        if (news.isEmpty()) {
            return;
        }
        for (Achievement achievement : Achievement.values()) {
            if (!news.contains(achievement.id())) {
                continue;
            }
            work.publish(
                    EventTypes.ACHIEVEMENT_UNLOCKED,
                    new Envelope(
                            EventEncoder.contentId("achievement", learner.sub(), achievement.id()),
                            EventSource.URI,
                            EventTypes.ACHIEVEMENT_UNLOCKED.name(),
                            clock.instant(),
                            null,
                            EventTypes.ACHIEVEMENT_UNLOCKED.schemaUri(),
                            null,
                            null),
                    learner.sub(),
                    new AchievementUnlocked(
                            learner.sub(),
                            achievement.id(),
                            achievement.title(),
                            Micros.toInstant(Objects.requireNonNull(unlocked.get(achievement.id()))),
                            state.progress().level(),
                            (int) Math.min(state.progress().points(), Integer.MAX_VALUE),
                            null));
        }
    }
}
