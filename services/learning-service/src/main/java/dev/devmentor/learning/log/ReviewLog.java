package dev.devmentor.learning.log;

import dev.devmentor.kit.erasure.Tombstones;
import dev.devmentor.kit.fold.Touched;
import dev.devmentor.kit.postgres.BinaryCopy;
import dev.devmentor.kit.postgres.KeyedPlans;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.CrashPoints;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.SettingsDetail;
import dev.devmentor.learning.learner.WeightsDetail;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the review log. In the caller's transaction it locks the learners, drops repeats, finds
 * contradictions, appends what is new, folds it into the cards and announces their new due dates.
 *
 * <p>Entries that come after everything folded into their card are folded alone. One that comes late (or takes an answer
 * back) makes its card be folded again from the whole log. Both give the same bits; that is what the engine promises and
 * {@code verify} checks.
 */
@ApplicationScoped
public class ReviewLog {
    private static final CardFold DEFAULT_FOLD = new CardFold(List.of());
    /** Fewer entries than this are looked up before they are written; a failed write would cost more than it saves. */
    private static final int LOOKED_UP_ALWAYS = 64;
    /** For so many batches after a repeat was met, batches are looked up before they are written. */
    private static final int SUSPICIOUS_BATCHES = 16;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final ThreadLocal<BinaryCopy> COPY = ThreadLocal.withInitial(() -> new BinaryCopy(256 * 1024));

    private final Learners learners;
    private final Tombstones tombstones;
    private final EntryTable entries;
    private final CardTable cards;
    private final ChooseDays chooseDays;
    private final PlansInForce plans;
    private final ScheduleAnnouncer announcer;
    private final Touched touched;
    private final Clock clock;
    private final AtomicInteger suspicion = new AtomicInteger(SUSPICIOUS_BATCHES);

    ReviewLog(
            Learners learners,
            Tombstones tombstones,
            EntryTable entries,
            CardTable cards,
            ChooseDays chooseDays,
            PlansInForce plans,
            ScheduleAnnouncer announcer,
            Touched touched,
            Clock clock) {
        this.learners = learners;
        this.tombstones = tombstones;
        this.entries = entries;
        this.cards = cards;
        this.chooseDays = chooseDays;
        this.plans = plans;
        this.announcer = announcer;
        this.touched = touched;
        this.clock = clock;
    }

    /**
     * Records entries of any kinds and learners.
     *
     * @return for each entry, in the same order, what became of it
     */
    public List<Recorded> record(UnitOfWork work, List<LogEntry> incoming) throws SQLException {
        Connection connection = work.connection();
        KeyedPlans.byKey(connection);
        Set<String> subs = new HashSet<>();
        for (LogEntry entry : incoming) {
            subs.add(entry.learner());
        }
        Map<String, Learner> locked = learners.lock(connection, subs);
        Map<Long, String> subsById = HashMap.newHashMap(locked.size());
        for (Learner learner : locked.values()) {
            subsById.put(learner.id(), learner.sub());
        }
        @Nullable Recorded[] results = new Recorded[incoming.size()];
        List<PendingEntry> pending = pending(connection, incoming, locked, results);
        CrashPoints.reached("log.locked");
        if (locked.values().stream().anyMatch(learner -> learner.preferences().loadBalance())) {
            pending = chooseDays.choose(connection, pending, learner -> foldOf(connection, learner));
        }

        List<PendingEntry> added = append(connection, pending, subsById, results);
        note(work, added);
        CrashPoints.reached("log.appended");

        Map<CardKey, Card> folded = fold(work, added, subsById);
        CrashPoints.reached("log.folded");
        if (locked.values().stream().anyMatch(learner -> learner.plansUntilDay() != null)) {
            folded = followPlans(work, locked, added, folded, subsById);
        }

        addStates(connection, pending, folded, results);
        return Arrays.stream(results).map(Objects::requireNonNull).toList();
    }

