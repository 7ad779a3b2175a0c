package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.TestPlatform;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LongCardIT {
    private static final long SEED = 20_266;

    @Test
    void aLongCardThatComesBackwardsIsDoneWithinAMinute() {
        Load load = Load.reversedCard(SEED, Counts.LONG_CARD_EVENTS);
        try (LearningSystem system = new LearningSystem(TestPlatform.shared())) {
            system.send(load.delivery());
            Figures figures = Figures.of(getClass(), "one card, newest answer first", SEED);
            LocalService service = system.start(1);
            system.awaitSettled();
            double seconds = figures.seconds();
            Announcements said = system.assertHolds(load, service);
            assertThat(seconds)
                    .as("seconds, the start of the service included")
                    .isLessThan(Counts.LONG_CARD_LIMIT.toSeconds());
            figures.passed(
                    load.answers().size() + " events, reversed",
                    String.format(
                            Locale.ROOT,
                            "same state after %.1f s with the start of the service; %d announcements",
                            seconds,
                            said.distinct()));
        }
    }
}
