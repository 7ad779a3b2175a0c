package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.Reschedule;
import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.card.Entry.Timeline;
import dev.devmentor.learning.engine.card.Entry.Undo;
import dev.devmentor.learning.engine.card.Entry.Unplan;
import dev.devmentor.learning.engine.card.Entry.WeightsChanged;
import dev.devmentor.learning.engine.schedule.Models;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds the logs of one learner's cards under that learner's settings and weights. The result depends on what is in the log, never
 * on the order in which it came: {@link #replay} of any permutation, {@link #replayFrom} of any split, and {@link
 * #append} one by one give the same bits.
 *
 * <p>Who keeps states in a store does this with an entry that comes in:
 *
 * <ul>
 *   <li>{@link #canAppend} → {@link #append};
 *   <li>otherwise {@link #replay} of the whole log, or {@link #replayFrom} a checkpoint: a state folded earlier, whose
 *       position lies before the new entry and, for an undo, before the answer it takes back;
 *   <li>for a change of settings: make a fold with the longer timeline, and replay the cards for which {@link
 *       #changes} says so;
 *   <li>for new weights: replay every card.
 * </ul>
 *
 * <p>The caller sees to it that an answer id stands for one answer, and that a plan moves a card at most once. Instances are immutable and safe for any number of
 * threads.
 */
public final class CardFold {

    private static final Comparator<Entry> BY_KEY = Comparator.comparing(Entry::key);

    private static final Rules DEFAULT_RULES = new Rules(LearnerSettings.DEFAULT, Models.DEFAULT);

    private final Timeline[] timeline; // in fold order
    private final Rules[] rules; // rules[i] hold before timeline[i], the last ones after all
    private final @Nullable EntryKey newestWeights;

    /**
     * What a card is to the log.
     *
     * @param item its name, which seeds its fuzz
     * @param skills those of the newest answer that named any, as far as the state at hand reaches
     */
    public record Subject(String item, List<String> skills) {
        /** Without a name, for logs whose settings ask for none. */
        public static final Subject NAMELESS = new Subject("", List.of());
    }

    /**
     * @param timelineInAnyOrder every change of settings and weights of the learner; an equal repeat counts once
     * @throws IllegalArgumentException if two different changes have the same key
     */
    public CardFold(Collection<? extends Timeline> timelineInAnyOrder) {
        timeline = sorted(timelineInAnyOrder, new Timeline[0]);
        rules = new Rules[timeline.length + 1];
        rules[0] = DEFAULT_RULES;
        EntryKey weights = null;
        for (int i = 0; i < timeline.length; i++) {
            rules[i + 1] = switch (timeline[i]) {
                case SettingsChanged change -> new Rules(change.settings(), rules[i].models());
                case WeightsChanged change -> new Rules(rules[i].settings(), change.models());
            };
            weights = timeline[i] instanceof WeightsChanged ? timeline[i].key() : weights;
        }
        newestWeights = weights;
    }

    /**
     * The state after a whole log.
     *
     * @param cardEntriesInAnyOrder every entry of one card, without changes of settings; an equal repeat counts once
     * @throws IllegalArgumentException if a change of settings is among them, or two different entries have one key
     */
    public CardState replay(Collection<? extends Entry> cardEntriesInAnyOrder) {
        return replay(Subject.NAMELESS, cardEntriesInAnyOrder);
    }

    /**
     * The state of a card with a name; see {@link #replay(Collection)}.
     *
     * @param subject skills are those that the entries name
     */
    public CardState replay(Subject subject, Collection<? extends Entry> cardEntriesInAnyOrder) {
        return replayFrom(CardState.NEW, new Subject(subject.item(), List.of()), cardEntriesInAnyOrder);
    }

    /**
     * The state after more of a log.
     *
     * @param checkpoint a state folded from this card's log under the same timeline (as far as that lies before its
     *     position)
     * @param laterEntries every entry of the card after the checkpoint's position, in any order; none of them takes
     *     back an answer that is in the checkpoint
     * @throws IllegalArgumentException as {@link #replay}; or if an entry is not after the checkpoint; or if an answer or
     *     a reschedule comes after a checkpoint with open undos, which may mean that very one; or if the newest weights lie
     *     between the checkpoint and an answer that comes before them
     */
    public CardState replayFrom(CardState checkpoint, Collection<? extends Entry> laterEntries) {
        return replayFrom(checkpoint, Subject.NAMELESS, laterEntries);
    }

    /** The state of a card with a name after more of its log; see {@link #replayFrom(CardState, Collection)}. */
    public CardState replayFrom(CardState checkpoint, Subject subject, Collection<? extends Entry> laterEntries) {
        Entry[] entries = sorted(laterEntries, new Entry[0]);
        if (entries.length > 0 && !checkpoint.isBefore(entries[0].key())) {
            throw new IllegalArgumentException("not after the checkpoint: " + entries[0].key());
        }
        Set<String> undone = undoneAnswers(entries);
        Set<String> unplanned = undonePlans(entries);
        FoldingCard card = new FoldingCard(checkpoint, modelsNow(), subject);
        card.openUndos = checkpoint.openUndos()
                + (undone.isEmpty() ? 0 : countOpen(entries, undone))
                + (unplanned.isEmpty() ? 0 : countOpenPlans(entries, unplanned));
        if (newestWeights != null) {
            card.remember(olderModels(entries, undone));
        }
        int next = settingsAppliedAt(checkpoint);
        for (Entry entry : entries) {
            next = applySettings(card, next, entry.key());
            switch (entry) {
                case Answer _, Reschedule _
                when checkpoint.openUndos() > 0 ->
                    throw new IllegalArgumentException("a checkpoint with open undos, and what they may mean after it");
                case Answer answer
                when undone.contains(answer.answerId()) -> {
                    card.name(answer);
                    card.moveTo(answer.key());
                }
                case Answer answer -> {
                    requireFollowed(checkpoint, rules[next]);
                    card.fold(answer, rules[next]);
                }
                case Reschedule moved when unplanned.contains(moved.plan()) -> card.moveTo(moved.key());
                default -> card.fold(entry);
            }
        }
        applySettings(card, next, null);
        return card.toState();
    }

    /** From a checkpoint on, only the newest weights can be followed: of older ones it has no memory. */
    private void requireFollowed(CardState checkpoint, Rules decide) {
        if (decide.models() != modelsNow() && checkpoint.isReviewed()) {
            throw new IllegalArgumentException("a checkpoint from before the newest weights");
        }
    }

    /** Weights other than the newest that were in force at the last answer that counts, or later. */
    private List<Models> olderModels(Entry[] entries, Set<String> undone) {
        EntryKey last = null;
        for (Entry entry : entries) {
            if (entry instanceof Answer answer && !undone.contains(answer.answerId())) {
                last = entry.key();
            }
        }
        List<Models> older = new ArrayList<>();
        if (last != null) {
            int i = 0;
            while (i < timeline.length && timeline[i].key().compareTo(last) < 0) {
                i++;
            }
            for (; i < rules.length; i++) {
                Models models = rules[i].models();
                if (models != modelsNow() && !older.contains(models)) {
                    older.add(models);
                }
            }
        }
        return older;
    }

    /**
     * Whether {@link #append} of an entry gives what a replay would: it comes after everything folded, and is neither
     * an undo, nor what an earlier undo may mean, nor from before the newest weights.
     */
    public boolean canAppend(CardState state, Entry next) {
        if (state.isReviewed() && state.fsrs7() == null) {
            return false; // it was stored by a build that did not know FSRS-7
        }
        if (newestWeights != null && newestWeights.compareTo(next.key()) > 0) {
            return false; // a due date may follow from older weights, of which the state has no memory
        }
        return switch (next) {
            case Undo _, Unplan _, Timeline _ -> false;
            case Answer _, Reschedule _ -> state.openUndos() == 0 && state.isBefore(next.key());
            default -> state.isBefore(next.key());
        };
    }

    /**
     * The state after one more entry. Changes of settings in between, and after it, take effect as in a replay.
     *
     * @throws IllegalArgumentException if {@link #canAppend} says no
     */
    public CardState append(CardState state, Entry next) {
        return append(state, Subject.NAMELESS, next);
    }

    /** The state of a card with a name after one more entry; see {@link #append(CardState, Entry)}. */
    public CardState append(CardState state, Subject subject, Entry next) {
        if (!canAppend(state, next)) {
            throw new IllegalArgumentException("cannot be appended, replay the card: " + next.key());
        }
        FoldingCard card = new FoldingCard(state, modelsNow(), subject);
        if (timeline.length == 0) {
            foldOne(card, next, 0);
        } else {
            int at = applySettings(card, settingsAppliedAt(state), next.key());
            foldOne(card, next, at);
            applySettings(card, at, null);
        }
        return card.toState();
    }

    /**
     * What the scheduler wants to wait after one more answer, for whoever chooses a day by its load.
     *
     * @return days, neither rounded, varied nor limited; 0 after Again
     * @throws IllegalArgumentException if {@link #canAppend} says no
     */
    public double intervalAfter(CardState state, Subject subject, Answer next) {
        if (!canAppend(state, next)) {
            throw new IllegalArgumentException("cannot be appended, replay the card: " + next.key());
        }
        FoldingCard card = new FoldingCard(state, modelsNow(), subject);
        int at = applySettings(card, settingsAppliedAt(state), next.key());
        card.fold(next, rules[at]);
        return card.wantedDays(rules[at]);
    }

    /**
     * Whether a change of settings that has just become known makes the stored state of a card out of date: it lies
     * before something that was folded, or it gives the card a new due date.
     */
    public static boolean changes(CardState state, SettingsChanged change) {
        if (!state.isBefore(change.key())) {
            return true;
        }
        return change.reschedule() && FoldingCard.waits(state.phase(), state.suspended());
    }

    /** The settings in force at a time, with every change of that very microsecond. */
    public LearnerSettings settingsAt(long atMicros) {
        int i = 0;
        while (i < timeline.length && timeline[i].key().atMicros() <= atMicros) {
            i++;
        }
        return rules[i].settings();
    }

    /** The settings after every change known. */
    public LearnerSettings settingsNow() {
        return rules[timeline.length].settings();
    }

    /** The models with the newest weights. */
    public Models modelsNow() {
        return rules[timeline.length].models();
    }

    /** What a card's last answer would give under the settings and weights of now, in days; 0 after Again or without one. */
    public int daysNow(CardState state, Subject subject) {
        return state.isReviewed() ? FoldingCard.daysUnder(state, rules[timeline.length], subject) : 0;
    }

    private void foldOne(FoldingCard card, Entry entry, int at) {
        if (entry instanceof Answer answer) {
            card.fold(answer, rules[at]);
        } else {
            card.fold(entry);
        }
    }

    /** Lets the changes from index {@code next} on that lie before the key (all, if null) take effect. */
    private int applySettings(FoldingCard card, int next, @Nullable EntryKey before) {
        int i = next;
        while (i < timeline.length && (before == null || timeline[i].key().compareTo(before) < 0)) {
            Timeline entry = timeline[i];
            i++;
            if (entry instanceof SettingsChanged change && change.reschedule()) {
                card.rescheduleUnder(rules[i], change.key());
            }
        }
        return i;
    }

    /** Index of the first change after the state's position. */
    private int settingsAppliedAt(CardState state) {
        int i = 0;
        while (i < timeline.length && !state.isBefore(timeline[i].key())) {
            i++;
        }
        return i;
    }

    private static Set<String> undoneAnswers(Entry[] entries) {
        Set<String> undone = Set.of();
        for (Entry entry : entries) {
            if (entry instanceof Undo undo) {
                if (undone.isEmpty()) {
                    undone = new HashSet<>();
                }
                undone.add(undo.answerId());
            }
        }
        return undone;
    }

    private static int countOpen(Entry[] entries, Set<String> undone) {
        Set<String> open = new HashSet<>(undone);
        for (Entry entry : entries) {
            if (entry instanceof Answer answer) {
                open.remove(answer.answerId());
            }
        }
        return open.size();
    }

    private static Set<String> undonePlans(Entry[] entries) {
        Set<String> undone = Set.of();
        for (Entry entry : entries) {
            if (entry instanceof Unplan unplan) {
                if (undone.isEmpty()) {
                    undone = new HashSet<>();
                }
                undone.add(unplan.plan());
            }
        }
        return undone;
    }

    private static int countOpenPlans(Entry[] entries, Set<String> undone) {
        Set<String> open = new HashSet<>(undone);
        for (Entry entry : entries) {
            if (entry instanceof Reschedule moved) {
                open.remove(moved.plan());
            }
        }
        return open.size();
    }

    /** In the order of keys, without equal repeats. */
    private static <E extends Entry> E[] sorted(Collection<? extends E> entries, E[] empty) {
        E[] sorted = entries.toArray(empty);
        Arrays.sort(sorted, BY_KEY);
        int kept = 0;
        for (E entry : sorted) {
            if (kept > 0 && sorted[kept - 1].key().equals(entry.key())) {
                if (!sorted[kept - 1].equals(entry)) {
                    throw new IllegalArgumentException("two different entries have one key: " + entry.key());
                }
            } else {
                sorted[kept++] = entry;
            }
        }
        return kept == sorted.length ? sorted : Arrays.copyOf(sorted, kept);
    }

    /** Settings and weights, and what follows from them once for all answers. */
    record Rules(LearnerSettings settings, Models models, double intervalPerStability) {
        Rules(LearnerSettings settings, Models models) {
            this(settings, models, models.fsrs6().intervalPerStability(settings.desiredRetention()));
        }
    }
}