    private void note(UnitOfWork work, List<PendingEntry> added) throws SQLException {
        Set<Long> grown = new HashSet<>();
        for (PendingEntry entry : added) {
            grown.add(entry.learner().id());
        }
        touched.note(work, grown, added.size());
    }

    /** Lets plans that are in force move cards that were just answered. */
    private Map<CardKey, Card> followPlans(
            UnitOfWork work,
            Map<String, Learner> locked,
            List<PendingEntry> added,
            Map<CardKey, Card> folded,
            Map<Long, String> subsById)
            throws SQLException {
        Connection connection = work.connection();
        long now = Micros.of(clock.instant());
        Map<String, List<LogEntry>> answers = new LinkedHashMap<>();
        for (PendingEntry entry : added) {
            if (entry.entry().kind() == EntryKind.ANSWER
                    && entry.learner().plansUntilDay() != null
                    && ChooseDays.isOfThePresent(entry.entry(), now)) {
                answers.computeIfAbsent(entry.learner().sub(), _ -> new ArrayList<>())
                        .add(entry.entry());
            }
        }
        List<LogEntry> moves = new ArrayList<>();
        for (Map.Entry<String, List<LogEntry>> ofLearner : answers.entrySet()) {
            Learner learner = Objects.requireNonNull(locked.get(ofLearner.getKey()));
            moves.addAll(plans.follow(connection, learner, ofLearner.getValue()));
        }
        if (moves.isEmpty()) {
            return folded;
        }
        @Nullable Recorded[] refused = new Recorded[moves.size()];
        List<PendingEntry> moved = append(connection, pending(connection, moves, locked, refused), subsById, refused);
        if (moved.size() < moves.size()) {
            throw new IllegalStateException("an entry of a plan was not added: " + Arrays.toString(refused));
        }
        note(work, moved);
        Map<CardKey, Card> all = new LinkedHashMap<>(folded);
        all.putAll(fold(work, moved, subsById));
        return all;
    }

    private List<PendingEntry> pending(
            Connection connection, List<LogEntry> incoming, Map<String, Learner> locked, @Nullable Recorded[] results)
            throws SQLException {
        List<PendingEntry> pending = new ArrayList<>(incoming.size());
        Map<String, Integer> ignored = new HashMap<>();
        Map<Long, CardFold> timelines = timelinesOfLate(connection, incoming, locked);
        for (int i = 0; i < results.length; i++) {
            LogEntry entry = incoming.get(i);
            Learner learner = locked.get(entry.learner());
            if (learner == null) {
                results[i] = new Recorded.OfErased();
                ignored.merge(entry.learner(), 1, Integer::sum);
            } else {
                pending.add(new PendingEntry(i, entry, learner, settingsAt(entry, learner, timelines)));
            }
        }
        for (Map.Entry<String, Integer> count : ignored.entrySet()) {
            tombstones.countIgnored(connection, count.getKey(), count.getValue());
        }
        Collections.sort(pending);
        return pending;
    }

    /** An entry with an identity that an entry before it in the same call has. */
    private record Twin(PendingEntry entry, PendingEntry first, String what) {}

    /** Timelines of learners of whom an entry is older than their newest settings. */
    private Map<Long, CardFold> timelinesOfLate(
            Connection connection, List<LogEntry> incoming, Map<String, Learner> locked) throws SQLException {
        Map<Long, String> late = new HashMap<>();
        for (LogEntry entry : incoming) {
            Learner learner = locked.get(entry.learner());
            if (learner != null
                    && learner.settingsAtMicros() != null
                    && entry.atMicros() < learner.settingsAtMicros()) {
                late.put(learner.id(), learner.sub());
            }
        }
        return foldsOf(connection, late.keySet(), late);
    }

    /** The settings in force when an entry happened, so that its local day does not depend on when it arrives. */
    private static LearnerSettings settingsAt(LogEntry entry, Learner learner, Map<Long, CardFold> timelines) {
        Long newest = learner.settingsAtMicros();
        if (newest == null || entry.atMicros() >= newest) {
            return learner.settings();
        }
        return timelines.getOrDefault(learner.id(), DEFAULT_FOLD).settingsAt(entry.atMicros());
    }

