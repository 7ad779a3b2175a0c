package dev.devmentor.learning.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void oneGivesWayIfThatCostsLessThanGoingElsewhere() {
        double[][] cost = {{1, 2}, {1, 9}};

        assertThat(Assignment.leastCost(cost, new int[] {1, 1})).containsExactly(1, 0);
    }

    @Test
    void whoCanGoNowhereElseKeepsTheDay() {
        double[][] cost = {{1, NEVER}, {0, 5}};

        assertThat(Assignment.leastCost(cost, new int[] {1, 1})).containsExactly(0, 1);
    }

    @Test
    void whoFindsNoPlaceIsLeftOver() {
        double[][] cost = {{1, NEVER}, {0, NEVER}, {NEVER, NEVER}};

        assertThat(Assignment.leastCost(cost, new int[] {1, 5})).containsExactly(0, -1, -1);
        assertThat(Assignment.leastCost(new double[][] {{}}, new int[0])).containsExactly(-1);
        assertThat(Assignment.leastCost(new double[0][], new int[] {3})).isEmpty();
    }

    @Test
    void asManyAsPossibleArePlacedAtTheLeastCostThereIs() {
        SplittableRandom random = new SplittableRandom(48);
        for (int round = 0; round < 3_000; round++) {
            int cards = random.nextInt(1, 7);
            int days = random.nextInt(1, 5);
            double[][] cost = new double[cards][days];
            for (double[] row : cost) {
                Arrays.setAll(row, _ -> random.nextInt(4) == 0 ? NEVER : random.nextInt(20) / 4.0);
            }
            int[] places = new int[days];
            Arrays.setAll(places, _ -> random.nextInt(4));

            int[] placed = Assignment.leastCost(cost, places);

            int[] used = new int[days];
            int count = 0;
            double sum = 0;
            for (int card = 0; card < cards; card++) {
                if (placed[card] >= 0) {
                    used[placed[card]]++;
                    count++;
                    sum += cost[card][placed[card]];
                }
            }
            for (int day = 0; day < days; day++) {
                assertThat(used[day]).isLessThanOrEqualTo(places[day]);
            }
            // The set that is placed is decided first come first served; its cost is the least for that set.
            assertThat((double) count).isEqualTo(best(cost, places.clone(), 0, null)[0]);
            assertThat(sum).isCloseTo(-best(cost, places.clone(), 0, placed)[1], within(1e-9));
        }
    }

    /** Number placed and minus the cost, by trying everything; with a pattern only the same cards are placed. */
    private static double[] best(double[][] cost, int[] places, int card, int[] pattern) {
        if (card == cost.length) {
            return new double[] {0, 0};
        }
        double[] best = {-1, 0};
        boolean must = pattern != null && pattern[card] >= 0;
        if (!must) {
            best = best(cost, places, card + 1, pattern);
        }
        if (pattern != null && !must) {
            return best;
        }
        for (int day = 0; day < places.length; day++) {
            if (places[day] > 0 && cost[card][day] < NEVER) {
                places[day]--;
                double[] rest = best(cost, places, card + 1, pattern);
                places[day]++;
                if (rest[0] < 0) {
                    continue;
                }
                double[] all = {rest[0] + 1, rest[1] - cost[card][day]};
                if (all[0] > best[0] || (all[0] == best[0] && all[1] > best[1])) {
                    best = all;
                }
            }
        }
        return best;
    }
}
