package dev.devmentor.learning.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.learning.engine.plan.Fuzz.Range;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzTest {

    /** The examples of Anki's own test, as far as its minimum is 1. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 1000, 1, 1",
        "1.0, 1000, 1, 1",
        "1.5, 100, 2, 2",
        "2.49, 1000, 2, 2",
        "2.5, 1000, 2, 4",
        "6.9, 1000, 5, 9",
        "7.0, 1000, 5, 9",
        "7.1, 1000, 5, 9",
        "17.0, 1000, 14, 20",
        "19.9, 1000, 17, 23",
        "20.0, 1000, 17, 23",
        "20.1, 1000, 17, 23",
        "37.0, 1000, 33, 41",
        "100.0, 1000, 93, 107",
        "100.0, 99, 92, 99",
        "101.0, 100, 93, 100",
        "36500, 36500, 34673, 36500",
        "5.0, 1, 1, 1",
        "5.0, 2, 2, 2",
        "5.0, 3, 2, 3",
    })
    void theRangeIsAnkis(double interval, int maximum, int from, int to) {
        assertThat(Fuzz.range(interval, maximum)).isEqualTo(new Range(from, to));
    }

    @Test
    void theRangeHoldsTheIntervalAndGrowsWithIt() {
        Range before = Fuzz.range(0.01, 36_500);
        for (double interval = 0.01; interval < 3_000; interval += 0.01) {
            Range range = Fuzz.range(interval, 36_500);
            assertThat(range.contains((int) Math.clamp(Math.round(interval), 1, 36_500)))
                    .as("%f", interval)
                    .isTrue();
            assertThat(range.from()).isGreaterThanOrEqualTo(before.from());
            assertThat(range.to()).isGreaterThanOrEqualTo(before.to());
            before = range;
        }
    }

    @Test
    void anIntervalNeverLeavesItsRangeOrTheLimits() {
        SplittableRandom random = new SplittableRandom(41);
        for (int i = 0; i < 100_000; i++) {
            double interval = 0.1 + 400 * random.nextDouble() * random.nextDouble();
            int maximum = random.nextInt(1, 500);
            int days = Fuzz.days("item-" + i, random.nextInt(100), interval, maximum);
            assertThat(Fuzz.range(interval, maximum).contains(days)).isTrue();
            assertThat(days).isBetween(1, maximum);
            if (interval >= Fuzz.LEAST_INTERVAL && maximum >= 2) {
                assertThat(days).isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void theSameCardGetsTheSameDayAndOthersGetOthers() {
        assertThat(Fuzz.days("bank:java-001", 3, 40, 36_500)).isEqualTo(Fuzz.days("bank:java-001", 3, 40, 36_500));
        int[] counts = new int[100];
        int cards = 90_000;
        for (int i = 0; i < cards; i++) {
            counts[Fuzz.days("bank:java-" + i, i % 7, 40, 36_500)]++;
        }
        Range range = Fuzz.range(40, 36_500);
        assertThat(range).isEqualTo(new Range(36, 44));
        for (int day = range.from(); day <= range.to(); day++) {
            assertThat(counts[day]).as("of 10 000 on day %d", day).isBetween(9_650, 10_350);
        }
    }

    @Test
    void theNextAnswerGivesAnotherFuzz() {
        int same = 0;
        for (int i = 0; i < 9_000; i++) {
            String item = "note:" + i;
            if (Fuzz.days(item, 4, 40, 36_500) == Fuzz.days(item, 5, 40, 36_500)) {
                same++;
            }
        }
        assertThat(same).as("one of nine by chance").isBetween(850, 1_150);
    }

    @Test
    void theBitsAreFixed() {
        long sum = 0;
        for (int i = 0; i < 1_000; i++) {
            sum = sum * 31 + Fuzz.days("bank:" + i, i, 10 + i / 4.0, 36_500);
        }
        assertThat(sum).isEqualTo(FIXED);
    }

    private static final long FIXED = -6_825_950_495_351_177_377L;

    @Test
    void refusesWhatIsNoInterval() {
        assertThatThrownBy(() -> Fuzz.range(0, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fuzz.range(Double.NaN, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fuzz.range(3, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