    /** Appends those that are new and says of the others why they are not. */
    private List<PendingEntry> append(
            Connection connection, List<PendingEntry> pending, Map<Long, String> subs, @Nullable Recorded[] results)
            throws SQLException {
        List<Twin> twins = new ArrayList<>();
        List<PendingEntry> added = appendUnique(connection, unique(pending, twins), subs, results);
        if (twins.isEmpty()) {
            return added;
        }
        Set<PendingEntry> inLog = new HashSet<>(added);
        List<PendingEntry> left = new ArrayList<>();
        for (Twin twin : twins) {
            if (inLog.contains(twin.first())) {
                results[twin.entry().index()] =
                        compare(twin.entry(), twin.first().stored(), twin.what());
            } else {
                // The first was not new itself: what counts is what the log has under that identity.
                left.add(twin.entry());
            }
        }
        if (left.isEmpty()) {
            return added;
        }
        List<PendingEntry> all = new ArrayList<>(added);
        all.addAll(append(connection, left, subs, results));
        return all;
    }

    private List<PendingEntry> appendUnique(
            Connection connection, List<PendingEntry> unique, Map<Long, String> subs, @Nullable Recorded[] results)
            throws SQLException {
        if (unique.isEmpty()) {
            return unique;
        }
        long received = Micros.of(clock.instant());
        if (unique.size() >= LOOKED_UP_ALWAYS && suspicion.get() <= 0) {
            List<PendingEntry> ours = new ArrayList<>();
            List<PendingEntry> others = new ArrayList<>(unique.size());
            for (PendingEntry entry : unique) {
                // An answer that came over HTTP is in the log already when its event comes back.
                (entry.entry().source().equals(EventSource.URI) ? ours : others).add(entry);
            }
            Savepoint before = connection.setSavepoint();
            try {
                entries.append(connection, COPY.get(), others, received);
                connection.releaseSavepoint(before);
                List<PendingEntry> alsoNew = withoutRecorded(connection, ours, subs, results);
                entries.append(connection, COPY.get(), alsoNew, received);
                others.addAll(alsoNew);
                return others;
            } catch (SQLException failure) {
                if (!UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                    throw failure;
                }
                connection.rollback(before);
            }
        }
        List<PendingEntry> added = withoutRecorded(connection, unique, subs, results);
        entries.append(connection, COPY.get(), added, received);
        if (added.size() < unique.size()) {
            suspicion.set(SUSPICIOUS_BATCHES);
        } else if (unique.size() >= LOOKED_UP_ALWAYS) {
            suspicion.decrementAndGet();
        }
        return added;
    }

    /** Those with identities that no entry before them has; the others are put aside. */
    private static List<PendingEntry> unique(List<PendingEntry> pending, List<Twin> twins) {
        if (pending.size() < 2) {
            return pending;
        }
        Map<Identity, PendingEntry> byEvent = HashMap.newHashMap(pending.size());
        Map<Identity, PendingEntry> byAnswer = HashMap.newHashMap(pending.size());
        List<PendingEntry> unique = new ArrayList<>(pending.size());
        for (PendingEntry entry : pending) {
            PendingEntry sameEvent = byEvent.putIfAbsent(entry.eventIdentity(), entry);
            Identity answer = entry.answerIdentity();
            PendingEntry sameAnswer = sameEvent != null || answer == null ? null : byAnswer.putIfAbsent(answer, entry);
            if (sameEvent != null) {
                twins.add(new Twin(entry, sameEvent, "event"));
            } else if (sameAnswer != null) {
                twins.add(new Twin(entry, sameAnswer, "answer"));
            } else {
                unique.add(entry);
            }
        }
        return unique;
    }

