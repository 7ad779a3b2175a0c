package dev.devmentor.pbml.engine.confidence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a pattern may be trusted: its evidence, where it stands in its life, and which patterns it came from.
 *
 * <p>Immutable. Observations and feedback commute; reviews and merges are steps that everyone takes at the same place.
 *
 * @param evidence for and against it
 * @param state where it stands
 * @param since since when
 * @param lineage what it was made from, the latest last; at most {@value #LONGEST_LINEAGE} steps
 */
public record Confidence(Evidence evidence, LifeState state, Instant since, List<Origin> lineage) {

    /** Feedback of a person counts as so many sixteenths: five observations. */
    public static final int FEEDBACK = 5 * Evidence.OBSERVATION;

    static final int LONGEST_LINEAGE = 32;

    private static final int VERSION = 1;

    /** How a pattern took over the evidence of another. */
    public enum Step {
        MERGED_FROM,
        SPLIT_FROM
    }

    /**
     * A step of the lineage.
     *
     * @param step what was done
     * @param pattern the other pattern's id
     * @param at when
     * @param observations how many it brought
     */
    public record Origin(Step step, String pattern, Instant at, long observations) {}

    public Confidence {
        lineage = List.copyOf(lineage);
    }

    /** A pattern that was met for the first time. */
    public static Confidence of(Instant at) {
        return new Confidence(Evidence.none(), LifeState.CANDIDATE, at, List.of());
    }

    /** After it was tried: it held or it did not. */
    public Confidence observed(Instant at, boolean held) {
        return with(evidence.with(at, held));
    }

    /** After a person said whether it helped. */
    public Confidence feedback(Instant at, boolean helped) {
        return with(evidence.with(at, helped, FEEDBACK));
    }

    /** After a review by the rules. */
    public Confidence reviewed(LifeCycle rules, Instant at) {
        LifeState next = rules.review(state, since, evidence, at);
        return next == state ? this : new Confidence(evidence, next, at, lineage);
    }

    /** Retired by a person, whatever the evidence says; it comes back only if it is seen again. */
    public Confidence retired(Instant at) {
        return new Confidence(evidence, LifeState.RETIRED, at, lineage);
    }

    /** The probability that it holds, as it is known at a time. */
    public BetaDistribution posterior(LifeCycle rules, Instant at) {
        return evidence.posterior(rules.prior(), at);
    }

    /** What patterns are ranked by: it holds at least so often, with probability 1 − {@code bound}. */
    public double lowerBound(LifeCycle rules, Instant at) {
        return posterior(rules, at).quantile(rules.bound());
    }

    /** Takes over another pattern, which is the same as this one. The better state of the two stays. */
    public Confidence merge(String otherId, Confidence other, Instant at) {
        boolean better = rank(other.state) < rank(state);
        return new Confidence(
                evidence.plus(other.evidence),
                better ? other.state : state,
                better ? other.since : since,
                with(new Origin(Step.MERGED_FROM, otherId, at, other.evidence.count())));
    }

    /**
     * Gives way to several patterns, each with its share of the evidence, in the same state.
     *
     * @param id its own
     * @param shares of the parts, in proportion
     */
    public List<Confidence> split(String id, Instant at, int... shares) {
        List<Confidence> parts = new ArrayList<>();
        for (Evidence part : evidence.split(shares)) {
            parts.add(new Confidence(part, state, since, with(new Origin(Step.SPLIT_FROM, id, at, part.count()))));
        }
        return parts;
    }

    private static int rank(LifeState state) {
        return switch (state) {
            case ACTIVE -> 0;
            case CANDIDATE -> 1;
            case STALE -> 2;
            case RETIRED -> 3;
        };
    }

    private Confidence with(Evidence next) {
        return new Confidence(next, state, since, lineage);
    }

    private List<Origin> with(Origin origin) {
        List<Origin> longer = new ArrayList<>(lineage);
        longer.add(origin);
        return longer.size() > LONGEST_LINEAGE ? longer.subList(1, longer.size()) : longer;
    }

    /** The whole state. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.int1(VERSION);
        byte[] bytes = evidence.snapshot();
        out.varint(bytes.length);
        for (byte b : bytes) {
            out.int1(b);
        }
        out.int1(state.ordinal());
        write(out, since);
        out.int1(lineage.size());
        for (Origin origin : lineage) {
            out.int1(origin.step.ordinal());
            out.text(origin.pattern);
            write(out, origin.at);
            out.varint(origin.observations);
        }
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if the bytes are not those of a snapshot */
    public static Confidence restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, Confidence::read);
    }

    private static Confidence read(ByteReader in) {
        if (in.int1() != VERSION) {
            throw new IllegalArgumentException("no snapshot of this version");
        }
        long length = in.varint();
        if (length < 0 || length > in.left()) {
            throw new IllegalArgumentException("evidence of " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) in.int1();
        }
        Evidence evidence = Evidence.restore(bytes);
        LifeState state = pick(LifeState.values(), in.int1());
        Instant since = instant(in);
        List<Origin> lineage = new ArrayList<>();
        for (int left = in.int1(); left > 0; left--) {
            lineage.add(new Origin(pick(Step.values(), in.int1()), in.text(), instant(in), in.varint()));
        }
        return new Confidence(evidence, state, since, lineage);
    }

    private static void write(ByteWriter out, Instant instant) {
        out.varint(instant.getEpochSecond());
        out.int4(instant.getNano());
    }

    private static Instant instant(ByteReader in) {
        return Instant.ofEpochSecond(in.varint(), in.int4());
    }

    private static <E> E pick(E[] values, int ordinal) {
        if (ordinal >= values.length) {
            throw new IllegalArgumentException("no value " + ordinal);
        }
        return values[ordinal];
    }
}
