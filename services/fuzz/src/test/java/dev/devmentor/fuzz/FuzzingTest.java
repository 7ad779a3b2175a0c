package dev.devmentor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jazzer itself: a thousand inputs always, 10^7 for each parser with -Ddevmentor.long=true. */
class FuzzingTest {

    /** Four languages are one parser; a history and a log cost a hundred times what a line costs. */
    private static final Map<String, Long> RUNS = Map.of(
            "mask", 10_000_000L,
            "templates", 10_000_000L,
            "assembler", 10_000_000L,
            "java-traces", 2_500_000L,
            "javascript-traces", 2_500_000L,
            "python-traces", 2_500_000L,
            "go-traces", 2_500_000L,
            "related", 1_000_000L,
            "snapshots", 10_000_000L,
            "events", 10_000_000L);

    @TempDir
    Path folder;

    static Stream<Target> targets() {
        return Targets.ALL.stream();
    }

    @Test
    void runsAThousandInputsAndSaysSo() throws IOException, InterruptedException {
        assertThat(fuzz(Targets.named("mask"), 1_000)).contains("Done 1000 runs");
    }

    @ParameterizedTest
    @MethodSource("targets")
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void noInputBreaksAPromise(Target target) throws IOException, InterruptedException {
        long runs = RUNS.getOrDefault(target.name(), 0L);
        assertThat(fuzz(target, runs)).contains("Done " + runs + " runs");
    }

    /** What Jazzer says, once it has ended well. */
    private String fuzz(Target target, long runs) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = Fuzz.start(target, runs, Fuzz.SEED, folder)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        String said = Files.readString(output);
        assertThat(status).as(said).isZero();
        return said;
    }
}
