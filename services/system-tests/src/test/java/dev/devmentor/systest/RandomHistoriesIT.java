package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.TestPlatform;
import org.junit.jupiter.api.Test;

class RandomHistoriesIT {
    private static final long SEED = 20_261;

    @Test
    void historiesShuffledDoubledAndDelayedOverAllPartitionsGiveTheSequentialFold() {
        Figures figures = Figures.of(getClass(), "shuffled, doubled, delayed, over all partitions", SEED);
        Load load = Load.histories(SEED, Counts.HISTORIES);
        try (LearningSystem system = new LearningSystem(TestPlatform.shared())) {
            system.send(load.delivery());
            LocalService service = system.start(1);
            system.awaitSettled();
            Announcements said = system.assertHolds(load, service);
            assertThat(said.repeated())
                    .as("announcements sent twice without any crash")
                    .isZero();
            figures.passed(
                    Counts.HISTORIES + " histories, " + load.answers().size() + " answers in "
                            + load.delivery().size() + " records",
                    "bit-identical; " + said.distinct() + " announcements");
        }
    }
}
