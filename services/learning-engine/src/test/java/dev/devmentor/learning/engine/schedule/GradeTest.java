package dev.devmentor.learning.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GradeTest {

    @Test
    void isOneToFourAndOneMoreOnTheScaleOfSm2() {
        assertThat(Grade.values()).extracting(Grade::value).containsExactly(1, 2, 3, 4);
        assertThat(Grade.values()).extracting(Grade::sm2Quality).containsExactly(2, 3, 4, 5);
        assertThat(Grade.of(3)).isSameAs(Grade.GOOD);
    }

    @Test
    void refusesOtherNumbers() {
        assertThatThrownBy(() -> Grade.of(0)).hasMessage("a grade is 1 to 4, not 0");
        assertThatThrownBy(() -> Grade.of(5)).hasMessage("a grade is 1 to 4, not 5");
    }

    @Test
    void schedulersHaveWireNames() {
        assertThat(Scheduler.ofWireName("sm2")).isSameAs(Scheduler.SM2);
        assertThat(Scheduler.ofWireName("fsrs6")).isSameAs(Scheduler.FSRS6);
        assertThatThrownBy(() -> Scheduler.ofWireName("FSRS6")).hasMessage("no scheduler is called 'FSRS6'");
    }
}