    private List<PendingEntry> withoutRecorded(
            Connection connection, List<PendingEntry> candidates, Map<Long, String> subs, @Nullable Recorded[] results)
            throws SQLException {
        if (candidates.isEmpty()) {
            return candidates;
        }
        Map<Identity, StoredEntry> recorded = entries.byIdentity(connection, candidates, subs);
        if (recorded.isEmpty()) {
            return candidates;
        }
        List<PendingEntry> unrecorded = new ArrayList<>(candidates.size());
        for (PendingEntry entry : candidates) {
            StoredEntry sameEvent = recorded.get(entry.eventIdentity());
            StoredEntry sameAnswer = entry.answerIdentity() == null ? null : recorded.get(entry.answerIdentity());
            if (sameEvent != null) {
                results[entry.index()] = compare(entry, sameEvent, "event");
            } else if (sameAnswer != null) {
                results[entry.index()] = compare(entry, sameAnswer, "answer");
            } else {
                unrecorded.add(entry);
            }
        }
        return unrecorded;
    }

    private static Recorded compare(PendingEntry entry, StoredEntry first, String what) {
        return entry.entry().saysTheSameAs(first.entry())
                ? new Recorded.Repeated(entry.learner(), null)
                : new Recorded.Contradicting(what);
    }

    private Map<CardKey, Card> fold(UnitOfWork work, List<PendingEntry> added, Map<Long, String> subs)
            throws SQLException {
        Connection connection = work.connection();
        Map<CardKey, List<PendingEntry>> byCard = LinkedHashMap.newLinkedHashMap(added.size());
        for (PendingEntry entry : added) {
            if (entry.entry().kind().concernsCard()) {
                byCard.computeIfAbsent(entry.card(), _ -> new ArrayList<>(1)).add(entry);
            }
        }
        if (byCard.isEmpty()) {
            return Map.of();
        }
        Map<CardKey, Card> existing = cards.find(connection, byCard.keySet());
        Map<Long, CardFold> folds = foldsOf(connection, added, subs);
        // In the order of learners, as the entries are: so they are written.
        Map<CardKey, Card> folded = LinkedHashMap.newLinkedHashMap(byCard.size());
        List<CardKey> late = new ArrayList<>();
        for (Map.Entry<CardKey, List<PendingEntry>> card : byCard.entrySet()) {
            CardFold fold = folds.getOrDefault(card.getKey().learnerId(), DEFAULT_FOLD);
            Card after = appendAll(fold, card.getKey(), existing.get(card.getKey()), card.getValue());
            if (after == null) {
                late.add(card.getKey());
            } else {
                folded.put(card.getKey(), after);
            }
        }
        if (!late.isEmpty()) {
            folded.putAll(replay(connection, late, folds));
        }
        store(connection, folded.values(), existing);
        announcer.announce(work, byCard, folded, subs);
        return folded;
    }

    /** The card after entries that all come after what is folded into it; null if they don't. */
    private static @Nullable Card appendAll(CardFold fold, CardKey key, @Nullable Card card, List<PendingEntry> news) {
        CardState state = card == null ? CardState.NEW : card.state();
        List<String> skills = card == null ? List.of() : card.skills();
        if (news.size() > 1) {
            news.sort(Comparator.comparing(entry -> entry.stored().key()));
        }
        for (PendingEntry pending : news) {
            Entry entry = pending.stored().toEngine();
            if (!fold.canAppend(state, entry)) {
                return null;
            }
            state = fold.append(state, new CardFold.Subject(key.item(), skills), entry);
            if (!pending.entry().skills().isEmpty()) {
                skills = pending.entry().skills();
            }
        }
        return new Card(key, state, skills);
    }

    /** Folds cards again from the log, which holds the new entries by now. */
    private Map<CardKey, Card> replay(Connection connection, Collection<CardKey> keys, Map<Long, CardFold> folds)
            throws SQLException {
        KeyedPlans.eachCall(connection);
        Map<CardKey, Card> replayed = new HashMap<>();
        Replay replay = new Replay(
                learnerId -> folds.getOrDefault(learnerId, DEFAULT_FOLD), card -> replayed.put(card.key(), card));
        entries.visitFoldable(connection, keys, replay);
        replay.finish();
        return replayed;
    }

