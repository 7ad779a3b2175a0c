package dev.devmentor.auth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegistrationResourceTest {
    /** Whatever it took, the answer comes at a multiple of the step: a little longer looks like nothing. */
    @Test
    void anAnswerComesAtTheEndOfAStep() {
        for (long elapsed : new long[] {0, 1, 399, 400, 401, 799, 800, 123_456}) {
            long left = RegistrationResource.untilNext(400, elapsed);
            assertThat(left).isBetween(1L, 400L);
            assertThat((elapsed + left) % 400).isZero();
        }
        assertThat(RegistrationResource.untilNext(0, 5)).isZero();
    }
}
