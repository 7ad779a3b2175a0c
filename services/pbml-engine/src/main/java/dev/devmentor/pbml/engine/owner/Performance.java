package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.Calibrator;
import dev.devmentor.pbml.engine.drift.Adwin;
import dev.devmentor.pbml.engine.drift.ModelScores;
import dev.devmentor.pbml.engine.drift.PrequentialScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well each model foresaw what came, judged before it learned from it: the likeliest thing that it named, with the
 * probability that it gave.
 */
public final class Performance {
    /** Models that are judged. */
    public static final List<String> MODELS = List.of("next-action", "related-files", "likely-error", "likely-fix");

    private static final int DAYS = 60;
    /** Asking a model costs more than teaching it: after so many predictions every eighth is judged. */
    private static final int ALL_OF_THE_FIRST = 500;

    private static final int ONE_OF = 8;

    private ModelScores scores = new ModelScores(Duration.ofDays(1), DAYS, MODELS.size());
    private final Map<String, Judge> judges = new TreeMap<>();

    /** Noticed since somebody asked; no part of the state. */
    private final List<Drifted> drifts = new ArrayList<>();

    private static final class Judge {
        long occasions;
        Adwin adwin = new Adwin();
        Calibrator calibrator = new Calibrator();

        @Nullable Drifted last;
    }

    /**
     * A model foresees as well as it did no more, or better.
     *
     * @param key of the observation that made it certain
     * @param before rate of right predictions before
     * @param after the rate since
     * @param observations of the new rate
     */
    public record Drifted(String model, EventKey key, double before, double after, long observations) {}

    /** Whether a prediction should be made for being judged now; to be asked once an occasion. */
    boolean isWanted(String model) {
        long occasion = judge(model).occasions++;
        return occasion < ALL_OF_THE_FIRST || occasion % ONE_OF == 0;
    }

    private Judge judge(String model) {
        return judges.computeIfAbsent(model, _ -> new Judge());
    }

    /** What a model's probability means, as far as it is known. */
    double calibrated(String model, double raw) {
        Judge judge = judges.get(model);
        return judge == null ? raw : judge.calibrator.calibrate(raw);
    }

    /** @param raw the probability of the likeliest thing, as the model gives it */
    void judged(String model, EventKey key, double raw, boolean right) {
        Judge judge = judge(model);
        double p = judge.calibrator.calibrate(raw);
        judge.calibrator.learn(raw, right);
        scores.add(model, Bytes.instant(key.atMicros()), p, right);
        Adwin.Drift drift = judge.adwin.add(right);
        if (drift != null) {
            Drifted drifted = new Drifted(model, key, drift.before(), drift.after(), drift.afterEvents());
            judge.last = drifted;
            drifts.add(drifted);
        }
    }

    List<Drifted> takeDrifts() {
        List<Drifted> taken = List.copyOf(drifts);
        drifts.clear();
        return taken;
    }

    /** With fading, over all time; an empty one for a model that never was judged. */
    public PrequentialScore recent(String model) {
        return scores.recent(model);
    }

    /** By day, the oldest first. */
    public List<ModelScores.Bucket> byDay(String model) {
        return scores.buckets(model);
    }

    /** The last change of a model's rate; null if there was none. */
    public @Nullable Drifted lastDrift(String model) {
        Judge judge = judges.get(model);
        return judge == null ? null : judge.last;
    }

    /** Changes of a model's rate so far. */
    public long drifts(String model) {
        Judge judge = judges.get(model);
        return judge == null ? 0 : judge.adwin.drifts();
    }

    /** How often there was something to foresee. */
    public long occasions(String model) {
        Judge judge = judges.get(model);
        return judge == null ? 0 : judge.occasions;
    }

    void write(ByteWriter out) {
        Bytes.write(out, scores.snapshot());
        out.varint(judges.size());
        judges.forEach((model, judge) -> {
            out.text(model);
            out.varint(judge.occasions);
            Bytes.write(out, judge.adwin.snapshot());
            Bytes.write(out, judge.calibrator.snapshot());
            out.bool(judge.last != null);
            if (judge.last != null) {
                out.varint(judge.last.key().atMicros());
                out.text(judge.last.key().source());
                out.text(judge.last.key().id());
                out.float8(judge.last.before());
                out.float8(judge.last.after());
                out.varint(judge.last.observations());
            }
        });
    }

    void read(ByteReader in) {
        scores = ModelScores.restore(Bytes.bytes(in));
        for (int left = Bytes.count(in); left > 0; left--) {
            Judge judge = new Judge();
            String model = in.text();
            judges.put(model, judge);
            judge.occasions = in.varint();
            judge.adwin = Adwin.restore(Bytes.bytes(in));
            judge.calibrator = Calibrator.restore(Bytes.bytes(in));
            if (in.bool()) {
                judge.last = new Drifted(
                        model, new EventKey(in.varint(), in.text(), in.text()), in.float8(), in.float8(), in.varint());
            }
        }
    }
}
