package dev.devmentor.learning.engine.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.hint.Hint.Kind;
import dev.devmentor.learning.engine.hint.Hint.State;
import dev.devmentor.learning.engine.load.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private static final long MINUTE = 60_000_000L;

    private static Hint hint(String id, double confidence, List<Integer> hours, int minutes) {
        return new Hint(id, Kind.RHYTHM, State.ACTIVE, confidence, List.of(), List.of(), hours, minutes);
    }

    private static Session session(int fromMinute, int lastMinute) {
        return new Session(fromMinute * MINUTE, lastMinute * MINUTE, 5, 0, 0, 0, 0, 5);
    }

    @Test
    void whereNothingIsKnownNothingIsBounded() {
        Rhythm rhythm = Rhythm.of(List.of());

        assertThat(rhythm).isEqualTo(Rhythm.UNKNOWN);
        assertThat(rhythm.isOutside(3)).isFalse();
        assertThat(rhythm.secondsLeft(Session.NONE, 0)).isInfinite();
    }

    @Test
    void theSurestHintSaysTheHoursAndTheSurestTheLength() {
        Rhythm rhythm = Rhythm.of(List.of(
                hint("a", 0.8, List.of(7), 0),
                hint("b", 0.9, List.of(20, 8), 0),
                hint("d", 0.7, List.of(), 35),
                hint("c", 0.7, List.of(), 50)));

        assertThat(rhythm.hours()).isEqualTo(hint("b", 0.9, List.of(8, 20), 0));
        assertThat(rhythm.length()).as("ids decide").isEqualTo(hint("c", 0.7, List.of(), 50));
        assertThat(rhythm.isOutside(8)).isFalse();
        assertThat(rhythm.isOutside(20)).isFalse();
        assertThat(rhythm.isOutside(9)).isTrue();
    }

    @Test
    void aSittingUnderWayUsesUpTheTime() {
        Rhythm rhythm = Rhythm.of(List.of(hint("a", 0.8, List.of(), 35)));

        assertThat(rhythm.secondsLeft(Session.NONE, 0)).isEqualTo(35 * 60);
        assertThat(rhythm.secondsLeft(session(100, 115), 120 * MINUTE)).isEqualTo(15 * 60);
        assertThat(rhythm.secondsLeft(session(100, 140), 141 * MINUTE)).isZero();
        assertThat(rhythm.secondsLeft(session(100, 115), 145 * MINUTE + 1))
                .as("half an hour's pause ends a sitting")
                .isEqualTo(35 * 60);
    }

    @Test
    void outsideTheGoodHoursItIsEasierByFivePointsButNeverMoreThanNinetyFive() {
        assertThat(Rhythm.easier(0.75)).isCloseTo(0.8, within(1e-12));
        assertThat(Rhythm.easier(0.93)).isEqualTo(0.95);
        assertThat(Rhythm.easier(0.95)).isEqualTo(0.95);
    }
}
