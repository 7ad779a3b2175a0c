package dev.devmentor.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Something from npm that is measured beside ours, in a Node process of its own: src/main/node/NAME/bench.mjs. */
public final class NodePeer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String npmPackage;

    /**
     * The peer.
     *
     * @param root the top folder of the repository
     * @param name of the folder below src/main/node
     * @param npmPackage what it is there for; installed if it is missing
     */
    public NodePeer(Path root, String name, String npmPackage) {
        folder = root.resolve("services/benchmarks/src/main/node").resolve(name);
        this.npmPackage = npmPackage;
    }

    /**
     * Runs the script on a file with the input, and reads what it prints.
     *
     * @throws BenchmarkFailed if Node is missing or the script fails
     */
    public JsonNode run(JsonNode input) throws IOException, InterruptedException, BenchmarkFailed {
        if (!Files.isDirectory(folder.resolve("node_modules").resolve(npmPackage))) {
            System.err.println("npm install for " + npmPackage);
            // not `npm ci`: it wants every platform's binary in the lock file, also where a registry mirrors only some;
            // standard output is for results
            start(List.of("npm", "install", "--no-save", "--no-audit", "--no-fund"), System.err);
        }
        Path exchange = Files.createTempDirectory("devmentor-bench");
        Path file = exchange.resolve("input.json");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            JSON.writeValue(file.toFile(), input);
            start(List.of("node", "bench.mjs", file.toString()), output);
            return JSON.readTree(output.toByteArray());
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(exchange);
        }
    }

    /** The numbers of a JSON array. */
    public static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private void start(List<String> command, OutputStream output)
            throws IOException, InterruptedException, BenchmarkFailed {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("RAYON_NUM_THREADS", "1"); // one thread is what is compared
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new BenchmarkFailed(
                    "'" + command.getFirst() + "' is needed for " + npmPackage + ": install Node 20 or newer");
        }
        try {
            process.getInputStream().transferTo(output);
            int code = process.waitFor();
            if (code != 0) {
                throw new BenchmarkFailed(String.join(" ", command) + " ended with " + code);
            }
        } finally {
            process.destroy();
        }
    }
}
