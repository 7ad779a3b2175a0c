package dev.devmentor.pbml.engine.sequence;

/**
 * What an engine is asked again and again. It is fixed for an engine, because weights that are right for one question are
 * wrong for another.
 *
 * @param horizon a symbol counts as right if it is among so many that come next, at least 1
 * @param window how many symbols before it a prediction looks at, at least 1
 * @param last whether the question is how a sequence ends (its last {@code horizon} symbols) instead of how it goes on
 */
public record SequenceQuestion(int horizon, int window, boolean last) {

    /** What comes next while a sequence runs. */
    public static final SequenceQuestion NEXT = new SequenceQuestion(1, 5, false);

    private static final int LARGEST = 16;

    public SequenceQuestion {
        if (horizon < 1 || horizon > LARGEST || window < 1 || window > LARGEST) {
            throw new IllegalArgumentException("horizon " + horizon + ", window " + window + ": from 1 to " + LARGEST);
        }
    }
}
