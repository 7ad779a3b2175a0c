package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.card.Entry.Undo;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds the logs of one learner's cards under that learner's settings. The result depends on what is in the log, never
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
 *       #changes} says so.
 * </ul>
 *
 * <p>The caller sees to it that an answer id stands for one answer. Instances are immutable and safe for any number of
 * threads.
 */
public final class CardFold {

    private static final Comparator<Entry> BY_KEY = Comparator.comparing(Entry::key);

    private static final Rules DEFAULT_RULES = new Rules(LearnerSettings.DEFAULT);

    private final SettingsChanged[] timeline; // in fold order
    private final Rules[] rules; // rules[i] hold before timeline[i], the last ones after all

    /**
     * @param timelineInAnyOrder every change of settings of the learner; an equal repeat counts once
     * @throws IllegalArgumentException if two different changes have the same key
     */
    public CardFold(List<SettingsChanged> timelineInAnyOrder) {
        timeline = sorted(timelineInAnyOrder, new SettingsChanged[0]);
        rules = new Rules[timeline.length + 1];
        rules[0] = DEFAULT_RULES;
        for (int i = 0; i < timeline.length; i++) {
            rules[i + 1] = new Rules(timeline[i].settings());
        }
    }

    /**
     * The state after a whole log.
     *
     * @param cardEntriesInAnyOrder every entry of one card, without changes of settings; an equal repeat counts once
     * @throws IllegalArgumentException if a change of settings is among them, or two different entries have one key
     */
    public CardState replay(Collection<? extends Entry> cardEntriesInAnyOrder) {
        return replayFrom(CardState.NEW, cardEntriesInAnyOrder);
    }

    /**
     * The state after more of a log.
     *
     * @param checkpoint a state folded from this card's log under the same timeline (as far as that lies before its
     *     position)
     * @param laterEntries every entry of the card after the checkpoint's position, in any order; none of them takes
     *     back an answer that is in the checkpoint
     * @throws IllegalArgumentException as {@link #replay}; or if an entry is not after the checkpoint; or if an answer
     *     comes after a checkpoint with open undos, which may mean that very answer
     */
    public CardState replayFrom(CardState checkpoint, Collection<? extends Entry> laterEntries) {
        Entry[] entries = sorted(laterEntries, new Entry[0]);
        if (entries.length > 0 && !checkpoint.isBefore(entries[0].key())) {
            throw new IllegalArgumentException("not after the checkpoint: " + entries[0].key());
        }
        Set<String> undone = undoneAnswers(entries);
        int openUndos = checkpoint.openUndos();
        if (!undone.isEmpty()) {
            openUndos += countOpen(entries, undone);
        }
        FoldingCard card = new FoldingCard(checkpoint);
        card.openUndos = openUndos;
        int next = settingsAppliedAt(checkpoint);
        for (Entry entry : entries) {
            next = applySettings(card, next, entry.key());
            if (!(entry instanceof Answer answer)) {
                card.fold(entry);
            } else if (checkpoint.openUndos() > 0) {
                throw new IllegalArgumentException("a checkpoint with open undos, and an answer after it");
            } else if (!undone.isEmpty() && undone.contains(answer.answerId())) {
                card.moveTo(answer.key());
            } else {
                card.fold(answer, rules[next]);
            }
        }
        applySettings(card, next, null);
        return card.toState();
    }

    /**
     * Whether {@link #append} of an entry gives what a replay would: it comes after everything folded, and is neither
     * an undo, nor an answer that an earlier undo may mean.
     */
    public boolean canAppend(CardState state, Entry next) {
        return switch (next) {
            case Undo ignored -> false;
            case SettingsChanged ignored -> false;
            case Answer ignored -> state.openUndos() == 0 && state.isBefore(next.key());
            default -> state.isBefore(next.key());
        };
    }

    /**
     * The state after one more entry. Changes of settings in between, and after it, take effect as in a replay.
     *
     * @throws IllegalArgumentException if {@link #canAppend} says no
     */
    public CardState append(CardState state, Entry next) {
        if (!canAppend(state, next)) {
            throw new IllegalArgumentException("cannot be appended, replay the card: " + next.key());
        }
        FoldingCard card = new FoldingCard(state);
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
            SettingsChanged change = timeline[i];
            i++;
            if (change.reschedule()) {
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

    /** Settings, and what follows from them once for all answers. */
    record Rules(LearnerSettings settings, double intervalPerStability) {
        Rules(LearnerSettings settings) {
            this(settings, Fsrs6.DEFAULT.intervalPerStability(settings.desiredRetention()));
        }
    }
}
