package dev.devmentor.bench.flow;

/** Plain Elo with a step that falls with the count: K = 1 / (1 + .05 n), as in learning.md. */
final class EloPolicy implements Policy {

    private static final double WANTED = Math.log(3); // logit of .75

    private double ability;
    private int answers;

    @Override
    public Pool.Item choose(Pool pool) {
        return Policy.nearest(pool, ability - WANTED);
    }

    @Override
    public void answered(Pool.Item item, boolean right) {
        double p = 1 / (1 + Math.exp(item.rated() - ability));
        ability += ((right ? 1 : 0) - p) / (1 + 0.05 * answers);
        answers++;
    }
}
