package dev.devmentor.learning.log;

import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.Entry;
import dev.devmentor.learning.engine.card.EntryKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folds a card from its whole log. */
public final class Replay {
    private Replay() {}

    /**
     * The card that a log adds up to.
     *
     * @param log every entry of the card, in any order
     */
    public static Card of(CardFold fold, CardKey key, List<StoredEntry> log) {
        List<Entry> folded = new ArrayList<>(log.size());
        List<String> skills = List.of();
        @Nullable EntryKey skillsFrom = null;
        for (StoredEntry stored : log) {
            folded.add(stored.toEngine());
            if (!stored.entry().skills().isEmpty()
                    && (skillsFrom == null || stored.key().compareTo(skillsFrom) > 0)) {
                skillsFrom = stored.key();
                skills = stored.entry().skills();
            }
        }
        return new Card(key, fold.replay(folded), List.copyOf(skills));
    }
}
