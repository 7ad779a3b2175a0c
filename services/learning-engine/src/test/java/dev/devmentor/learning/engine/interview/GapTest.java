package dev.devmentor.learning.engine.interview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.interview.Gap.Basis;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class GapTest {
    private static final Map<String, List<String>> GRAPH =
            Map.of("c", List.of("b"), "b", List.of("a"), "x", List.of("y"), "y", List.of("x"));

    private static JobDescription.Want want(String skill, double level) {
        return new JobDescription.Want(skill, Need.REQUIRED, level, -1, 2, List.of());
    }

    private static Resume.Claim claim(String skill, double level) {
        return new Resume.Claim(skill, level, -1, List.of());
    }

    private static Gap of(double wanted, List<Resume.Claim> claims, Map<String, Measured> measured) {
        return Gap.between(List.of(want("a", wanted)), claims, measured, Map.of())
                .getFirst();
    }

    @Test
    void whereNothingIsKnownThePriorHolds() {
        Gap gap = of(0.8, List.of(), Map.of());

        assertThat(gap.level()).isEqualTo(0.30);
        assertThat(gap.confidence()).isZero();
        assertThat(gap.basis()).isEqualTo(Basis.NOTHING);
        assertThat(gap.size()).isEqualTo(0.5);
        assertThat(gap.minutes()).isEqualTo(125);
    }

    @Test
    void aClaimCountsAsThreeAnswers() {
        Gap gap = of(0.8, List.of(claim("a", 0.7)), Map.of());

        assertThat(gap.level()).isCloseTo((0.3 + 3 * 0.7) / 4, within(1e-12));
        assertThat(gap.confidence()).isCloseTo(1.5 / 9.5, within(1e-12));
        assertThat(gap.basis()).isEqualTo(Basis.CLAIMED);
        assertThat(gap.minutes()).isEqualTo(50);
    }

    @Test
    void fourAnswersOutweighAClaim() {
        Gap claimed = of(0.8, List.of(claim("a", 0.8)), Map.of("a", new Measured(0, 4)));
        Gap unknown = of(0.8, List.of(), Map.of("a", new Measured(0, 4)));

        assertThat(claimed.basis()).isEqualTo(Basis.MEASURED);
        assertThat(claimed.level()).as("nearer to what was measured").isLessThan(0.4);
        assertThat(claimed.level() - unknown.level()).isPositive();
        assertThat(of(0.8, List.of(claim("a", 0.8)), Map.of("a", new Measured(0, 40)))
                        .level())
                .isCloseTo((0.3 + 2.4) / 44, within(1e-12));
    }

    @Test
    void moreAnswersGiveMoreConfidenceAndNeverMoreThanFortyCount() {
        double before = -1;
        for (double answers = 0; answers <= 40; answers += 0.5) {
            double confidence =
                    of(0.8, List.of(), Map.of("a", new Measured(0.5, answers))).confidence();
            assertThat(confidence).isGreaterThan(before).isLessThan(1);
            before = confidence;
        }
        assertThat(of(0.8, List.of(), Map.of("a", new Measured(0.5, 4_000))))
                .isEqualTo(of(0.8, List.of(), Map.of("a", new Measured(0.5, 40))));
    }

    @Test
    void aGapBelowTwoPointsIsNone() {
        Gap none = of(0.7, List.of(), Map.of("a", new Measured(0.7, 40)));

        assertThat(none.level()).isCloseTo(28.3 / 41, within(1e-12));
        assertThat(none.open()).isFalse();
        assertThat(none.size()).isZero();
        assertThat(none.minutes()).isZero();
        assertThat(of(0.72, List.of(), Map.of("a", new Measured(0.7, 40))).minutes())
                .isEqualTo(15);
    }

    @Test
    void whatHasToBeLearntFirstIsWantedATenthLower() {
        List<Gap> gaps = Gap.between(List.of(want("c", 0.8)), List.of(), Map.of(), GRAPH);

        assertThat(gaps)
                .extracting(Gap::skill, Gap::neededFor, Gap::wanted, Gap::need)
                .containsExactly(
                        Tuple.tuple("c", null, 0.8, Need.REQUIRED),
                        Tuple.tuple("a", "c", 0.8 - 0.1, Need.REQUIRED),
                        Tuple.tuple("b", "c", 0.8 - 0.1, Need.REQUIRED));
    }

    @Test
    void aPrerequisiteThatIsMasteredIsLeftAway() {
        List<Gap> gaps = Gap.between(List.of(want("c", 0.8)), List.of(), Map.of("a", new Measured(0.9, 20)), GRAPH);

        assertThat(gaps).extracting(Gap::skill).containsExactly("c", "b");
    }

    @Test
    void aClaimSaysSomethingOfWhatComesBefore() {
        List<Gap> gaps = Gap.between(List.of(want("c", 0.8)), List.of(claim("c", 0.75)), Map.of(), GRAPH);

        Gap implied =
                gaps.stream().filter(gap -> gap.skill().equals("a")).findFirst().orElseThrow();
        assertThat(implied.basis()).isEqualTo(Basis.IMPLIED);
        assertThat(implied.level()).isCloseTo((0.3 + 1.5 * 0.7) / 2.5, within(1e-12));
    }

    @Test
    void whatTheJobNamesItselfIsNoPrerequisite() {
        List<Gap> gaps = Gap.between(List.of(want("a", 0.6), want("c", 0.8)), List.of(), Map.of(), GRAPH);

        assertThat(gaps)
                .extracting(Gap::skill, Gap::neededFor, Gap::wanted)
                .containsExactly(
                        Tuple.tuple("c", null, 0.8), Tuple.tuple("b", "c", 0.8 - 0.1), Tuple.tuple("a", null, 0.6));
    }

    @Test
    void aCircleOfPrerequisitesIsHarmless() {
        assertThat(Gap.between(List.of(want("x", 0.8)), List.of(), Map.of(), GRAPH))
                .extracting(Gap::skill)
                .containsExactly("x", "y");
    }

    @Test
    void requiredComesBeforeOptionalAndHeavyBeforeLight() {
        List<JobDescription.Want> wants = List.of(
                new JobDescription.Want("optional", Need.OPTIONAL, 0.9, -1, 4, List.of()),
                new JobDescription.Want("light", Need.REQUIRED, 0.9, -1, 1, List.of()),
                new JobDescription.Want("heavy", Need.REQUIRED, 0.5, -1, 4, List.of()));

        assertThat(Gap.between(wants, List.of(), Map.of(), Map.of()))
                .extracting(Gap::skill)
                .containsExactly("heavy", "light", "optional");
    }
}
