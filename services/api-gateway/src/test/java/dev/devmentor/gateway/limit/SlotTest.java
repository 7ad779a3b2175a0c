package dev.devmentor.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final int NOW = 1_000;

    private final Slot slot = new Slot("rate:user:ada");

    private void admitAlone() {
        assertThat(slot.tryAlone(10, 10, 1, 0, 0, NOW)).isNotNegative();
        slot.addUntold(NOW);
    }

    private Told tell() {
        return Objects.requireNonNull(slot.tell(Buffer.buffer(), NOW));
    }

    @Test
    void whatRedisDidNotHearIsToldAgain() {
        admitAlone();
        Told lost = tell();
        admitAlone();
        slot.tellAgain(lost);

        assertThat(tell().what()).hasSize(2);
        assertThat(slot.tell(Buffer.buffer(), NOW)).isNull();
    }

    /** One event loop hears of the new run and tells it everything before another hears that its call was lost. */
    @Test
    void aNewRunOfRedisIsToldNothingTwice() {
        admitAlone();
        Told lost = tell();
        assertThat(slot.tellAll(NOW)).isTrue();

        assertThat(slot.tellAgain(lost)).isFalse();
        assertThat(tell().what()).hasSize(1);
    }
}
