package dev.devmentor.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Fuzz TARGET RUNS [SEED]}: coverage-guided inputs for one target. Ends with 0 if every promise was kept; otherwise
 * the input lies in the folder that the last lines name.
 */
public final class Fuzz {

    static final int SEED = 20_261_129;

    private static final String CHOSEN = "devmentor.fuzz.target";

    private static @Nullable Target target;

    private Fuzz() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2 || args.length > 3) {
            System.err.println("usage: fuzz TARGET RUNS [SEED]; targets: " + Targets.names());
            System.exit(2);
        }
        try {
            Target chosen = Targets.named(args[0]);
            long runs = Long.parseLong(args[1]);
            int seed = args.length == 3 ? Integer.parseInt(args[2]) : SEED;
            Process process = start(chosen, runs, seed, Files.createTempDirectory("devmentor-fuzz-"))
                    .inheritIO()
                    .start();
            System.exit(process.waitFor());
        } catch (IllegalArgumentException refused) {
            System.err.println("fuzz: " + refused.getMessage());
            System.exit(2);
        }
    }

    /**
     * Jazzer in a process of its own: it instruments classes as they are loaded, and those of the seeds are loaded here.
     *
     * @param folder for the corpus and what is found
     */
    static ProcessBuilder start(Target chosen, long runs, int seed, Path folder) throws IOException {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        int number = 0;
        for (byte[] bytes : chosen.seeds()) {
            Files.write(corpus.resolve("seed-" + number++), bytes);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Ddevmentor.root=" + System.getProperty("devmentor.root"),
                "-D" + CHOSEN + '=' + chosen.name(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzz.class.getName(),
                "--instrumentation_includes=dev.devmentor.pbml.**:dev.devmentor.events.**:dev.devmentor.deterministic.**",
                // Operands of comparisons, one call for each, take nine tenths of the time; the seeds know the words.
                "--trace=cov",
                // What else Jazzer looks for (injections into shells, queries, class loaders) these parsers don't call.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-runs=" + runs,
                "-seed=" + seed,
                "-max_len=" + Cost.LENGTH,
                "-print_final_stats=1",
                corpus.toString()));
        return new ProcessBuilder(command);
    }

    /** What Jazzer calls before the first input. */
    public static void fuzzerInitialize() {
        target = Targets.named(System.getProperty(CHOSEN, ""));
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (target == null) {
            throw new IllegalStateException("not initialised");
        }
        target.accept(input);
    }
}
