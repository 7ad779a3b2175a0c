package dev.devmentor.pbml.engine.study;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of the next answer: log odds of being right = the person's level + the item's ease for this person, both
 * known with a variance that grows with the days that pass, as people learn and forget.
 *
 * <p>Learned online: the Elo rating with uncertainty (Glickman 1999; Pelánek 2016, "Applications of the Elo rating system in
 * adaptive educational systems") as an extended Kalman filter of the two. A prediction is moderated by the variance
 * (MacKay 1992), so that little knowledge expects something near one half.
 */
final class Expectation {

    private static final double MICROS_OF_DAY = 86_400e6;
    private static final double LEVEL_VARIANCE = 1;
    private static final double LEVEL_DRIFT_OF_DAY = 0.002;
    private static final double ITEM_VARIANCE = 1.5;
    private static final double ITEM_DRIFT_OF_DAY = 0.01;
    private static final double ITEM_DRIFT_OF_ANSWER = 0.02;
    private static final double MODERATION = 0.39269908169872414; // π / 8

    private final int limit;
    private double level;
    private double levelVariance = LEVEL_VARIANCE;
    private long levelAt = Long.MIN_VALUE;

    /** The item that was asked longest ago comes first. */
    private final LinkedHashMap<String, Ease> items = new LinkedHashMap<>(16, 0.75f, true);

    /** How easy an item is for the person. */
    private static final class Ease {
        final String item;
        double mean;
        double variance;
        long at;
        long sitting;

        Ease(String item, double mean, double variance, long at, long sitting) {
            this.item = item;
            this.mean = mean;
            this.variance = variance;
            this.at = at;
            this.sitting = sitting;
        }
    }

    /**
     * @param item the id, as one string that all answers share
     * @param missLogit log odds of a miss
     * @param known whether the item was asked in an earlier sitting
     * @param again whether it was asked in this sitting before
     */
    record Expected(String item, double missLogit, boolean known, boolean again) {}

    Expectation(int limit) {
        this.limit = limit;
    }

    int items() {
        return items.size();
    }

    /** What is expected; then learns from what came. An item asked again in the same sitting teaches nothing more. */
    Expected observe(String item, long at, long sitting, boolean missed) {
        @Nullable Ease found = items.get(item);
        boolean known = found != null;
        Ease ease = found == null ? new Ease(item, 0, ITEM_VARIANCE, at, sitting) : found;
        if (known && ease.sitting == sitting) {
            return new Expected(ease.item, -(level + ease.mean), true, true);
        }
        if (known) {
            double drift = ITEM_DRIFT_OF_ANSWER + ITEM_DRIFT_OF_DAY * (at - ease.at) / MICROS_OF_DAY;
            ease.variance = Math.min(ITEM_VARIANCE, ease.variance + drift);
        } else {
            items.put(item, ease);
            forget();
        }
        if (levelAt != Long.MIN_VALUE) {
            levelVariance =
                    Math.min(LEVEL_VARIANCE, levelVariance + LEVEL_DRIFT_OF_DAY * (at - levelAt) / MICROS_OF_DAY);
        }
        double mean = level + ease.mean;
        double variance = levelVariance + ease.variance;
        double right = Logistic.probability(mean);
        double information = right * (1 - right);
        double step = ((missed ? 0 : 1) - right) / (1 + information * variance);
        double shrink = information / (1 + information * variance);
        level += levelVariance * step;
        ease.mean += ease.variance * step;
        levelVariance -= levelVariance * levelVariance * shrink;
        ease.variance -= ease.variance * ease.variance * shrink;
        levelAt = at;
        ease.at = at;
        ease.sitting = sitting;
        return new Expected(ease.item, -mean / Math.sqrt(1 + MODERATION * variance), known, false);
    }

    private void forget() {
        Iterator<String> oldest = items.keySet().iterator();
        while (items.size() > limit) {
            oldest.next();
            oldest.remove();
        }
    }

    void write(ByteWriter out) {
        out.float8(level);
        out.float8(levelVariance);
        out.int8(levelAt);
        out.int4(items.size());
        for (Ease ease : items.values()) {
            out.text(ease.item);
            out.float8(ease.mean);
            out.float8(ease.variance);
            out.varint(ease.at);
            out.varint(ease.sitting);
        }
    }

    static Expectation read(ByteReader in, int limit) {
        Expectation read = new Expectation(limit);
        read.level = in.finite8();
        read.levelVariance = in.finite8();
        read.levelAt = in.int8();
        int size = in.int4();
        if (size < 0 || size > limit) {
            throw new IllegalArgumentException(size + " items");
        }
        for (int i = 0; i < size; i++) {
            String item = in.text();
            read.items.put(item, new Ease(item, in.finite8(), in.finite8(), in.varint(), in.varint()));
        }
        return read;
    }
}
