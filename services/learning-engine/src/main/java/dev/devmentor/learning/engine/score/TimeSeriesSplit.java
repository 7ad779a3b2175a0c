package dev.devmentor.learning.engine.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits n predictions in time order into a first part that only trains, and k test parts, each predicted from all before it.
 *
 * <p>Source: scikit-learn, model_selection.TimeSeriesSplit: test parts have n / (k + 1) each, the first part takes the rest.
 */
public final class TimeSeriesSplit {

    private TimeSeriesSplit() {}

    /**
     * A test part; what trains for it is everything before it.
     *
     * @param from the first prediction of it
     * @param to behind the last
     */
    public record Part(int from, int to) {}

    /**
     * The test parts in order.
     *
     * @param n how many predictions there are
     * @param parts how many test parts, at least 1
     * @throws IllegalArgumentException if there are too few predictions
     */
    public static List<Part> of(int n, int parts) {
        int size = n / (parts + 1);
        if (parts < 1 || size < 1) {
            throw new IllegalArgumentException(n + " predictions cannot be split into " + parts + " parts");
        }
        List<Part> result = new ArrayList<>();
        for (int i = parts; i >= 1; i--) {
            result.add(new Part(n - i * size, n - (i - 1) * size));
        }
        return List.copyOf(result);
    }
}
