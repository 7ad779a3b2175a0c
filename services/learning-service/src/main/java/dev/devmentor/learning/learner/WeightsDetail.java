package dev.devmentor.learning.learner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import dev.devmentor.learning.engine.schedule.Models;

/**
 * The detail of a weights entry: the weights of both models, to the last bit, and what the fit rests on.
 *
 * @param models with the weights; their version is that of the entry
 * @param reviews how many reviews the fit has seen
 * @param lossBefore mean log loss of the default weights on the held-out part, by FSRS-7; NaN if nothing was held out
 * @param lossAfter the same of the fit
 */
public record WeightsDetail(Models models, int reviews, double lossBefore, double lossAfter) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As JSON. */
    public String toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("version", models.version());
        put(node.putArray("fsrs6"), models.fsrs6().weights().toArray());
        put(node.putArray("fsrs7"), models.fsrs7().weights().toArray());
        node.put("reviews", reviews);
        if (!Double.isNaN(lossBefore) && !Double.isNaN(lossAfter)) {
            node.put("lossBefore", lossBefore);
            node.put("lossAfter", lossAfter);
        }
        return node.toString();
    }

    /**
     * From JSON.
     *
     * @throws IllegalStateException if it is damaged
     */
    public static WeightsDetail parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return new WeightsDetail(
                    Models.of(
                            node.get("version").intValue(),
                            Fsrs6Weights.of(numbers(node.get("fsrs6"))),
                            Fsrs7Weights.of(numbers(node.get("fsrs7")))),
                    node.path("reviews").asInt(),
                    node.path("lossBefore").asDouble(Double.NaN),
                    node.path("lossAfter").asDouble(Double.NaN));
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a weights entry without readable weights", damaged);
        }
    }

    private static void put(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(value);
        }
    }

    private static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
        }
        return values;
    }
}
