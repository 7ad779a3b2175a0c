package dev.devmentor.learning.engine.schedule;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FsrsVectorsTest {

    /** Entries that no test uses. */
    private static final Set<String> TRAINING_COMES_WITH_THE_OPTIMISER = Set.of(
            "fsrs6.loss_and_gradient",
            "fsrs6.gradient_f64_finite_difference",
            "fsrs6.s0_loss",
            "fsrs6.pyfsrs_optimizer");

    private static final Set<String> TRAINING_ON_DATA_THAT_IS_NOT_PUBLIC =
            Set.of("fsrs_rs.anki21_sample(not in repo: GitHub attachment)");

    @Test
    void everyUpstreamEntryIsEitherTestedOrLeftOutForAReason() {
        FsrsVectors.areAllUpstream(Stream.of(
                        Fsrs6VectorsTest.TESTED,
                        Fsrs7VectorsTest.TESTED,
                        TRAINING_COMES_WITH_THE_OPTIMISER,
                        TRAINING_ON_DATA_THAT_IS_NOT_PUBLIC)
                .flatMap(Set::stream));
    }
}
