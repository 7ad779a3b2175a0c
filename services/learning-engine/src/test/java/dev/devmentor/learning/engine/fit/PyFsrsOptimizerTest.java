package dev.devmentor.learning.engine.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The vector fsrs6.pyfsrs_optimizer: weights that py-fsrs fitted to the log that is our demo. They can't be the same as ours:
 * py-fsrs shuffles cards by Python's generator, does not search for initial stabilities, cuts cards at 64 reviews, and its
 * model floors an answer on the same day from Good on, not from Hard. What can be compared is how well both explain the log, ours
 * fitted as theirs was, with neither penalty nor recency.
 */
class PyFsrsOptimizerTest {

    private static final Path LOG = Path.of("../cli/src/main/resources/demo/revlog.csv");

    private static final Training AS_PY_FSRS = new Training(
            5, 512, 0.04, 0.9, 0.999, 0, Fsrs6Trainer.SPREAD, Fsrs6Trainer.LOW, Fsrs6Trainer.HIGH, 2023, true);

    @Test
    void ourFitExplainsTheLogOfPyFsrsAsWellAsItsOwn() throws Exception {
        ReviewHistory history = log();
        double ours = loss(Fsrs6Trainer.fit(history, AS_PY_FSRS), history);
        double theirs = loss(pyFsrs(), history);
        assertThat(theirs).as("the vector belongs to this log").isLessThan(loss(Fsrs6Weights.DEFAULT, history) - 0.001);
        assertThat(ours).isLessThanOrEqualTo(theirs + 0.0005);
    }

    private static Fsrs6Weights pyFsrs() throws Exception {
        try (InputStream file = PyFsrsOptimizerTest.class.getResourceAsStream("/fsrs/fsrs-vectors.json")) {
            JsonNode vector = StreamSupport.stream(
                            new ObjectMapper().readTree(file).get("upstream").spliterator(), false)
                    .filter(each -> each.get("id").asText().equals("fsrs6.pyfsrs_optimizer"))
                    .findFirst()
                    .orElseThrow();
            return Fsrs6Weights.of(StreamSupport.stream(vector.get("params").spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray());
        }
    }

    private static double loss(Fsrs6Weights weights, ReviewHistory history) {
        double[] p = Recall.of(new Fsrs6(weights), history);
        double sum = 0;
        for (int r = 0; r < history.size(); r++) {
            if (history.isLongTerm(r)) {
                sum -= DeterministicMath.log(history.grade(r) > 1 ? p[r] : 1 - p[r]);
            }
        }
        return sum / history.longTermCount();
    }

    /**
     * With days as py-fsrs counts them, 24 hours each, which the log has in a column of their own; and without its clock, so that
     * recent reviews weigh no more than others, as with py-fsrs.
     */
    private static ReviewHistory log() throws Exception {
        List<String> lines = Files.readAllLines(LOG);
        List<String> header = List.of(lines.getFirst().split(","));
        int rows = lines.size() - 1;
        Map<String, Integer> cards = new HashMap<>();
        int[] card = new int[rows];
        int[] grade = new int[rows];
        int[] days = new int[rows];
        double[] elapsed = new double[rows];
        for (int r = 0; r < rows; r++) {
            String[] cells = lines.get(r + 1).split(",");
            int next = cards.size();
            card[r] = cards.computeIfAbsent(cells[header.indexOf("card_id")], any -> next);
            grade[r] = Integer.parseInt(cells[header.indexOf("rating")]);
            days[r] = Math.max(0, Integer.parseInt(cells[header.indexOf("elapsed_days_24h")]));
            elapsed[r] = days[r];
        }
        return ReviewHistory.of(card, grade, days, elapsed, new long[rows]);
    }
}
