package dev.devmentor.pbml.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.engine.study.SimulatedPerson.Life;
import dev.devmentor.pbml.engine.study.SimulatedPerson.Planted;
import dev.devmentor.pbml.engine.study.StudyPattern.Kind;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How many planted patterns are found, and how many are found where there are none; the tables of docs/pbml.md. */
class StudySimulationTest {

    private static final boolean LONG = Boolean.getBoolean("devmentor.long");
    private static final int WITHOUT = LONG ? 500 : 20;
    private static final int WITH = LONG ? 200 : 10;

    @Test
    void fewerThanFiveInAHundredPeopleWithoutPatternsSeemToHaveOne() {
        int wrong = 0;
        int people = 0;
        for (Life life : List.of(Life.STEADY, Life.SHORT, Life.MOODY, Life.BEGINNER)) {
            int ofThese = 0;
            for (int i = 0; i < WITHOUT; i++) {
                ofThese += found(1_000_000L + i, Planted.NONE, life).isEmpty() ? 0 : 1;
            }
            System.out.printf("without patterns, %s: %d of %d people seem to have one%n", life, ofThese, WITHOUT);
            assertThat(ofThese).isLessThanOrEqualTo(WITHOUT / 20);
            wrong += ofThese;
            people += WITHOUT;
        }
        assertThat(100.0 * wrong / people).isLessThan(LONG ? 2.5 : 5);
    }

    @Test
    void findsConfusedPairs() {
        measure(Planted.CONFUSION, Life.STEADY, 0.6, StudySimulationTest::isConfusion);
        measure(Planted.CONFUSION, Life.LONGER, 0.8, StudySimulationTest::isConfusion);
    }

    @Test
    void findsMistakesWithACommonCause() {
        measure(Planted.COMMON_CAUSE, Life.STEADY, 0.25, StudySimulationTest::isCommonCause);
        measure(Planted.COMMON_CAUSE, Life.LONGER, 0.25, StudySimulationTest::isCommonCause);
        measure(
                Planted.COMMON_SKILL,
                Life.STEADY,
                0.7,
                p -> p.skills().equals(List.of(SimulatedPerson.COMMON_SKILL_A, SimulatedPerson.COMMON_SKILL_B)));
    }

    @Test
    void findsGoodHours() {
        measure(Planted.GOOD_HOUR, Life.STEADY, 0.7, StudySimulationTest::isGoodHours);
    }

    @Test
    void findsHowLongASittingStaysGood() {
        measure(
                Planted.TIRING,
                Life.STEADY,
                0.6,
                p -> Math.abs(p.sessionMinutes() - SimulatedPerson.GOOD_MINUTES) <= 5);
    }

    private static boolean isConfusion(StudyPattern pattern) {
        return pattern.kind() == Kind.CONFUSION
                && pattern.items().equals(List.of(SimulatedPerson.CONFUSED_A, SimulatedPerson.CONFUSED_B));
    }

    private static boolean isCommonCause(StudyPattern pattern) {
        return pattern.kind() == Kind.MISTAKE
                && pattern.items().equals(List.of(SimulatedPerson.COMMON_A, SimulatedPerson.COMMON_B));
    }

    private static boolean isGoodHours(StudyPattern pattern) {
        return !pattern.hours().isEmpty()
                && pattern.hours().stream().allMatch(h -> Math.abs(h - SimulatedPerson.GOOD_HOUR) <= 1);
    }

    private static boolean isOfCommonSkills(StudyPattern pattern) {
        return pattern.items().size() == 2
                && pattern.items().stream()
                        .map(i -> "skill-" + Integer.parseInt(i.substring(5)) % SimulatedPerson.SKILLS)
                        .allMatch(List.of(SimulatedPerson.COMMON_SKILL_A, SimulatedPerson.COMMON_SKILL_B)::contains);
    }

    private static void measure(Planted planted, Life life, double least, Predicate<StudyPattern> right) {
        int hits = 0;
        int others = 0;
        for (int i = 0; i < WITH; i++) {
            List<StudyPattern> found = found(2_000_000L + i, planted, life);
            hits += found.stream().anyMatch(right) ? 1 : 0;
            // items of the two skills that share a cause do go together
            others += (int) found.stream()
                    .filter(right.negate())
                    .filter(p -> !planted.commonSkill() || !isOfCommonSkills(p))
                    .count();
        }
        System.out.printf("%s, %s: found with %d of %d people, %d others%n", planted, life, hits, WITH, others);
        assertThat((double) hits / WITH).isGreaterThanOrEqualTo(least);
        assertThat(others).isLessThanOrEqualTo(Math.max(1, WITH / 10));
    }

    private static List<StudyPattern> found(long seed, Planted planted, Life life) {
        return SimulatedPerson.observed(SimulatedPerson.answers(seed, planted, life))
                .patterns();
    }
}
