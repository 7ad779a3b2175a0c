package dev.devmentor.kit.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    /** A clock of this kind may start anywhere, and overflow. */
    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMillis(400).toNanos());

    private final Pace pace = new Pace(nanos::get);

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void isCalmBeforeAnythingCame() {
        assertThat(pace.isBacklog()).isFalse();
        assertThat(pace.isBusy()).isFalse();
    }

    @Test
    void aFullBatchSaysBacklogForHalfASecond() {
        assertThat(pace.count(1_000)).isTrue();

        pass(499);
        assertThat(pace.isBacklog()).isTrue();
        pass(1);
        assertThat(pace.isBacklog()).isFalse();
    }

    @Test
    void batchesThatAreNotFullAreNoBacklogHoweverMany() {
        for (int i = 0; i < 10; i++) {
            assertThat(pace.count(999)).isFalse();
        }

        assertThat(pace.isBacklog()).isFalse();
    }

    @Test
    void twentyRowsWithinHalfASecondAreBusyForOneMore() {
        pace.count(10);
        pass(500);
        pace.count(9);
        assertThat(pace.isBusy()).isFalse();
        pace.count(1);

        pass(999);
        assertThat(pace.isBusy()).isTrue();
        pass(1);
        assertThat(pace.isBusy()).isFalse();
    }

    @Test
    void theSameRowsOverALongerTimeAreNot() {
        for (int i = 0; i < 10; i++) {
            pace.count(19);
            pass(501);
        }

        assertThat(pace.isBusy()).isFalse();
    }
}
