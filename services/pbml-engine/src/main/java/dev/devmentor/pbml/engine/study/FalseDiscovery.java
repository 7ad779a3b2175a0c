package dev.devmentor.pbml.engine.study;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which of many findings to believe: Benjamini and Hochberg 1995, "Controlling the false discovery rate". */
final class FalseDiscovery {

    /**
     * Share of findings of one kind that may be chance. For somebody without patterns the chances of a finding add up over
     * the families that are tested (mistakes of items and of skills, confusions, hours, length); they stay below 5 % together
     * as the bounds on p lie several times above p, which the simulations of people without patterns measure.
     */
    static final double LEVEL = 0.03;

    private FalseDiscovery() {}

    /**
     * The q-value of each finding: the smallest level at which it is still among those believed.
     *
     * @param p probabilities under chance
     * @param tests made in all, those included whose p is not given as it is no finding anyway
     * @param share of the level that this family of tests has: weighted testing (Genovese, Roeder and Wasserman 2006)
     */
    static double[] qValues(double[] p, int tests, double share) {
        Integer[] order = IntStream.range(0, p.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
        double[] q = new double[p.length];
        double least = 1;
        for (int rank = p.length; rank > 0; rank--) {
            int at = order[rank - 1];
            least = Math.min(least, p[at] * tests / (rank * share));
            q[at] = least;
        }
        return q;
    }
}
