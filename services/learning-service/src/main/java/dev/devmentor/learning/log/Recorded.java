package dev.devmentor.learning.log;

import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.learner.Learner;
import org.jspecify.annotations.Nullable;

/** What became of an entry that was handed to the review log. */
public sealed interface Recorded {
    /**
     * It is in the log now.
     *
     * @param card the card after everything of the same call; null for kinds that concern no card
     */
    record Added(Learner learner, @Nullable Card card) implements Recorded {}

    /** It was in the log before; nothing changed. */
    record Repeated(Learner learner, @Nullable Card card) implements Recorded {}

    /**
     * Another entry has its identity; nothing changed.
     *
     * @param what which identity: {@code event} or {@code answer}
     */
    record Contradicting(String what) implements Recorded {}

    /** Its learner was erased; nothing changed. */
    record OfErased() implements Recorded {}
}
