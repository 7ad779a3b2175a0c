package dev.devmentor.learning.engine.schedule;

/**
 * The models with one learner's weights. SM-2 has none.
 *
 * @param version 0 for the default weights, then rising with every fit of the learner
 */
public record Models(int version, Fsrs6 fsrs6, Fsrs7 fsrs7) {

    /** The default weights of both. */
    public static final Models DEFAULT = new Models(0, Fsrs6.DEFAULT, Fsrs7.DEFAULT);

    /** Weights of one's own. */
    public static Models of(int version, Fsrs6Weights fsrs6, Fsrs7Weights fsrs7) {
        return new Models(
                version,
                fsrs6.equals(Fsrs6Weights.DEFAULT) ? Fsrs6.DEFAULT : new Fsrs6(fsrs6),
                fsrs7.equals(Fsrs7Weights.DEFAULT) ? Fsrs7.DEFAULT : new Fsrs7(fsrs7));
    }
}
