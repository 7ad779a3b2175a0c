package dev.devmentor.learning.engine.person;

import dev.devmentor.learning.engine.card.EntryKey;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds a whole log that comes in its order, without holding more of it than one entry. One use, one thread; see {@link
 * PersonFold#inOrder}.
 */
public final class OrderedReplay {
    private final FoldingPerson person;
    private final Set<String> undos = new HashSet<>();
    private final Set<String> left = new HashSet<>();
    private @Nullable EntryKey last;
    private long entries;

    OrderedReplay(SharedDifficulties shared) {
        person = new FoldingPerson(PersonState.NEW, shared);
    }

    /**
     * Folds the next entry.
     *
     * @param undone whether it is an answer that an undo takes back, wherever in the log that stands
     * @throws IllegalArgumentException if it does not come after the last one
     */
    public void add(PersonEntry entry, boolean undone) {
        if (last != null && entry.key().compareTo(last) <= 0) {
            throw new IllegalArgumentException("not after the last entry: " + entry.key());
        }
        last = entry.key();
        entries++;
        if (undone && entry instanceof PersonEntry.Answer answer) {
            left.add(answer.answered().answerId());
        } else {
            if (entry instanceof PersonEntry.Undo undo) {
                undos.add(undo.answerId());
            }
            person.fold(entry);
        }
    }

    /** Number of entries so far. */
    public long entries() {
        return entries;
    }

    /** The state after all of them. */
    public PersonState finish() {
        if (last == null) {
            return PersonState.NEW;
        }
        undos.removeAll(left);
        person.openUndos.addAll(undos);
        return person.toState(last);
    }
}
