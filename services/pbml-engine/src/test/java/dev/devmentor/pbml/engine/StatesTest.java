package dev.devmentor.pbml.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same stream gives the same bytes, wherever it is interrupted and whichever process learns it. */
class StatesTest {

    private static final int STREAMS = Boolean.getBoolean("devmentor.long") ? 500 : 12;

    static Stream<String> engines() {
        return States.ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aRestoredEngineGoesOnAsTheOldOneWould(String name) {
        for (int seed = 0; seed < STREAMS; seed++) {
            goesOn(name, States.ALL.get(name), seed);
        }
    }

    private static <E> void goesOn(String name, States.Kind<E> kind, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = random.nextInt(1, 600);
        E old = kind.start().apply(random);
        E restored = kind.restore().apply(kind.snapshot().apply(old));
        for (int i = 0; i < length; i++) {
            // Both see the same event, and one of them is interrupted at times.
            long event = random.nextLong();
            old = kind.step().learn(old, i, new SplittableRandom(event));
            restored = kind.step().learn(restored, i, new SplittableRandom(event));
            if (random.nextInt(20) == 0) {
                byte[] bytes = kind.snapshot().apply(restored);
                assertThat(bytes)
                        .as("%s, stream %d, event %d", name, seed, i)
                        .isEqualTo(kind.snapshot().apply(old));
                restored = kind.restore().apply(bytes);
                assertThat(kind.snapshot().apply(restored)).isEqualTo(bytes);
                assertThat(kind.answer().apply(restored, new SplittableRandom(i)))
                        .as("%s, stream %d, event %d", name, seed, i)
                        .isEqualTo(kind.answer().apply(old, new SplittableRandom(i)));
            }
        }
        assertThat(kind.snapshot().apply(restored)).isEqualTo(kind.snapshot().apply(old));
    }

    /** Other hash seeds, collectors, heaps, compilers and times of compilation. */
    @Test
    void anotherProcessComesToTheSameBytes() throws IOException, InterruptedException {
        String here = States.digests().toString();
        assertThat(process("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2", "-XX:+UseSerialGC", "-Xmx128m"))
                .isEqualTo(here);
        assertThat(process("-XX:+UseParallelGC", "-Xmx300m", "-Dshift=100000", "-XX:TieredStopAtLevel=1"))
                .isEqualTo(here);
        assertThat(process(
                        "-Xint",
                        "-XX:+UseSerialGC",
                        "-Xmx200m",
                        "-Duser.timezone=Asia/Kathmandu",
                        "-Duser.language=tr"))
                .isEqualTo(here);
    }

    private static String process(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                States.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return said.strip();
    }
}
