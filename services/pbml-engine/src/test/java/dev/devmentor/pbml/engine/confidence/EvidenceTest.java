package dev.devmentor.pbml.engine.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static final boolean LONG = Boolean.getBoolean("devmentor.long");
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HALF_LIFE = Evidence.DEFAULT_HALF_LIFE;

    private record Observation(Instant at, boolean success, int weight) {}

    @Test
    void countsWhatHasJustHappenedInFull() {
        Evidence evidence = Evidence.none().with(START, true).with(START, true).with(START, false);
        assertThat(evidence.successes(START)).isEqualTo(2, within(1e-5));
        assertThat(evidence.failures(START)).isEqualTo(1, within(1e-5));
        assertThat(evidence.count()).isEqualTo(3);
        assertThat(evidence.lastAt()).isEqualTo(START);
    }

    @Test
    void halvesAfterAHalfLifeAndReturnsToThePrior() {
        BetaDistribution prior = new BetaDistribution(1, 3);
        Evidence evidence = Evidence.none();
        for (int i = 0; i < 12; i++) {
            evidence = evidence.with(START, true);
        }
        assertThat(evidence.successes(START.plus(HALF_LIFE))).isEqualTo(6, within(1e-4));
        assertThat(evidence.successes(START.plus(HALF_LIFE.multipliedBy(3)))).isEqualTo(1.5, within(1e-4));
        assertThat(evidence.posterior(prior, START).mean()).isEqualTo(13.0 / 16, within(1e-5));
        assertThat(evidence.posterior(prior, START.plus(Duration.ofDays(20_000)))
                        .mean())
                .isEqualTo(0.25, within(1e-9));
    }

    @Test
    void weighsFeedbackByItsOwn() {
        Evidence evidence = Evidence.none().with(START, false, 5 * Evidence.OBSERVATION);
        assertThat(evidence.failures(START)).isEqualTo(5, within(1e-4));
    }

    @Test
    void nothingFadesBackwards() {
        Evidence evidence = Evidence.none().with(START, true);
        assertThat(evidence.successes(START.minus(HALF_LIFE))).isEqualTo(evidence.successes(START));
    }

    @Test
    void theOrderOfArrivalDoesNotCount() {
        SplittableRandom random = new SplittableRandom(12);
        for (int round = 0; round < (LONG ? 20_000 : 500); round++) {
            List<Observation> observations = observations(random, 1 + random.nextInt(60));
            Evidence inOrder = of(observations);
            Collections.shuffle(observations, new Random(round));
            Evidence shuffled = of(observations);
            assertThat(shuffled).isEqualTo(inOrder);
            assertThat(shuffled.snapshot()).isEqualTo(inOrder.snapshot());
            int cut = random.nextInt(observations.size() + 1);
            Evidence parts = of(observations.subList(cut, observations.size())).plus(of(observations.subList(0, cut)));
            assertThat(parts.snapshot()).isEqualTo(inOrder.snapshot());
        }
    }

    @Test
    void agreesWithTheFormula() {
        SplittableRandom random = new SplittableRandom(13);
        for (int round = 0; round < 300; round++) {
            List<Observation> observations = observations(random, 1 + random.nextInt(40));
            Instant now = observations.stream()
                    .map(Observation::at)
                    .max(Instant::compareTo)
                    .orElseThrow()
                    .plusSeconds(random.nextInt(10_000_000));
            double exact = 0;
            for (Observation one : observations) {
                double age = (double) Duration.between(one.at, now).toSeconds() / HALF_LIFE.toSeconds();
                exact += one.success ? one.weight / 16.0 * Math.pow(2, -age) : 0;
            }
            // what has faded by eleven half-lives may be gone
            assertThat(of(observations).successes(now)).isEqualTo(exact, within(1e-5 * exact + 64 * 40 * 0x1p-11));
        }
    }

    @Test
    void memoryStaysBounded() {
        Evidence evidence = Evidence.none(Duration.ofHours(1));
        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < 200_000; i++) {
            evidence = evidence.with(START.plusSeconds(600L * i + random.nextInt(100_000)), random.nextBoolean());
        }
        assertThat(evidence.snapshot()).hasSizeLessThan(300);
    }

    @Test
    void partsOfASplitAddUpToTheWhole() {
        SplittableRandom random = new SplittableRandom(15);
        for (int round = 0; round < 500; round++) {
            Evidence whole = of(observations(random, 10 + random.nextInt(60)));
            List<Evidence> parts = whole.split(random.nextInt(5), 1 + random.nextInt(5), random.nextInt(5));
            Evidence sum = Evidence.none();
            for (Evidence part : parts) {
                sum = sum.plus(part);
            }
            assertThat(sum).isEqualTo(whole);
            assertThat(parts).hasSize(3);
        }
        Evidence two = Evidence.none().with(START, true).with(START, false);
        assertThat(two.split(1, 1))
                .allSatisfy(part -> assertThat(part.successes(START)).isEqualTo(0.5, within(1e-5)));
        Evidence again = two.split(1, 1).get(0).plus(two.split(1, 1).get(1));
        assertThat(again).isEqualTo(two);
    }

    @Test
    void aRestoredOneIsTheSame() {
        Evidence evidence = of(observations(new SplittableRandom(16), 50));
        assertThat(Evidence.restore(evidence.snapshot())).isEqualTo(evidence);
        assertThat(Evidence.restore(Evidence.none().snapshot())).isEqualTo(Evidence.none());
    }

    @Test
    void refusesWhatDoesNotFit() {
        Evidence evidence = Evidence.none().with(START, true);
        assertThatThrownBy(() -> evidence.with(START, true, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> evidence.plus(Evidence.none(Duration.ofDays(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> evidence.split(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Evidence.none(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Observation> observations(SplittableRandom random, int count) {
        long span = 1 + random.nextLong(4 * 365 * 86_400L);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            observations.add(new Observation(
                    START.plusSeconds(random.nextLong(span)), random.nextBoolean(), 1 + random.nextInt(1_024)));
        }
        return observations;
    }

    private static Evidence of(List<Observation> observations) {
        Evidence evidence = Evidence.none();
        for (Observation one : observations) {
            evidence = evidence.with(one.at, one.success, one.weight);
        }
        return evidence;
    }
}
