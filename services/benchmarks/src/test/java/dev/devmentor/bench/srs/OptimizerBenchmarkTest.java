package dev.devmentor.bench.srs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.bench.BenchmarkFailed;
import org.junit.jupiter.api.Test;

class OptimizerBenchmarkTest {

    @Test
    void aRunIsDisturbedWhereSomebodyElseHadTheCoreForAFifthOfTheTime() {
        assertThat(OptimizerBenchmark.isDisturbed(100, 100)).isFalse();
        assertThat(OptimizerBenchmark.isDisturbed(124, 100)).isFalse();
        assertThat(OptimizerBenchmark.isDisturbed(126, 100)).isTrue();
        assertThat(OptimizerBenchmark.isDisturbed(100, 126)).isTrue();
        assertThat(OptimizerBenchmark.isDisturbed(1, 0)).isTrue();
    }

    @Test
    void theErrorSaysWhetherTheMachineWasBusyOrThreadsWereMany() {
        assertThatThrownBy(() -> OptimizerBenchmark.refuseDisturbed("fsrs-rs", 20, 10))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage(
                        "fsrs-rs: a run took 20.0 ms of wall time and 10.0 ms of CPU, after 3 repeats: the machine is busy");
        assertThatThrownBy(() -> OptimizerBenchmark.refuseDisturbed("fsrs-rs", 10, 20))
                .hasMessageEndingWith(": more than one thread worked");
    }
}
