package dev.devmentor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What coverage-guided fuzzing starts from and what it found, and inputs that are built to be slow. */
class TargetsTest {
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    /** Mutated inputs of a target: enough that a promise that is broken often is seen here already. */
    private static final int MUTATED = 2_000;

    private static final Path FOUND = Path.of("src/test/resources/found");

    static Stream<Target> targets() {
        return Targets.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everySeedKeepsThePromises(Target target) {
        assertThat(target.seeds()).isNotEmpty();
        for (byte[] seed : target.seeds()) {
            accepts(target, seed);
            accepts(target, Arrays.copyOf(seed, seed.length / 2));
        }
        accepts(target, new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void whatBrokeAPromiseOnceDoesNotAgain(Target target) throws IOException {
        Path folder = FOUND.resolve(target.name());
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    accepts(target, Files.readAllBytes(file));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void mutatedSeedsKeepThePromises(Target target) {
        SplittableRandom random = new SplittableRandom(Fuzz.SEED);
        List<byte[]> seeds = target.seeds();
        for (int i = 0; i < MUTATED; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            byte[] other = seeds.get(random.nextInt(seeds.size()));
            for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
                int at = random.nextInt(input.length);
                int length = Math.min(random.nextInt(1, 40), Math.min(input.length - at, other.length));
                switch (random.nextInt(3)) {
                    case 0 -> input[at] = (byte) random.nextInt(256);
                    case 1 -> System.arraycopy(other, random.nextInt(other.length - length + 1), input, at, length);
                    default -> System.arraycopy(input, at, input, random.nextInt(input.length - length + 1), length);
                }
            }
            accepts(target, input);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingThatIsBuiltToBeSlowIs(Target target) {
        for (String text : WorstCases.texts(Cost.LENGTH - 200, Boolean.getBoolean("devmentor.long"))) {
            // One byte chooses the limits of the miner: the widest are the slowest.
            byte[] input = Texts.seed(3, text);
            // Of characters of three bytes that is the first third, and no input is longer than the time is promised
            // for.
            accepts(target, input.length <= Cost.LENGTH ? input : Arrays.copyOf(input, Cost.LENGTH));
        }
    }

    @Test
    void everySeedOfASnapshotIsTaken() {
        SnapshotTarget target = new SnapshotTarget();
        for (byte[] seed : target.seeds()) {
            byte[] cut = Arrays.copyOf(seed, seed.length - 1);
            assertThat(target.restores(seed)).as("engine " + seed[0]).isTrue();
            assertThat(target.restores(cut))
                    .as("engine " + seed[0] + ", cut off")
                    .isFalse();
        }
    }

    @Test
    void aSlowInputIsReported() {
        assertThatThrownBy(() -> Cost.withinTime(7, () -> {
                    // Of its own: on a busy machine others have a part of the time on the wall.
                    long until = THREAD.getCurrentThreadCpuTime() + 2 * Cost.NANOS;
                    while (THREAD.getCurrentThreadCpuTime() < until) {
                        Thread.onSpinWait();
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("7 bytes took [0-9]+ ms at best");
    }

    @Test
    void aGreedyInputIsReported() {
        List<byte[]> kept = new ArrayList<>();
        assertThatThrownBy(() -> Cost.withinMemory(1_000_000, () -> kept.add(new byte[2_000_000])))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("1000000 are allowed");
    }

    @Test
    void anUnknownTargetIsRefusedWithTheNamesOfTheKnownOnes() {
        assertThatThrownBy(() -> Targets.named("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no target nothing, known are templates, mask, assembler, java-traces, javascript-traces,"
                        + " python-traces, go-traces, related, snapshots, events");
    }

    private static void accepts(Target target, byte[] input) {
        assertThatCode(() -> target.accept(input))
                .as(() -> target.name() + " with " + input.length + " bytes: "
                        + Texts.of(Arrays.copyOf(input, Math.min(input.length, 120)), 0))
                .doesNotThrowAnyException();
    }
}
