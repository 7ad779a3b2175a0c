package dev.devmentor.pbml.engine.sequence;

import java.util.List;

/**
 * A symbol that may come.
 *
 * @param symbol its number
 * @param probability that it is among the next symbols, as many as the question says
 * @param evidence ids of stored sequences in which it came after what is there now, the most similar first; those of the
 *     same id once
 */
public record Prediction(int symbol, double probability, List<Long> evidence) {

    public Prediction {
        evidence = List.copyOf(evidence);
    }
}
