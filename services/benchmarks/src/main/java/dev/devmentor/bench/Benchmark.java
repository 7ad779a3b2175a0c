package dev.devmentor.bench;

import java.nio.file.Path;
import java.util.List;

/** One entry of {@code scripts/bench}. */
@FunctionalInterface
public interface Benchmark {

    /**
     * Measures, with its progress on standard error.
     *
     * @param root the top folder of the repository
     * @param arguments what stood behind the name on the command line
     * @throws BenchmarkFailed if a result is wrong or something that it needs is missing; the message says what
     * @throws Exception if something else breaks
     */
    Report run(Path root, List<String> arguments) throws Exception;
}