    /**
     * Brings a learner's cards up to a change of settings that was just recorded.
     *
     * @param atMicros time of the change
     * @param reschedule whether it moves due dates; otherwise only cards are touched that hold something newer
     * @return number of cards whose state changed
     */
    public int refoldUnder(UnitOfWork work, Learner learner, long atMicros, boolean reschedule) throws SQLException {
        Connection connection = work.connection();
        CardFold fold = foldOf(connection, learner);
        Map<CardKey, Card> before = new HashMap<>();
        Map<CardKey, Card> after = new HashMap<>();
        List<CardKey> newer = new ArrayList<>();
        for (Card card : cards.ofLearner(connection, learner.id())) {
            if (card.state().foldedAtMicros() >= atMicros) {
                newer.add(card.key());
                before.put(card.key(), card);
            } else if (reschedule) {
                before.put(card.key(), card);
                CardFold.Subject subject = new CardFold.Subject(card.key().item(), card.skills());
                after.put(
                        card.key(),
                        new Card(card.key(), fold.replayFrom(card.state(), subject, List.of()), card.skills()));
            }
        }
        if (!newer.isEmpty()) {
            after.putAll(replay(connection, newer, Map.of(learner.id(), fold)));
        }
        int changed = 0;
        for (Map.Entry<CardKey, Card> card : after.entrySet()) {
            if (!Objects.requireNonNull(before.get(card.getKey()))
                    .state()
                    .equals(card.getValue().state())) {
                announcer.announce(work, card.getValue(), learner.sub(), fold.modelsNow(), null, null, clock.instant());
                changed++;
            }
        }
        store(connection, after.values(), before);
        return changed;
    }

    /** Folds of those learners that ever changed their settings; the others share the default. */
    private Map<Long, CardFold> foldsOf(Connection connection, List<PendingEntry> added, Map<Long, String> subs)
            throws SQLException {
        Set<Long> changed = new HashSet<>();
        for (PendingEntry entry : added) {
            if (entry.learner().hasTimeline()) {
                changed.add(entry.learner().id());
            }
        }
        return foldsOf(connection, changed, subs);
    }

    /**
     * Folds a learner's cards again from the log, for whoever wants to compare.
     *
     * @return number of entries in the learner's log, of all kinds
     */
    public long replayAll(Connection connection, Learner learner, Consumer<Card> visitor) throws SQLException {
        CardFold fold = foldOf(connection, learner);
        Replay replay = new Replay(_ -> fold, visitor::accept);
        entries.visitFoldable(connection, learner.id(), replay);
        replay.finish();
        return entries.count(connection, learner.id());
    }

    /** The fold under a learner's settings. */
    public CardFold foldOf(Connection connection, Learner learner) throws SQLException {
        return foldsOf(connection, Set.of(learner.id()), Map.of(learner.id(), learner.sub()))
                .getOrDefault(learner.id(), DEFAULT_FOLD);
    }

    /** Folds under the settings timelines of learners. */
    private Map<Long, CardFold> foldsOf(Connection connection, Set<Long> learnerIds, Map<Long, String> subs)
            throws SQLException {
        Map<Long, CardFold> folds = new HashMap<>();
        entries.timelinesOf(connection, learnerIds, subs)
                .forEach((learnerId, timeline) -> folds.put(learnerId, new CardFold(timeline(timeline))));
        return folds;
    }

