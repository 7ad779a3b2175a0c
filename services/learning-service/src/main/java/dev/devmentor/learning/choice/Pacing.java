package dev.devmentor.learning.choice;

import dev.devmentor.learning.engine.hint.Rhythm;
import dev.devmentor.learning.engine.load.CognitiveLoad;

/**
 * How the load of the session under way shapes what is asked next: who is tired gets fewer hard questions, and easier ones.
 * The load is the one that {@code GET load} shows, so that everybody can see why.
 *
 * @param targetSuccess wanted probability of a right answer
 * @param hardShare largest share of hard questions in the mix, 0 to {@link CognitiveLoad#MOST_HARD}
 * @param newShare largest share of questions that were never met, as long as there are others, 0 to 1
 */
public record Pacing(double targetSuccess, double hardShare, double newShare) {
    /** Nobody is asked for more than this because of the load. */
    private static final double EASIEST = 0.95;

    /** The exhausted get questions that are easier by so much than they wanted. */
    private static final double EASIER = 0.1;

    /**
     * The pacing of a session.
     *
     * @param wanted probability of a right answer for somebody fresh
     */
    public static Pacing of(double wanted, CognitiveLoad.Estimate load) {
        double tired = 1 - load.hardShare() / CognitiveLoad.MOST_HARD;
        return new Pacing(Math.max(wanted, Math.min(EASIEST, wanted + EASIER * tired)), load.hardShare(), 1);
    }

    /** The same outside the hours at which a person learns well: easier, with less that is new. */
    public Pacing outsideGoodHours() {
        return new Pacing(Rhythm.easier(targetSuccess), hardShare, Rhythm.NEW_SHARE);
    }
}
