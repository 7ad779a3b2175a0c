package dev.devmentor.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalWindowTest {
    @Test
    void agreesWithTheDefinitionInAHundredThousandRandomSteps() {
        SplittableRandom random = new SplittableRandom(20261129);
        int admitted = 0;
        int refused = 0;
        for (int trace = 0; trace < 500; trace++) {
            LocalWindow window = new LocalWindow();
            ExactWindow exact = new ExactWindow(LocalWindow.SPAN);
            int limit = random.nextInt(1, 40);
            // Around the wrap of 2^32 too.
            long now = trace % 2 == 0 ? 0 : Integer.MAX_VALUE - 100_000L;
            for (int step = 0; step < 200; step++) {
                now += wait(random, exact, now);
                boolean allowed = exact.admit(now, 1, limit) == 1;
                assertThat(window.tryAdd((int) now, limit)).isEqualTo(allowed);
                assertThat(limit - window.count((int) now)).isEqualTo(exact.left(now, limit));
                assertThat((long) window.moreMillis((int) now, limit)).isEqualTo(exact.more(now, limit));
                if (allowed) {
                    admitted++;
                } else {
                    refused++;
                }
            }
            assertThat(exact.mostInAnyWindow()).isLessThanOrEqualTo(limit);
        }
        assertThat(admitted).isGreaterThan(20_000);
        assertThat(refused).isGreaterThan(20_000);
    }

    private static long wait(SplittableRandom random, ExactWindow exact, long now) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextInt(5);
            case 2, 3 -> random.nextInt(2_500);
            case 4 -> random.nextInt(70) == 0 ? random.nextInt(200_000) : random.nextInt(20);
            default -> {
                // Just before, at and just after the moment when one leaves.
                var counting = exact.counting(now);
                yield counting.isEmpty() || random.nextInt(3) > 0
                        ? 0
                        : Math.max(0, counting.getFirst() + LocalWindow.SPAN - now + random.nextInt(-1, 2));
            }
        };
    }

    @Test
    void keepsNoMoreThanHalfAgainOfWhatCounts() {
        LocalWindow window = new LocalWindow();
        for (int i = 0; i < 1000; i++) {
            window.tryAdd(0, 1000);
        }
        assertThat(window.capacity()).isBetween(1000, 1500);
        assertThat(window.count(LocalWindow.SPAN)).isZero();
        assertThat(window.capacity()).isZero();
    }
}