    static List<Entry.Timeline> timeline(List<StoredEntry> stored) {
        Set<String> undone = new HashSet<>();
        for (StoredEntry each : stored) {
            if (each.entry().kind() == EntryKind.SETTINGS_UNDO) {
                undone.add(Objects.requireNonNull(each.entry().ref()));
            }
        }
        List<Entry.Timeline> timeline = new ArrayList<>(stored.size());
        for (StoredEntry each : stored) {
            String detail = Objects.requireNonNullElse(each.entry().detail(), "");
            switch (each.entry().kind()) {
                case SETTINGS -> {
                    SettingsDetail settings = SettingsDetail.parse(detail);
                    timeline.add(new Entry.SettingsChanged(
                            each.key(),
                            settings.settings(),
                            settings.reschedule()
                                    && !undone.contains(each.entry().eventId())));
                }
                case WEIGHTS ->
                    timeline.add(new Entry.WeightsChanged(
                            each.key(), WeightsDetail.parse(detail).models()));
                default -> {
                    // an undo has had its say
                }
            }
        }
        return timeline;
    }

    /**
     * Folds all cards of a locked learner again, after new weights or when a move of due dates was taken back.
     *
     * @return number of cards whose due date changed; these are announced
     */
    public int refoldAll(UnitOfWork work, Learner learner) throws SQLException {
        Connection connection = work.connection();
        Map<CardKey, Card> before = new HashMap<>();
        for (Card card : cards.ofLearner(connection, learner.id())) {
            before.put(card.key(), card);
        }
        List<Card> after = new ArrayList<>(before.size());
        CardFold fold = foldOf(connection, learner);
        Replay replay = new Replay(_ -> fold, after::add);
        entries.visitFoldable(connection, learner.id(), replay);
        replay.finish();
        int moved = 0;
        for (Card card : after) {
            Card old = before.get(card.key());
            if (old == null || old.state().dueAtMicros() != card.state().dueAtMicros()) {
                announcer.announce(work, card, learner.sub(), fold.modelsNow(), null, null, clock.instant());
                moved++;
            }
        }
        store(connection, after, before);
        return moved;
    }

    /** Whether a settings entry of this event id is in a learner's log. */
    public boolean hasSettings(Connection connection, Learner learner, String eventId) throws SQLException {
        return entries
                .timelinesOf(connection, Set.of(learner.id()), Map.of(learner.id(), learner.sub()))
                .getOrDefault(learner.id(), List.of())
                .stream()
                .anyMatch(stored -> stored.entry().kind() == EntryKind.SETTINGS
                        && stored.entry().eventId().equals(eventId));
    }

    /** Stores states: new cards by COPY, others by one UPDATE. */
    public void store(Connection connection, Collection<Card> states, Map<CardKey, Card> existing) throws SQLException {
        List<Card> news = new ArrayList<>();
        List<Card> changed = new ArrayList<>();
        List<Card> otherSkills = new ArrayList<>();
        for (Card card : states) {
            Card before = existing.get(card.key());
            if (before == null) {
                news.add(card);
                continue;
            }
            if (!before.state().equals(card.state())) {
                changed.add(card);
            }
            if (!before.skills().equals(card.skills())) {
                otherSkills.add(card);
            }
        }
        cards.insert(connection, COPY.get(), news);
        cards.update(connection, changed);
        cards.updateSkills(connection, otherSkills);
    }

    /** Completes the results with the cards as they are now. */
    private void addStates(
            Connection connection, List<PendingEntry> pending, Map<CardKey, Card> folded, @Nullable Recorded[] results)
            throws SQLException {
        Set<CardKey> unread = new HashSet<>();
        for (PendingEntry entry : pending) {
            Recorded result = results[entry.index()];
            if (result == null) {
                results[entry.index()] = new Recorded.Added(
                        entry.learner(), entry.entry().kind().concernsCard() ? folded.get(entry.card()) : null);
            } else if (pending.size() <= LOOKED_UP_ALWAYS
                    && result instanceof Recorded.Repeated
                    && entry.entry().kind().concernsCard()) {
                unread.add(entry.card());
            }
        }
        if (unread.isEmpty()) {
            return;
        }
        Map<CardKey, Card> read = cards.find(connection, unread);
        for (PendingEntry entry : pending) {
            if (results[entry.index()] instanceof Recorded.Repeated
                    && entry.entry().kind().concernsCard()) {
                results[entry.index()] = new Recorded.Repeated(entry.learner(), read.get(entry.card()));
            }
        }
    }
}
