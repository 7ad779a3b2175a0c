package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.plan.Leech.Advice;
import dev.devmentor.learning.engine.plan.Leech.Prerequisite;
import dev.devmentor.learning.engine.plan.Leech.Remedy;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeechTest {
    private static List<Integer> reportedAt(int threshold, int upTo) {
        List<Integer> reported = new ArrayList<>();
        for (int lapses = 0; lapses <= upTo; lapses++) {
            if (Leech.isReported(lapses, threshold)) {
                reported.add(lapses);
            }
        }
        return reported;
    }

    @Test
    void reportsAtTheThresholdAndAtEachFurtherHalfOfItRoundedUp() {
        assertThat(reportedAt(8, 20)).containsExactly(8, 12, 16, 20);
        assertThat(reportedAt(3, 9)).containsExactly(3, 5, 7, 9);
        assertThat(reportedAt(7, 19)).containsExactly(7, 11, 15, 19);
        assertThat(reportedAt(1, 3)).containsExactly(1, 2, 3);
        assertThat(reportedAt(0, 50)).isEmpty();
    }

    @Test
    void isALeechFromTheThresholdOnAndCountsItsReports() {
        for (int threshold = 1; threshold < 20; threshold++) {
            int reports = 0;
            for (int lapses = 0; lapses < 60; lapses++) {
                reports += Leech.isReported(lapses, threshold) ? 1 : 0;
                assertThat(Leech.reports(lapses, threshold)).isEqualTo(reports);
                assertThat(Leech.is(lapses, threshold)).isEqualTo(reports > 0);
            }
        }
        assertThat(Leech.is(50, 0)).isFalse();
    }

    private static PlannedCard leech(int lapses, double difficulty, double stability) {
        return new PlannedCard(
                "a",
                "a",
                List.of("java"),
                TODAY,
                TODAY - 5,
                5,
                30,
                lapses,
                difficulty,
                0.9,
                elapsed -> Fsrs6.DEFAULT.retrievability(stability, elapsed));
    }

    private static List<Remedy> remedies(PlannedCard card, List<Prerequisite> prerequisites, int siblings) {
        return Leech.advice(card, 8, prerequisites, siblings, TODAY).stream()
                .map(Advice::remedy)
                .toList();
    }

    @Test
    void aWeakPrerequisiteIsRepairedFirst() {
        List<Prerequisite> prerequisites = List.of(
                new Prerequisite("java.threads", 0.55),
                new Prerequisite("java.memory", 0.31),
                new Prerequisite("git", 0.9));

        List<Advice> advice = Leech.advice(leech(8, 9, 5), 8, prerequisites, 0, TODAY);

        assertThat(advice.getFirst())
                .isEqualTo(new Advice(
                        Remedy.REPAIR_PREREQUISITE,
                        "it builds on java.memory, where 31 % of typical questions would be right",
                        "java.memory"));
        assertThat(advice)
                .extracting(Advice::remedy)
                .containsExactly(Remedy.REPAIR_PREREQUISITE, Remedy.SPLIT_OR_REWRITE);
    }

    @Test
    void theRemedyFollowsFromWhatIsWrong() {
        assertThat(remedies(leech(8, 9.2, 5), List.of(), 0)).containsExactly(Remedy.SPLIT_OR_REWRITE);
        assertThat(remedies(leech(8, 5, 5), List.of(), 2)).containsExactly(Remedy.SEPARATE_SIBLINGS);
        assertThat(remedies(leech(16, 5, 5), List.of(), 0)).containsExactly(Remedy.SUSPEND);
        assertThat(remedies(leech(12, 9, 0.001), List.of(), 0)).containsExactly(Remedy.SPLIT_OR_REWRITE, Remedy.RESET);
        assertThat(remedies(leech(8, 5, 5), List.of(new Prerequisite("git", 0.8)), 0))
                .as("there is always something to try")
                .containsExactly(Remedy.SPLIT_OR_REWRITE);
    }
}
