package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.sequence.Alphabet;
import dev.devmentor.pbml.engine.sequence.Prediction;
import dev.devmentor.pbml.engine.sequence.SequenceMixture;
import dev.devmentor.pbml.engine.sequence.SequenceQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a person does after what, session by session: foreseen by the mixture, and as patterns of two or three actions. */
final class Actions {
    static final String MODEL = "next-action";

    private Alphabet alphabet;
    private SequenceMixture mixture;
    private final Claims claims;
    private @Nullable String last;
    private @Nullable String beforeLast;

    Actions(OwnerLimits limits) {
        alphabet = new Alphabet(limits.actions().symbols() - 1);
        mixture = new SequenceMixture(SequenceQuestion.NEXT, limits.actions());
        claims = new Claims(PatternKind.SEQUENCE, limits.claims());
    }

    /** @param session names the running session */
    void observe(long session, String action, Observation.Stamp stamp, Patterns patterns, Performance performance) {
        if (last != null && performance.isWanted(MODEL)) {
            List<Prediction> foreseen = mixture.predict(session, 1);
            if (!foreseen.isEmpty()) {
                Prediction likeliest = foreseen.getFirst();
                performance.judged(
                        MODEL, stamp.key(), likeliest.probability(), likeliest.symbol() == alphabet.find(action));
            }
        }
        mixture.observe(session, alphabet.add(action));
        if (last != null) {
            claims.tried(last, Set.of(action), stamp, null, null, Actions::name, patterns);
            if (beforeLast != null) {
                claims.tried(beforeLast + ", then " + last, Set.of(action), stamp, null, null, Actions::name, patterns);
            }
        }
        beforeLast = last;
        last = action;
    }

    private static String name(String before, String after) {
        return before + ", then " + after;
    }

    void endSession(long session) {
        mixture.close(session);
        last = null;
        beforeLast = null;
    }

    /** @param session the running one; null if there is none, so that what begins a session is told */
    List<Likely> predict(@Nullable Long session, int limit, Performance performance) {
        List<Prediction> foreseen =
                session == null ? mixture.predict(new int[0], limit) : mixture.predict(session, limit);
        return likely(foreseen, performance);
    }

    /** @param actions the last ones, the latest last */
    List<Likely> predictAfter(List<String> actions, int limit, Performance performance) {
        return likely(mixture.predict(actions.stream().mapToInt(alphabet::find).toArray(), limit), performance);
    }

    private List<Likely> likely(List<Prediction> foreseen, Performance performance) {
        List<Likely> likely = new ArrayList<>();
        double lowest = 1;
        for (Prediction each : foreseen) {
            // Calibration is learned from the likeliest one; it must not turn the order of the others round.
            lowest = Math.min(lowest, performance.calibrated(MODEL, each.probability()));
            likely.add(new Likely(
                    alphabet.text(each.symbol()),
                    lowest,
                    "it came next in " + each.evidence().size() + " of the most similar sessions",
                    List.of(),
                    each.evidence()));
        }
        return likely;
    }

    int transitions() {
        return mixture.transitions();
    }

    int sessions() {
        return mixture.sequences();
    }

    void write(ByteWriter out) {
        Bytes.write(out, alphabet.snapshot());
        Bytes.write(out, mixture.snapshot());
        claims.write(out);
        Bytes.write(out, last);
        Bytes.write(out, beforeLast);
    }

    void read(ByteReader in) {
        alphabet = Alphabet.restore(Bytes.bytes(in));
        mixture = SequenceMixture.restore(Bytes.bytes(in));
        claims.read(in);
        last = Bytes.textOrNull(in);
        beforeLast = Bytes.textOrNull(in);
    }
}
