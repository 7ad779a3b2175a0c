package dev.devmentor.learning.engine.schedule;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FsrsVectorsTest {

    private static final Set<String> TESTED_BY_FSRS6_LOSS_TEST =
            Set.of("fsrs6.loss_and_gradient", "fsrs6.gradient_f64_finite_difference", "fsrs6.s0_loss");

    private static final Set<String> TESTED_BY_PY_FSRS_OPTIMIZER_TEST = Set.of("fsrs6.pyfsrs_optimizer");

    private static final Set<String> TRAINING_ON_DATA_THAT_IS_NOT_PUBLIC =
            Set.of("fsrs_rs.anki21_sample(not in repo: GitHub attachment)");

    @Test
    void everyUpstreamEntryIsEitherTestedOrLeftOutForAReason() {
        FsrsVectors.areAllUpstream(Stream.of(
                        Fsrs6VectorsTest.TESTED,
                        Fsrs7VectorsTest.TESTED,
                        TESTED_BY_FSRS6_LOSS_TEST,
                        TESTED_BY_PY_FSRS_OPTIMIZER_TEST,
                        TRAINING_ON_DATA_THAT_IS_NOT_PUBLIC)
                .flatMap(Set::stream));
    }
}
