package dev.devmentor.bench.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.NodePeer;
import java.io.IOException;
import java.nio.file.Path;

/** ts-fsrs from npm, on a review log. */
final class TsFsrs {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NodePeer peer;

    TsFsrs(Path root) {
        peer = new NodePeer(root, "ts-fsrs", "ts-fsrs");
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
        ObjectNode json = JSON.createObjectNode();
        json.put("cards", log.cards()).put("warmUps", warmUps).put("passes", passes);
        json.set("card", JSON.valueToTree(log.card()));
        json.set("grade", JSON.valueToTree(log.grade()));
        json.set("day", JSON.valueToTree(log.day()));
        JsonNode result = peer.run(json);
        return new Result(
                result.get("version").asText(),
                NodePeer.numbers(result.get("stepsPerSecond")),
                NodePeer.numbers(result.get("stability")),
                NodePeer.numbers(result.get("difficulty")));
    }
}
