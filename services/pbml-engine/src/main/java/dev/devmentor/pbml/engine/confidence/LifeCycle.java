package dev.devmentor.pbml.engine.confidence;

import java.time.Duration;
import java.time.Instant;

/**
 * Rules by which patterns come and go. Each way back is harder than the way there (hysteresis), so that a pattern on an edge
 * does not go to and fro:
 *
 * <ul>
 *   <li>candidate → active: enough evidence left, and the lower bound at least {@code activeFrom};
 *   <li>active → stale: the mean below {@code staleBelow}, or nothing seen for {@code quietUntilStale};
 *   <li>stale → active: as from candidate, and seen within {@code quietUntilStale};
 *   <li>candidate or stale → retired: the upper bound below {@code retiredBelow} with enough evidence, or nothing seen for
 *       {@code quietUntilRetired};
 *   <li>retired → candidate: seen after it was retired, and the mean at least {@code staleBelow} again.
 * </ul>
 *
 * <p>A review moves a pattern by one step at most. What a review finds depends on the evidence and the time alone; reviews at
 * agreed times therefore give everyone the same states, in whatever order observations came in between.
 *
 * @param prior what is believed of a pattern that was never tried
 * @param bound probability that the true rate lies below the lower bound (and above the upper one)
 * @param leastEvidence observations of full weight that have to be left
 * @param activeFrom lower bound from which a pattern is offered
 * @param staleBelow mean below which it no longer is; below {@code activeFrom}
 * @param retiredBelow upper bound below which it is given up; not above {@code staleBelow}
 * @param quietUntilStale so long unseen
 * @param quietUntilRetired so much longer unseen
 */
public record LifeCycle(
        BetaDistribution prior,
        double bound,
        double leastEvidence,
        double activeFrom,
        double staleBelow,
        double retiredBelow,
        Duration quietUntilStale,
        Duration quietUntilRetired) {

    /** As shipped. The prior is Jeffreys'. */
    public static final LifeCycle DEFAULT = new LifeCycle(
            new BetaDistribution(0.5, 0.5), 0.05, 3, 0.5, 0.4, 0.3, Duration.ofDays(90), Duration.ofDays(365));

    public LifeCycle {
        if (!(bound > 0 && bound < 0.5)
                || !(leastEvidence > 0)
                || !(staleBelow < activeFrom)
                || !(retiredBelow <= staleBelow)
                || quietUntilStale.compareTo(quietUntilRetired) >= 0) {
            throw new IllegalArgumentException("rules without hysteresis");
        }
    }

    /**
     * Where a pattern stands after a review.
     *
     * @param state where it stood
     * @param since since when
     * @param evidence what is known of it
     * @param at time of the review
     */
    public LifeState review(LifeState state, Instant since, Evidence evidence, Instant at) {
        BetaDistribution posterior = evidence.posterior(prior, at);
        double left = evidence.successes(at) + evidence.failures(at);
        boolean enough = left >= leastEvidence;
        boolean stale = isQuiet(evidence, since, at, quietUntilStale);
        // A quantile is compared by the distribution function, which costs a tenth.
        boolean deserves = enough && !stale && posterior.cdf(activeFrom) <= bound;
        return switch (state) {
            case CANDIDATE ->
                deserves ? LifeState.ACTIVE : fails(posterior, enough, evidence, since, at) ? LifeState.RETIRED : state;
            case ACTIVE -> stale || posterior.mean() < staleBelow ? LifeState.STALE : state;
            case STALE ->
                deserves ? LifeState.ACTIVE : fails(posterior, enough, evidence, since, at) ? LifeState.RETIRED : state;
            case RETIRED ->
                evidence.lastAt().isAfter(since) && posterior.mean() >= staleBelow ? LifeState.CANDIDATE : state;
        };
    }

    private boolean fails(BetaDistribution posterior, boolean enough, Evidence evidence, Instant since, Instant at) {
        return isQuiet(evidence, since, at, quietUntilRetired) || enough && posterior.cdf(retiredBelow) > 1 - bound;
    }

    private static boolean isQuiet(Evidence evidence, Instant since, Instant at, Duration quiet) {
        Instant last = evidence.lastAt().equals(Instant.MIN) ? since : evidence.lastAt();
        return last.plus(quiet).isBefore(at);
    }
}
