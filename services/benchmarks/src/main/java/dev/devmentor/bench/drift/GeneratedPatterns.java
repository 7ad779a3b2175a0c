package dev.devmentor.bench.drift;

import dev.devmentor.pbml.engine.confidence.BetaDistribution;
import dev.devmentor.pbml.engine.confidence.Calibration;
import dev.devmentor.pbml.engine.confidence.Calibrator;
import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.confidence.LifeCycle;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Patterns with a true rate of their own, tried at random times over a year. Half of the rates are drawn evenly, half lie near
 * 0 or near 1, as those of real patterns do; a fifth of the patterns changes its rate once.
 */
final class GeneratedPatterns {

    private static final int PATTERNS = 4_000;
    private static final int MOST_TRIALS = 120;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private GeneratedPatterns() {}

    /**
     * Expected calibration errors, every trial predicted before it is learnt from.
     *
     * @return of the posterior mean; of a model that exaggerates the log odds of the true rate threefold; of that model
     *     behind a calibrator
     */
    static double[] calibrationErrors(SplittableRandom random) {
        Calibration posterior = new Calibration();
        Calibration raw = new Calibration();
        Calibration calibrated = new Calibration();
        Calibrator calibrator = new Calibrator();
        BetaDistribution prior = LifeCycle.DEFAULT.prior();
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            Evidence evidence = Evidence.none();
            double rate = rate(random);
            double later = random.nextInt(5) == 0 ? rate(random) : rate;
            int trials = 1 + random.nextInt(MOST_TRIALS);
            int change = random.nextInt(trials);
            for (int trial = 0; trial < trials; trial++) {
                Instant at = START.plusSeconds(YEAR.toSeconds() * trial / trials + random.nextInt(3_600));
                double now = trial < change ? rate : later;
                boolean held = random.nextDouble() < now;
                posterior.add(evidence.posterior(prior, at).mean(), held);
                double odds = now / (1 - now);
                double sure = odds * odds * odds / (1 + odds * odds * odds);
                raw.add(sure, held);
                calibrated.add(calibrator.calibrate(sure), held);
                calibrator.learn(sure, held);
                evidence = evidence.with(at, held);
            }
        }
        return new double[] {posterior.error(), raw.error(), calibrated.error()};
    }

    private static double rate(SplittableRandom random) {
        double even = 0.01 + 0.98 * random.nextDouble();
        return switch (random.nextInt(4)) {
            case 0 -> 0.01 + 0.2 * even * even;
            case 1 -> 0.99 - 0.2 * even * even;
            default -> even;
        };
    }
}
