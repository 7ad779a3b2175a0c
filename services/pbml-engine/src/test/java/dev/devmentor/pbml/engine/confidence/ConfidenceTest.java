package dev.devmentor.pbml.engine.confidence;

import static dev.devmentor.pbml.engine.confidence.LifeState.ACTIVE;
import static dev.devmentor.pbml.engine.confidence.LifeState.CANDIDATE;
import static dev.devmentor.pbml.engine.confidence.LifeState.RETIRED;
import static dev.devmentor.pbml.engine.confidence.LifeState.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConfidenceTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final LifeCycle RULES = LifeCycle.DEFAULT;

    private static Confidence tried(int held, int failed) {
        return tried(Confidence.of(START), START, held, failed);
    }

    private static Confidence tried(Confidence confidence, Instant at, int held, int failed) {
        Confidence next = confidence;
        for (int i = 0; i < held + failed; i++) {
            next = next.observed(at, i < held);
        }
        return next;
    }

    @Test
    void beginsAsACandidate() {
        assertThat(Confidence.of(START).reviewed(RULES, START).state()).isEqualTo(CANDIDATE);
        assertThat(tried(2, 0).reviewed(RULES, START).state()).isEqualTo(CANDIDATE);
    }

    @Test
    void becomesActiveWhenItsLowerBoundIsGoodEnough() {
        assertThat(tried(4, 0).reviewed(RULES, START).state()).isEqualTo(ACTIVE);
        assertThat(tried(6, 4).reviewed(RULES, START).state()).isEqualTo(CANDIDATE);
        assertThat(tried(60, 40).reviewed(RULES, START).state()).isEqualTo(ACTIVE);
    }

    @Test
    void goesStaleWhenItIsNoLongerSeenAndComesBack() {
        Confidence active = tried(10, 0).reviewed(RULES, START);
        Instant later = START.plus(Duration.ofDays(91));
        Confidence stale = active.reviewed(RULES, later);
        assertThat(stale.state()).isEqualTo(STALE);
        assertThat(stale.since()).isEqualTo(later);
        assertThat(tried(stale, later, 2, 0).reviewed(RULES, later).state()).isEqualTo(ACTIVE);
    }

    @Test
    void goesStaleWhenItIsWrongAndIsRetiredWhenItStaysSo() {
        Confidence active = tried(10, 0).reviewed(RULES, START);
        Confidence wrong = tried(active, START, 0, 18).reviewed(RULES, START);
        assertThat(wrong.state()).isEqualTo(STALE);
        Confidence worse = tried(wrong, START, 0, 60).reviewed(RULES, START);
        assertThat(worse.state()).isEqualTo(RETIRED);
    }

    @Test
    void isRetiredAfterALongSilenceAndReturnsAsACandidate() {
        Confidence stale = tried(10, 0).reviewed(RULES, START).reviewed(RULES, START.plus(Duration.ofDays(100)));
        Instant later = START.plus(Duration.ofDays(400));
        Confidence retired = stale.reviewed(RULES, later);
        assertThat(retired.state()).isEqualTo(RETIRED);
        assertThat(retired.reviewed(RULES, later).state()).isEqualTo(RETIRED);
        Instant seen = later.plusSeconds(1);
        assertThat(retired.observed(seen, true).reviewed(RULES, seen).state()).isEqualTo(CANDIDATE);
    }

    @Test
    void aPersonsWordCountsMoreThanAnObservation() {
        Confidence once = Confidence.of(START).feedback(START, true);
        assertThat(once.lowerBound(RULES, START)).isEqualTo(tried(5, 0).lowerBound(RULES, START), within(1e-5));
        Confidence active = once.reviewed(RULES, START);
        assertThat(active.state()).isEqualTo(ACTIVE);
        Confidence disputed = active.feedback(START, false).feedback(START, false);
        assertThat(disputed.reviewed(RULES, START).state()).isEqualTo(STALE);
    }

    @Test
    void anEdgeDoesNotMoveItToAndFro() {
        SplittableRandom random = new SplittableRandom(21);
        Confidence confidence = Confidence.of(START);
        int moves = 0;
        for (int day = 0; day < 3_000; day++) {
            Instant at = START.plus(Duration.ofDays(day / 10)).plusSeconds(day);
            Confidence next =
                    confidence.observed(at, random.nextDouble() < 0.55).reviewed(RULES, at);
            moves += next.state() == confidence.state() ? 0 : 1;
            confidence = next;
        }
        assertThat(moves).isLessThanOrEqualTo(3);
    }

    @Test
    void aMergeKeepsBothHistories() {
        Confidence one = tried(10, 0).reviewed(RULES, START);
        Confidence other = tried(3, 2);
        Confidence both = other.merge("p-1", one, START);
        assertThat(both.evidence()).isEqualTo(one.evidence().plus(other.evidence()));
        assertThat(both.state()).isEqualTo(ACTIVE);
        assertThat(both.lineage())
                .containsExactly(new Confidence.Origin(Confidence.Step.MERGED_FROM, "p-1", START, 10));
        assertThat(one.merge("p-2", other, START).evidence()).isEqualTo(both.evidence());
    }

    @Test
    void aSplitSharesOutWhatWasSeen() {
        Confidence whole = tried(30, 10).reviewed(RULES, START);
        List<Confidence> parts = whole.split("p-7", START, 3, 1);
        assertThat(parts).extracting(part -> part.evidence().count()).containsExactly(30L, 10L);
        assertThat(parts).allSatisfy(part -> assertThat(part.state()).isEqualTo(ACTIVE));
        assertThat(parts.get(0).evidence().plus(parts.get(1).evidence())).isEqualTo(whole.evidence());
        assertThat(parts.get(1).lineage())
                .containsExactly(new Confidence.Origin(Confidence.Step.SPLIT_FROM, "p-7", START, 10));
    }

    @Test
    void lineageIsBoundedAndSurvivesASnapshot() {
        Confidence confidence = tried(3, 1);
        for (int i = 0; i < 50; i++) {
            confidence = confidence.merge("p-" + i, tried(1, 0), START);
        }
        assertThat(confidence.lineage()).hasSize(Confidence.LONGEST_LINEAGE);
        assertThat(confidence.lineage().getLast().pattern()).isEqualTo("p-49");
        Confidence restored = Confidence.restore(confidence.snapshot());
        assertThat(restored).isEqualTo(confidence);
        assertThat(restored.snapshot()).isEqualTo(confidence.snapshot());
    }

    @Test
    void ranksByWhatIsCertain() {
        List<Confidence> patterns = new ArrayList<>(List.of(tried(1, 0), tried(40, 10), tried(5, 0), tried(400, 100)));
        patterns.sort((a, b) -> Double.compare(b.lowerBound(RULES, START), a.lowerBound(RULES, START)));
        assertThat(patterns).extracting(pattern -> pattern.evidence().count()).containsExactly(500L, 50L, 5L, 1L);
    }

    @Test
    void refusesRulesWithoutHysteresis() {
        assertThatThrownBy(() ->
                        new LifeCycle(RULES.prior(), 0.05, 3, 0.4, 0.5, 0.3, Duration.ofDays(90), Duration.ofDays(365)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
