package dev.devmentor.learning.engine.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.hint.Missed.Given;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissedTest {
    private static final long MINUTE = 60_000_000L;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long NOW = 100 * DAY;

    private static Given given(String item, long ago, boolean correct) {
        return new Given(item, List.of("s-" + item, "all"), NOW - ago, correct);
    }

    @Test
    void whoAnsweredNothingMissedNothing() {
        assertThat(Missed.of(List.of(), NOW)).isEqualTo(Missed.NOTHING);
    }

    @Test
    void theTwoNewestSittingsCount() {
        Missed missed = Missed.of(
                List.of(
                        given("a", MINUTE, true),
                        given("b", 2 * MINUTE, false),
                        // The same sitting: a pause of half an hour does not end it.
                        given("c", 32 * MINUTE, false),
                        given("d", 63 * MINUTE, false),
                        given("e", 94 * MINUTE, false)),
                NOW);

        assertThat(missed.items()).containsExactlyInAnyOrder("b", "c", "d");
        assertThat(missed.skills())
                .as("the last answer of the skill 'all' was right")
                .containsExactlyInAnyOrder("s-b", "s-c", "s-d");
    }

    @Test
    void whatWasMadeGoodSinceIsNotMissed() {
        assertThat(Missed.of(List.of(given("a", MINUTE, true), given("a", 2 * MINUTE, false)), NOW))
                .isEqualTo(Missed.NOTHING);
        assertThat(Missed.of(List.of(given("a", MINUTE, false), given("a", 2 * MINUTE, true)), NOW)
                        .items())
                .containsExactly("a");
    }

    @Test
    void whatLiesLongerBackThanAWeekSaysNothing() {
        assertThat(Missed.of(List.of(given("a", 7 * DAY, false)), NOW).items()).containsExactly("a");
        assertThat(Missed.of(List.of(given("a", 7 * DAY + 1, false)), NOW)).isEqualTo(Missed.NOTHING);
    }
}
