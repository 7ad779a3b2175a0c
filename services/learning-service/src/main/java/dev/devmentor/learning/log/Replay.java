package dev.devmentor.learning.log;

import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds cards from their whole logs, one after the other as the entries come in the order of cards, so that never more
 * than one card's log is in memory.
 */
final class Replay implements EntryTable.FoldableVisitor {
    /** Takes each card when its log is complete. */
    @FunctionalInterface
    interface Cards {
        void take(Card card);
    }

    /** The fold of a learner. */
    @FunctionalInterface
    interface Folds {
        CardFold of(long learnerId);
    }

    private final Folds folds;
    private final Cards cards;
    private @Nullable CardKey current;
    private List<Entry> entries = new ArrayList<>();
    private List<String> skills = List.of();
    private @Nullable Entry skillsFrom;

    Replay(Folds folds, Cards cards) {
        this.folds = folds;
        this.cards = cards;
    }

    @Override
    public void visit(long learnerId, String item, Entry entry, List<String> entrySkills) {
        CardKey card = current;
        if (card == null || card.learnerId() != learnerId || !card.item().equals(item)) {
            finish();
            current = new CardKey(learnerId, item);
        }
        entries.add(entry);
        if (!entrySkills.isEmpty() && (skillsFrom == null || entry.key().compareTo(skillsFrom.key()) > 0)) {
            skillsFrom = entry;
            skills = entrySkills;
        }
    }

    /** Ends the card in hand; to be called once more after the last entry. */
    void finish() {
        CardKey card = current;
        if (card == null) {
            return;
        }
        CardFold fold = folds.of(card.learnerId());
        cards.take(new Card(
                card, fold.replay(new CardFold.Subject(card.item(), List.of()), entries), List.copyOf(skills)));
        current = null;
        entries = new ArrayList<>();
        skills = List.of();
        skillsFrom = null;
    }
}
