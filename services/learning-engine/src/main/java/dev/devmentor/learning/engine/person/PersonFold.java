package dev.devmentor.learning.engine.person;

import dev.devmentor.learning.engine.person.PersonEntry.Answer;
import dev.devmentor.learning.engine.person.PersonEntry.Undo;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Folds a person's whole log. The result depends on what is in the log and on the shared difficulties, never on the order
 * in which entries came: {@link #replay} of any permutation and {@link #append} in any portions give the same bits.
 *
 * <p>Who keeps states asks {@link #canAppend} and otherwise replays. Instances are immutable and safe for any number of
 * threads as far as the shared difficulties are.
 */
public final class PersonFold {
    private static final Comparator<PersonEntry> BY_KEY = Comparator.comparing(PersonEntry::key);

    private final SharedDifficulties shared;

    /** A fold with the given difficulties of what people share. */
    public PersonFold(SharedDifficulties shared) {
        this.shared = shared;
    }

    /**
     * Whether {@link #append} of these entries gives what a replay would: all of them come after everything folded, none
     * takes back an answer, and none is an answer that was taken back before it came.
     */
    public static boolean canAppend(PersonState state, Collection<? extends PersonEntry> entries) {
        for (PersonEntry entry : entries) {
            if (entry instanceof Undo
                    || (state.folded() != null && entry.key().compareTo(state.folded()) <= 0)
                    || (entry instanceof Answer answer
                            && state.openUndos().contains(answer.answered().answerId()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The state after more entries.
     *
     * @param entriesInAnyOrder without repeats
     * @throws IllegalArgumentException if {@link #canAppend} says no
     */
    public PersonState append(PersonState state, Collection<? extends PersonEntry> entriesInAnyOrder) {
        if (!canAppend(state, entriesInAnyOrder)) {
            throw new IllegalArgumentException("cannot be appended, replay the person");
        }
        PersonEntry[] entries = sorted(entriesInAnyOrder);
        if (entries.length == 0) {
            return state;
        }
        FoldingPerson person = new FoldingPerson(state, shared);
        for (PersonEntry entry : entries) {
            person.fold(entry);
        }
        return person.toState(entries[entries.length - 1].key());
    }

    /** The state after one more entry; see {@link #append(PersonState, Collection)}. */
    public PersonState append(PersonState state, PersonEntry entry) {
        return append(state, List.of(entry));
    }

    /**
     * The state after a whole log.
     *
     * @param entriesInAnyOrder every entry of one person; an equal repeat counts once
     * @throws IllegalArgumentException if two different entries have one key
     */
    public PersonState replay(Collection<? extends PersonEntry> entriesInAnyOrder) {
        PersonEntry[] entries = sorted(entriesInAnyOrder);
        Set<String> undone = new HashSet<>();
        for (PersonEntry entry : entries) {
            if (entry instanceof Undo undo) {
                undone.add(undo.answerId());
            }
        }
        OrderedReplay replay = inOrder();
        for (PersonEntry entry : entries) {
            replay.add(
                    entry,
                    entry instanceof Answer answer
                            && undone.contains(answer.answered().answerId()));
        }
        return replay.finish();
    }

    /** A replay of a log that comes in its order, entry by entry, however long it is. */
    public OrderedReplay inOrder() {
        return new OrderedReplay(shared);
    }

    /** In the order of keys, without equal repeats. */
    private static PersonEntry[] sorted(Collection<? extends PersonEntry> entries) {
        PersonEntry[] sorted = entries.toArray(new PersonEntry[0]);
        Arrays.sort(sorted, BY_KEY);
        int kept = 0;
        for (PersonEntry entry : sorted) {
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
}
