package dev.devmentor.learning.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final int[] DAYS = {10, 11, 12};

    @Test
    void daysAreFilledToOneLevel() {
        Places places = new Places(DAYS, new int[] {4, 0, 1}, EasyDays.NONE);

        assertThat(places.at(3)).containsExactly(0, 3, 2);
        assertThat(places.lowestLevel(new int[] {0, 0, 0, 0, 0})).isEqualTo(3);
        assertThat(places.lowestLevel(new int[] {0, 0, 0, 0, 0, 0})).isEqualTo(4);
    }

    @Test
    void anEasyDayIsFilledToItsWeight() {
        Places places = new Places(DAYS, new int[3], new EasyDays(EasyDays.NONE.weekdays(), Map.of(11, 0.5, 12, 0.0)));

        assertThat(places.at(5)).containsExactly(5, 2, 0);
        assertThat(places.lowestLevel(new int[] {12})).isEqualTo(Places.NONE);
        assertThat(places.lowestLevel(new int[] {11})).isEqualTo(2);
    }

    @Test
    void whoCanComeLateOnlyNeedsRoomThere() {
        Places places = new Places(DAYS, new int[3], EasyDays.NONE);

        assertThat(places.lowestLevel(new int[] {12, 12, 12})).isEqualTo(3);
        assertThat(places.lowestLevel(new int[] {12, 12, 10})).isEqualTo(2);
        assertThat(places.lowestLevel(new int[] {13})).isEqualTo(Places.NONE);
        assertThat(places.lowestLevel(new int[0])).isZero();
    }

    @Test
    void aLevelIsEnoughIfAndOnlyIfAllCanBePlacedOnIt() {
        SplittableRandom random = new SplittableRandom(49);
        for (int round = 0; round < 2_000; round++) {
            int[] days = new int[random.nextInt(1, 6)];
            Arrays.setAll(days, i -> 100 + i);
            int[] taken = new int[days.length];
            Arrays.setAll(taken, _ -> random.nextInt(4));
            int[] earliest = new int[random.nextInt(1, 12)];
            Arrays.setAll(earliest, _ -> 98 + random.nextInt(days.length + 2));
            Places places = new Places(days, taken, EasyDays.NONE);
            double[][] cost = new double[earliest.length][];
            for (int i = 0; i < cost.length; i++) {
                int first = earliest[i];
                cost[i] = Arrays.stream(days)
                        .mapToDouble(day -> day < first ? Double.POSITIVE_INFINITY : 1)
                        .toArray();
            }

            int level = places.lowestLevel(earliest);

            assertThat(level).isNotEqualTo(Places.NONE);
            assertThat(Assignment.leastCost(cost, places.at(level))).doesNotContain(Assignment.NOWHERE);
            if (level > 0) {
                assertThat(Assignment.leastCost(cost, places.at(level - 1))).contains(Assignment.NOWHERE);
            }
        }
    }
}
