package dev.devmentor.bench.flow;

import dev.devmentor.learning.engine.choice.OptimalChallenge.Missing;
import java.util.Optional;

/** Asks one learner. Sees ratings of items and answers, never the simulator's truth. */
interface Policy {

    /** The next item, not yet asked. */
    Pool.Item choose(Pool pool);

    /** What the learner made of it. */
    void answered(Pool.Item item, boolean right);

    /** What the pool lacked for the last choice. */
    default Optional<Missing> missing() {
        return Optional.empty();
    }

    /** Of two neighbours, the one nearer to a difficulty. */
    static Pool.Item nearest(Pool pool, double difficulty) {
        Pool.Item best = null;
        for (Pool.Item item : pool.nearest(difficulty)) {
            if (best == null || Math.abs(item.rated() - difficulty) < Math.abs(best.rated() - difficulty)) {
                best = item;
            }
        }
        if (best == null) {
            throw new IllegalStateException("every item was asked");
        }
        return best;
    }
}
