package dev.devmentor.pbml.engine.confidence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What speaks for a pattern and what against it: successes and failures that fade with time, halved after every half-life.
 *
 * <p>The same observations give the same state, bit for bit, in whatever order they arrive and however they were grouped
 * before they were added together. An observation at t weighs 2^(t/H) on a scale that is fixed for ever. The whole part of
 * t/H names the period of length H that it belongs to, the rest gives a whole number 2^(20 + rest); so every period holds
 * two sums of whole numbers. Only the latest {@value #PERIODS} periods are kept: what is older weighs less than
 * 2^-{@value #LIGHTEST} of what is new, and goes, whether it came early or late.
 *
 * <p>Immutable.
 */
public final class Evidence {

    /** An observation counts half after it, unless another half-life is chosen. */
    public static final Duration DEFAULT_HALF_LIFE = Duration.ofDays(60);

    /** A full observation has this weight; feedback has more of it. */
    public static final int OBSERVATION = 16;

    static final int PERIODS = 12;
    static final int LIGHTEST = PERIODS - 1;

    private static final int FRACTION_BITS = 20;
    private static final double LN2 = 0x1.62e42fefa39efp-1;
    private static final int VERSION = 1;

    /** Weights above this are refused: sums of 2³² of them still fit. */
    private static final int HEAVIEST = 1_024;

    private final long halfLifeSeconds;

    /** Number of the period of the last element of the sums; the earlier ones lie before it. */
    private final long latest;

    private final long[] successes;
    private final long[] failures;
    private final long count;
    private final long lastAt;

    private Evidence(long halfLifeSeconds, long latest, long[] successes, long[] failures, long count, long lastAt) {
        this.halfLifeSeconds = halfLifeSeconds;
        this.latest = latest;
        this.successes = successes;
        this.failures = failures;
        this.count = count;
        this.lastAt = lastAt;
    }

    /** @param halfLife at least a second; parts of a second do not count */
    public static Evidence none(Duration halfLife) {
        if (halfLife.getSeconds() < 1) {
            throw new IllegalArgumentException("half-life " + halfLife);
        }
        return new Evidence(halfLife.getSeconds(), Long.MIN_VALUE, new long[0], new long[0], 0, Long.MIN_VALUE);
    }

    public static Evidence none() {
        return none(DEFAULT_HALF_LIFE);
    }

    /** With one more observation of full weight. */
    public Evidence with(Instant at, boolean success) {
        return with(at, success, OBSERVATION);
    }

    /**
     * With one more observation.
     *
     * @param at its own time, not that of its arrival
     * @param weight in sixteenths of an observation, 1 to 1 024
     */
    public Evidence with(Instant at, boolean success, int weight) {
        if (weight < 1 || weight > HEAVIEST) {
            throw new IllegalArgumentException("weight " + weight);
        }
        long second = at.getEpochSecond();
        long period = Math.floorDiv(second, halfLifeSeconds);
        double rest = (double) Math.floorMod(second, halfLifeSeconds) / halfLifeSeconds;
        long whole = Math.round(DeterministicMath.exp(LN2 * rest) * (1 << FRACTION_BITS)) * weight;
        return sum(new Evidence(
                halfLifeSeconds,
                period,
                new long[] {success ? whole : 0},
                new long[] {success ? 0 : whole},
                1,
                second));
    }

    /** Both together, as for two patterns that turn out to be one. */
    public Evidence plus(Evidence other) {
        if (other.halfLifeSeconds != halfLifeSeconds) {
            throw new IllegalArgumentException(
                    "half-lives differ: " + halfLifeSeconds + " s and " + other.halfLifeSeconds + " s");
        }
        return sum(other);
    }

    /**
     * As for one pattern that turns out to be several: what was observed is shared out, and the parts add up to the whole
     * exactly.
     *
     * @param shares how much each part gets, in proportion; at least 0 each, at least 1 together
     */
    public List<Evidence> split(int... shares) {
        long all = 0;
        for (int share : shares) {
            if (share < 0) {
                throw new IllegalArgumentException("share " + share);
            }
            all += share;
        }
        if (all == 0 || all > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("shares of " + all);
        }
        List<Evidence> parts = new ArrayList<>();
        long before = 0;
        for (int share : shares) {
            long upTo = before + share;
            if (share == 0 || isNone()) {
                parts.add(none(halfLife()));
            } else {
                long[] forIt = new long[successes.length];
                long[] against = new long[failures.length];
                for (int i = 0; i < forIt.length; i++) {
                    forIt[i] = part(successes[i], before, upTo, all);
                    against[i] = part(failures[i], before, upTo, all);
                }
                long own = part(count, before, upTo, all);
                parts.add(new Evidence(halfLifeSeconds, latest, forIt, against, own, lastAt));
            }
            before = upTo;
        }
        return parts;
    }

    /** Of a sum, what lies between two marks of a ruler of length all: adjacent parts leave no gap. */
    private static long part(long sum, long from, long to, long all) {
        return mark(sum, to, all) - mark(sum, from, all);
    }

    private static long mark(long sum, long at, long all) {
        return sum / all * at + sum % all * at / all;
    }

    private Evidence sum(Evidence other) {
        if (other.isNone()) {
            return this;
        }
        if (isNone()) {
            return other;
        }
        long last = Math.max(latest, other.latest);
        long first = Math.max(last - LIGHTEST, Math.min(first(), other.first()));
        int length = (int) (last - first + 1);
        long[] forIt = new long[length];
        long[] against = new long[length];
        addTo(forIt, against, first);
        other.addTo(forIt, against, first);
        return new Evidence(
                halfLifeSeconds,
                last,
                forIt,
                against,
                Math.addExact(count, other.count),
                Math.max(lastAt, other.lastAt));
    }

    private boolean isNone() {
        return successes.length == 0;
    }

    private long first() {
        return latest - successes.length + 1;
    }

    private void addTo(long[] forIt, long[] against, long first) {
        for (int i = 0; i < successes.length; i++) {
            long at = first() + i - first;
            if (at >= 0) {
                forIt[(int) at] = Math.addExact(forIt[(int) at], successes[i]);
                against[(int) at] = Math.addExact(against[(int) at], failures[i]);
            }
        }
    }

    /** Successes that are left at a time, in observations of full weight. Those of later times count in full. */
    public double successes(Instant at) {
        return faded(successes, at);
    }

    /** Failures that are left at a time. */
    public double failures(Instant at) {
        return faded(failures, at);
    }

    private double faded(long[] sums, Instant at) {
        if (isNone()) {
            return 0;
        }
        long second = Math.max(at.getEpochSecond(), lastAt);
        long period = Math.floorDiv(second, halfLifeSeconds);
        double rest = (double) Math.floorMod(second, halfLifeSeconds) / halfLifeSeconds;
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            // from the oldest; halving is exact, so only the additions round
            sum = sum / 2 + sums[i];
        }
        double passed = Math.min(period - latest, 2_000) + rest;
        return sum / ((1L << FRACTION_BITS) * OBSERVATION) * DeterministicMath.exp(-LN2 * passed);
    }

    /** The probability of success as it is known at a time: the prior, with what is left of the evidence. */
    public BetaDistribution posterior(BetaDistribution prior, Instant at) {
        return new BetaDistribution(prior.alpha() + successes(at), prior.beta() + failures(at));
    }

    /** Observations ever, whether they still count or not. */
    public long count() {
        return count;
    }

    /** Time of the latest observation; {@link Instant#MIN} without any. */
    public Instant lastAt() {
        return isNone() ? Instant.MIN : Instant.ofEpochSecond(lastAt);
    }

    public Duration halfLife() {
        return Duration.ofSeconds(halfLifeSeconds);
    }

    /** The whole state. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.int1(VERSION);
        out.varint(halfLifeSeconds);
        out.int1(successes.length);
        if (!isNone()) {
            out.varint(count);
            out.varint(lastAt);
            out.varint(latest);
            for (int i = 0; i < successes.length; i++) {
                out.varint(successes[i]);
                out.varint(failures[i]);
            }
        }
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if the bytes are not those of a snapshot */
    public static Evidence restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, Evidence::read);
    }

    private static Evidence read(ByteReader in) {
        if (in.int1() != VERSION) {
            throw new IllegalArgumentException("no snapshot of this version");
        }
        Evidence none = none(Duration.ofSeconds(in.varint()));
        int length = in.int1();
        if (length == 0) {
            return none;
        }
        if (length > PERIODS) {
            throw new IllegalArgumentException(length + " periods");
        }
        long count = in.varint();
        long lastAt = in.varint();
        long latest = in.varint();
        long[] successes = new long[length];
        long[] failures = new long[length];
        for (int i = 0; i < length; i++) {
            successes[i] = in.varint();
            failures[i] = in.varint();
            if (successes[i] < 0 || failures[i] < 0) {
                throw new IllegalArgumentException("fewer observations than none");
            }
        }
        Instant last = Instant.ofEpochSecond(lastAt);
        if (count < 1 || Math.floorDiv(last.getEpochSecond(), none.halfLifeSeconds) != latest) {
            throw new IllegalArgumentException(count + " observations until " + last + " in period " + latest);
        }
        return new Evidence(none.halfLifeSeconds, latest, successes, failures, count, lastAt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Evidence that
                && that.halfLifeSeconds == halfLifeSeconds
                && that.count == count
                && that.lastAt == lastAt
                && that.latest == latest
                && Arrays.equals(that.successes, successes)
                && Arrays.equals(that.failures, failures);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(
                new long[] {halfLifeSeconds, count, lastAt, Arrays.hashCode(successes), Arrays.hashCode(failures)});
    }

    @Override
    public String toString() {
        return "Evidence[" + count + " observations, half-life " + halfLife() + "]";
    }
}
