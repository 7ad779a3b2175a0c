package dev.devmentor.learning.engine.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.path.PathPlanner.Before;
import dev.devmentor.learning.engine.path.PathPlanner.Time;
import dev.devmentor.learning.engine.path.PlannedPath.Met;
import dev.devmentor.learning.engine.path.PlannedPath.Step;
import dev.devmentor.learning.engine.skill.SkillGraph;
import dev.devmentor.learning.engine.skill.SkillGraph.Built;
import dev.devmentor.learning.engine.skill.SkillGraph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PathPlannerTest {
    /** c and d build on b, which builds on a; e stands alone. */
    private static final SkillGraph GRAPH = ((Built) SkillGraph.of(List.of(
                    new Node("a", List.of(), 0),
                    new Node("b", List.of("a"), 0),
                    new Node("c", List.of("b"), 0),
                    new Node("d", List.of("b"), 0),
                    new Node("e", List.of(), 0))))
            .graph();

    private static final PathPlanner PLANNER = PathPlanner.DEFAULT;
    private static final Time TIME = new Time(1_000, 7, Time.NO_END);
    private static final Standing UNKNOWN = new Standing(0, 1.2, 0);

    private static LinkedHashMap<String, Double> goals(Object... skillsAndLevels) {
        LinkedHashMap<String, Double> goals = new LinkedHashMap<>();
        for (int i = 0; i < skillsAndLevels.length; i += 2) {
            goals.put((String) skillsAndLevels[i], (Double) skillsAndLevels[i + 1]);
        }
        return goals;
    }

    private static PlannedPath plan(Map<String, Double> goals, Map<String, Standing> known, Before before) {
        return PLANNER.plan(
                GRAPH, new LinkedHashMap<>(goals), skill -> known.getOrDefault(skill, UNKNOWN), TIME, before);
    }

    @Test
    void everythingUnmetComesBehindItsPrerequisitesFirstWhatUnlocksMost() {
        PlannedPath path = plan(goals("e", 1.0, "d", 1.0, "c", 1.0), Map.of(), Before.NOTHING);

        assertThat(path.order()).containsExactly("a", "b", "e", "d", "c");
        assertThat(path.steps().getFirst().unlocks()).isEqualTo(3);
        assertThat(path.steps().getFirst().goal()).isFalse();
        assertThat(path.steps().getFirst().neededFor()).containsExactly("d", "c");
        assertThat(path.met()).isEmpty();
    }

    @Test
    void hoursComeFromTheGapAndDatesFromTheHours() {
        PlannedPath path = plan(goals("c", 1.0), Map.of("a", new Standing(0.08, 0.4, 5)), Before.NOTHING);

        // an hour a day: a misses .40 logits, b .48, c 1
        assertThat(path.steps().stream().map(Step::hours).toList())
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-9 ? 0 : 1)
                .containsExactly(2.0, 2.4, 5.0);
        assertThat(path.steps().get(0).fromDay()).isEqualTo(1_000);
        assertThat(path.steps().get(0).toDay()).isEqualTo(1_001);
        assertThat(path.steps().get(1).fromDay()).isEqualTo(1_002);
        assertThat(path.steps().get(1).toDay()).isEqualTo(1_004);
        assertThat(path.steps().get(2).fromDay()).isEqualTo(1_004);
        assertThat(path.endDay()).isEqualTo(1_009);
        assertThat(path.hours()).isEqualTo(9.4, within(1e-9));
        assertThat(path.hoursAtMost()).isEqualTo(9.4 + 5 * (0.4 + 1.2 + 1.2), within(1e-9));
        assertThat(path.steps().get(0).checked()).isTrue();
        assertThat(path.steps().get(1).checked()).isFalse();
    }

    @Test
    void whatIsKnownNeedsNoStepNorWhatLiesDirectlyUnderIt() {
        PlannedPath path = plan(goals("c", 1.0), Map.of("b", new Standing(0.9, 0.3, 6)), Before.NOTHING);

        assertThat(path.order()).containsExactly("c");
        assertThat(path.met()).isEqualTo(Map.of("a", Met.IMPLIED, "b", Met.SHOWN));
        assertThat(plan(goals("a", 0.4), Map.of("b", new Standing(0.9, 0.3, 6)), Before.NOTHING)
                        .order())
                .as("a goal has to be shown")
                .containsExactly("a");
    }

    @Test
    void twoLuckyAnswersShowNothing() {
        assertThat(plan(goals("e", 0.5), Map.of("e", new Standing(2, 0.9, 2)), Before.NOTHING)
                        .order())
                .containsExactly("e");
    }

    @Test
    void plannedAgainTheOrderStaysAndWhatIsMetDropsOut() {
        Before before = new Before(List.of("e", "a", "b", "c", "d"), Set.of());

        PlannedPath path = plan(goals("c", 1.0, "d", 1.0, "e", 1.0), Map.of("a", new Standing(0.6, 0.3, 8)), before);

        assertThat(path.order()).containsExactly("e", "b", "c", "d");
    }

    @Test
    void whatTurnsOutToBeMissingGoesRightBeforeTheFirstStepThatNeedsIt() {
        Before before = new Before(List.of("e", "c", "d"), Set.of("a", "b"));

        PlannedPath path = plan(
                goals("c", 1.0, "d", 1.0, "e", 1.0),
                Map.of("b", new Standing(-0.5, 0.3, 8), "a", new Standing(1, 0.3, 8)),
                before);

        assertThat(path.order()).containsExactly("e", "b", "c", "d");
    }

    @Test
    void oneWrongAnswerDoesNotOpenWhatWasMet() {
        Map<String, Standing> slipped = Map.of("e", new Standing(0.8, 0.3, 9));

        assertThat(plan(goals("e", 1.0), slipped, Before.NOTHING).order()).containsExactly("e");
        assertThat(plan(goals("e", 1.0), slipped, new Before(List.of(), Set.of("e")))
                        .order())
                .isEmpty();
        assertThat(plan(goals("e", 1.0), Map.of("e", new Standing(0.6, 0.3, 9)), new Before(List.of(), Set.of("e")))
                        .order())
                .containsExactly("e");
    }

    @Test
    void saysHowManyHoursAWeekTheWantedDayNeeds() {
        LinkedHashMap<String, Double> goals = goals("e", 1.4);

        assertThat(PLANNER.plan(GRAPH, goals, _ -> UNKNOWN, new Time(1_000, 7, 1_006), Before.NOTHING)
                        .hoursPerWeekNeeded())
                .isEqualTo(7, within(1e-9));
        assertThat(PLANNER.plan(GRAPH, goals, _ -> UNKNOWN, new Time(1_000, 7, 999), Before.NOTHING)
                        .hoursPerWeekNeeded())
                .isInfinite();
        assertThat(PLANNER.plan(GRAPH, goals, _ -> UNKNOWN, TIME, Before.NOTHING)
                        .hoursPerWeekNeeded())
                .isNaN();
        assertThatThrownBy(() -> new Time(1, 0, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void skillsOfOnesOwnAreGoalsWithoutPrerequisites() {
        assertThat(plan(goals("our-billing", 1.0), Map.of(), Before.NOTHING).order())
                .containsExactly("our-billing");
    }

    @Test
    void ofRandomGraphsAndEvidenceTheOrderAlwaysHoldsAndUnaffectedStepsKeepIt() {
        SplittableRandom random = new SplittableRandom(77);
        for (int round = 0; round < 200; round++) {
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                List<String> prerequisites = new ArrayList<>();
                for (int k = random.nextInt(3); k > 0 && i > 0; k--) {
                    prerequisites.add(name(random.nextInt(i)));
                }
                nodes.add(new Node(name(i), prerequisites, 0));
            }
            SkillGraph graph = ((Built) SkillGraph.of(nodes)).graph();
            LinkedHashMap<String, Double> goals = new LinkedHashMap<>();
            for (int k = 0; k < 5; k++) {
                goals.put(name(10 + random.nextInt(15)), 0.5 + random.nextDouble());
            }
            Map<String, Standing> known = new HashMap<>();
            PlannedPath path =
                    PLANNER.plan(graph, goals, skill -> known.getOrDefault(skill, UNKNOWN), TIME, Before.NOTHING);
            for (int change = 0; change < 10; change++) {
                known.put(
                        name(random.nextInt(25)),
                        new Standing(2 * random.nextDouble() - 0.5, 0.4, 1 + random.nextInt(8)));
                PlannedPath next =
                        PLANNER.plan(graph, goals, skill -> known.getOrDefault(skill, UNKNOWN), TIME, Before.of(path));
                assertThat(next.steps().size() + next.met().size())
                        .isEqualTo(graph.withPrerequisites(goals.keySet()).size());
                for (int i = 0; i < next.order().size(); i++) {
                    for (String prerequisite :
                            graph.ancestors(next.order().get(i)).keySet()) {
                        assertThat(next.order().subList(i, next.order().size())).doesNotContain(prerequisite);
                    }
                }
                List<String> kept = new ArrayList<>(path.order());
                kept.retainAll(next.order());
                List<String> still = new ArrayList<>(next.order());
                still.retainAll(path.order());
                assertThat(still).isEqualTo(kept);
                path = next;
            }
        }
    }

    private static String name(int i) {
        return String.format("s%02d", i);
    }
}
