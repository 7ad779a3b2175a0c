package dev.devmentor.pbml.engine.drift;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores of several models by time: one {@link PrequentialScore} per model and bucket, which forgets nothing within the
 * bucket, and one with fading over all. Only the latest buckets of each model are kept.
 *
 * <p>Not thread-safe.
 */
public final class ModelScores {

    private static final int VERSION = 1;

    private final Duration bucket;
    private final int buckets;
    private final int models;
    private final Map<String, Model> byName = new TreeMap<>();

    private static final class Model {
        PrequentialScore recent = new PrequentialScore();
        final TreeMap<Long, PrequentialScore> byBucket = new TreeMap<>();
    }

    /**
     * One bucket of one model.
     *
     * @param from its first instant
     * @param score of the predictions in it
     */
    public record Bucket(Instant from, PrequentialScore score) {}

    private static final int LONGEST_NAME = 128;

    /**
     * @param bucket length of a bucket, whole seconds
     * @param buckets how many are kept of a model
     * @param models how many models there may be; further ones are refused
     */
    public ModelScores(Duration bucket, int buckets, int models) {
        if (bucket.getSeconds() < 1 || buckets < 1 || models < 1) {
            throw new IllegalArgumentException(buckets + " buckets of " + bucket + " for " + models + " models");
        }
        this.bucket = Duration.ofSeconds(bucket.getSeconds());
        this.buckets = buckets;
        this.models = models;
    }

    /**
     * Judges one prediction.
     *
     * @param model its name, at most 128 characters
     * @return false if there are too many models for one more
     */
    public boolean add(String model, Instant at, double p, boolean happened) {
        Model of = byName.get(model);
        if (of == null) {
            if (model.length() > LONGEST_NAME) {
                throw new IllegalArgumentException("the name of a model has " + model.length() + " characters");
            }
            if (byName.size() >= models) {
                return false;
            }
            of = new Model();
            byName.put(model, of);
        }
        of.recent.add(p, happened);
        long number = Math.floorDiv(at.getEpochSecond(), bucket.getSeconds());
        of.byBucket.computeIfAbsent(number, n -> new PrequentialScore(1)).add(p, happened);
        if (of.byBucket.size() > buckets) {
            of.byBucket.pollFirstEntry();
        }
        return true;
    }

    /** Names of the models, sorted. */
    public List<String> models() {
        return List.copyOf(byName.keySet());
    }

    /** The score with fading; an empty one for a model that is not known. */
    public PrequentialScore recent(String model) {
        Model of = byName.get(model);
        return of == null ? new PrequentialScore() : of.recent;
    }

    /** Buckets of a model, the oldest first. */
    public List<Bucket> buckets(String model) {
        List<Bucket> list = new ArrayList<>();
        Model of = byName.get(model);
        if (of != null) {
            of.byBucket.forEach((number, score) -> list.add(new Bucket(from(number), score)));
        }
        return list;
    }

    private Instant from(long number) {
        return Instant.ofEpochSecond(Math.multiplyExact(number, bucket.getSeconds()));
    }

    /** The whole state; {@link #restore} continues from it with the same bits. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.int1(VERSION);
        out.varint(bucket.getSeconds());
        out.varint(buckets);
        out.varint(models);
        out.varint(byName.size());
        byName.forEach((name, model) -> {
            out.text(name);
            model.recent.write(out);
            out.varint(model.byBucket.size());
            model.byBucket.forEach((number, score) -> {
                out.varint(number);
                score.write(out);
            });
        });
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if the bytes are not those of a snapshot */
    public static ModelScores restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, ModelScores::read);
    }

    private static ModelScores read(ByteReader in) {
        if (in.int1() != VERSION) {
            throw new IllegalArgumentException("no snapshot of this version");
        }
        ModelScores scores = new ModelScores(
                Duration.ofSeconds(in.varint()), Math.toIntExact(in.varint()), Math.toIntExact(in.varint()));
        int known = in.count(2);
        if (known > scores.models) {
            throw new IllegalArgumentException(known + " models");
        }
        for (int i = 0; i < known; i++) {
            Model model = new Model();
            scores.byName.put(in.text(), model);
            model.recent = PrequentialScore.read(in);
            int kept = in.count(2);
            if (kept > scores.buckets) {
                throw new IllegalArgumentException(kept + " buckets");
            }
            for (int k = 0; k < kept; k++) {
                long number = in.varint();
                scores.from(number); // it has to be a time
                model.byBucket.put(number, PrequentialScore.read(in));
            }
        }
        return scores;
    }
}
