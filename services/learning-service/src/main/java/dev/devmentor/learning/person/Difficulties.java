package dev.devmentor.learning.person;

import dev.devmentor.learning.engine.person.SharedDifficulties;
import dev.devmentor.learning.engine.person.SharedKey;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.SharedRating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All epochs up to one, in memory. Immutable. */
final class Difficulties implements SharedDifficulties {
    static final Difficulties NOTHING = new Difficulties(new long[0], Map.of(), new TreeMap<>());

    private final long[] from; // from[n] is where epoch n begins
    private final Map<SharedKey, List<Step>> steps; // each list in the order of epochs
    private final NavigableMap<Integer, Layer> layers; // by the first epoch of each

    private Difficulties(long[] from, Map<SharedKey, List<Step>> steps, NavigableMap<Integer, Layer> layers) {
        this.from = from;
        this.steps = steps;
        this.layers = layers;
    }

    /**
     * A difficulty from an epoch on.
     *
     * @param guess chance to guess an item of the bank; NaN for what is not of the bank
     * @param seconds what a good answer to an item of the bank takes
     */
    record Step(SharedKey key, SharedRating rating, double guess, int seconds) {
        boolean ofBank() {
            return !Double.isNaN(guess);
        }
    }

    /** The newest epoch; -1 if there is none. */
    int newest() {
        return from.length - 1;
    }

    /**
     * This with more epochs.
     *
     * @param moreFrom where each begins
     * @param more what changes in them
     * @param moreLayers by the first epoch of each
     */
    Difficulties with(long[] moreFrom, Collection<Step> more, Map<Integer, Layer> moreLayers) {
        long[] allFrom = Arrays.copyOf(from, from.length + moreFrom.length);
        System.arraycopy(moreFrom, 0, allFrom, from.length, moreFrom.length);
        Map<SharedKey, List<Step>> all = new HashMap<>(steps);
        Map<SharedKey, List<Step>> changed = new HashMap<>();
        for (Step step : more) {
            changed.computeIfAbsent(step.key(), key -> new ArrayList<>(steps.getOrDefault(key, List.of())))
                    .add(step);
        }
        all.putAll(changed);
        NavigableMap<Integer, Layer> allLayers = new TreeMap<>(layers);
        allLayers.putAll(moreLayers);
        return new Difficulties(allFrom, all, allLayers);
    }

    /** What is in force in the newest epoch; null if nobody's answers and no bank say anything. */
    @Nullable Step latest(SharedKey key) {
        return at(newest(), key);
    }

    @Override
    public int epochAt(long atMicros) {
        int place = Arrays.binarySearch(from, atMicros);
        return place >= 0 ? place : -place - 2;
    }

    @Override
    public SharedRating root(int epoch) {
        Step step = at(epoch, SharedKey.EVERYTHING);
        return step == null ? SharedRating.ROOT : step.rating();
    }

    @Override
    public SharedRating skill(int epoch, String skill) {
        Step step = at(epoch, SharedKey.ofSkill(skill));
        return step == null ? SharedRating.SKILL : step.rating();
    }

    @Override
    public Item item(int epoch, String item) {
        Step step = at(epoch, SharedKey.ofItem(item));
        if (step == null) {
            return Item.UNKNOWN;
        }
        return new Item(step.rating(), step.ofBank() ? step.guess() : 0, step.seconds(), step.ofBank());
    }

    @Override
    public Layer layer(int epoch) {
        Map.Entry<Integer, Layer> inForce = layers.floorEntry(epoch);
        return inForce == null ? Layer.INITIAL : inForce.getValue();
    }

    private @Nullable Step at(int epoch, SharedKey key) {
        List<Step> history = steps.getOrDefault(key, List.of());
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).rating().epoch() <= epoch) {
                return history.get(i);
            }
        }
        return null;
    }
}
