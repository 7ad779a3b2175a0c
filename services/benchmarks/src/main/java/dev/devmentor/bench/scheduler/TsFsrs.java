package dev.devmentor.bench.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.bench.BenchmarkFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** ts-fsrs from npm, on a review log, in a Node process of its own. */
final class TsFsrs {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    TsFsrs(Path root) {
        folder = root.resolve("services/benchmarks/src/main/node/ts-fsrs");
    }

    /**
     * What it did.
     *
     * @param version the version of ts-fsrs
     * @param stepsPerSecond one value per measured pass
     * @param stability final stability by card
     * @param difficulty final difficulty by card
     */
    record Result(String version, double[] stepsPerSecond, double[] stability, double[] difficulty) {}

    Result run(ReviewLog log, int warmUps, int passes) throws IOException, InterruptedException, BenchmarkFailed {
        if (!Files.isDirectory(folder.resolve("node_modules/ts-fsrs"))) {
            System.err.println("npm ci for ts-fsrs");
            start(List.of("npm", "ci", "--no-audit", "--no-fund"), System.err); // standard output is for results
        }
        Path exchange = Files.createTempDirectory("devmentor-bench");
        Path input = exchange.resolve("log.json");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            ObjectNode json = JSON.createObjectNode();
            json.put("cards", log.cards()).put("warmUps", warmUps).put("passes", passes);
            json.set("card", JSON.valueToTree(log.card()));
            json.set("grade", JSON.valueToTree(log.grade()));
            json.set("day", JSON.valueToTree(log.day()));
            JSON.writeValue(input.toFile(), json);
            start(List.of("node", "bench.mjs", input.toString()), output);
            JsonNode result = JSON.readTree(output.toByteArray());
            return new Result(
                    result.get("version").asText(),
                    numbers(result.get("stepsPerSecond")),
                    numbers(result.get("stability")),
                    numbers(result.get("difficulty")));
        } finally {
            Files.deleteIfExists(input);
            Files.deleteIfExists(exchange);
        }
    }

    private void start(List<String> command, OutputStream output)
            throws IOException, InterruptedException, BenchmarkFailed {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new BenchmarkFailed("'" + command.getFirst() + "' is needed for ts-fsrs: install Node 20 or newer");
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

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
