package dev.devmentor.learning.engine.interview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.learning.engine.interview.Gap.Basis;
import dev.devmentor.learning.engine.interview.InterviewPlan.Activity;
import dev.devmentor.learning.engine.interview.InterviewPlan.Day;
import dev.devmentor.learning.engine.interview.InterviewPlan.Kind;
import dev.devmentor.learning.engine.interview.InterviewPlan.LeftOut;
import dev.devmentor.learning.engine.interview.InterviewPlan.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterviewPlanTest {
    private static final int START = 20_000;

    private static Gap gap(String skill, Need need, int minutes, Basis basis) {
        return new Gap(skill, need, null, 2, 0.8, 0.8 - minutes / 250.0, 0, basis, minutes / 250.0, minutes);
    }

    private static Gap gap(String skill, int minutes) {
        return gap(skill, Need.REQUIRED, minutes, Basis.NOTHING);
    }

    private static Activity study(String skill, int minutes) {
        return new Activity(Kind.STUDY, skill, minutes);
    }

    private static Activity review(String skill) {
        return new Activity(Kind.REVIEW, skill, 5);
    }

    private static InterviewPlan plan(int days, int minutes, List<Gap> gaps, Map<String, List<String>> graph) {
        return InterviewPlan.make(START, START + days, minutes, gaps, graph);
    }

    @Test
    void prerequisitesComeFirstAndWhatWasLearntComesAgain() {
        InterviewPlan plan = plan(
                5,
                60,
                List.of(gap("kafka.consumers", 60), gap("kafka.topics", 50)),
                Map.of("kafka.consumers", List.of("kafka.topics")));

        assertThat(plan.feasible()).isTrue();
        assertThat(plan.days())
                .containsExactly(
                        new Day(START, false, List.of(study("kafka.topics", 50), study("kafka.consumers", 10))),
                        new Day(START + 1, false, List.of(review("kafka.topics"), study("kafka.consumers", 50))),
                        new Day(START + 2, false, List.of(review("kafka.consumers"))),
                        new Day(START + 3, false, List.of(review("kafka.topics"), new Activity(Kind.MOCK, null, 45))),
                        new Day(START + 4, true, List.of(review("kafka.consumers"), review("kafka.topics"))));
    }

    @Test
    void reviewsComeAfterOneThreeSevenFourteenAndThirtyDays() {
        InterviewPlan plan = plan(100, 60, List.of(gap("a", 15)), Map.of());

        List<Integer> days = plan.days().stream()
                .filter(day -> !day.buffer() && day.activities().contains(review("a")))
                .map(day -> day.day() - START)
                .toList();
        assertThat(days).containsExactly(1, 3, 7, 14, 30, 62);
    }

    @Test
    void whatIsClaimedIsCheckedBeforeItIsLearnt() {
        InterviewPlan plan = plan(3, 30, List.of(gap("a", Need.REQUIRED, 15, Basis.CLAIMED)), Map.of());

        assertThat(plan.days().getFirst().activities())
                .containsExactly(new Activity(Kind.CHECK, "a", 10), study("a", 15));
    }

    @Test
    void everySeventhDayAndTheLastHaveAMockQuiz() {
        InterviewPlan plan =
                plan(25, 60, List.of(gap("a", 30), gap("b", 700), gap("c", 200)), Map.of("b", List.of("a")));

        assertThat(mockDays(plan)).as("23 days of work, then two of rest").containsExactly(6, 13, 22);
        assertThat(plan.days().get(6).activities()).contains(new Activity(Kind.MOCK, null, 45));
    }

    @Test
    void onceEverythingIsLearntAMockQuizEveryOtherWeekIsEnough() {
        assertThat(mockDays(plan(45, 60, List.of(gap("a", 30)), Map.of()))).containsExactly(13, 27, 41, 42);
    }

    private static List<Integer> mockDays(InterviewPlan plan) {
        return plan.days().stream()
                .filter(day -> day.activities().stream().anyMatch(one -> one.kind() == Kind.MOCK))
                .map(day -> day.day() - START)
                .toList();
    }

    @Test
    void whoHasNoGapStaysInPractice() {
        Gap none = new Gap("a", Need.REQUIRED, null, 2, 0.6, 0.9, 0.8, Basis.MEASURED, 0, 0);

        InterviewPlan plan = plan(3, 60, List.of(none), Map.of());

        assertThat(plan.feasible()).isTrue();
        assertThat(plan.days().stream().map(Day::activities))
                .containsExactly(List.of(), List.of(), List.of(new Activity(Kind.MOCK, null, 45)));
    }

    @Test
    void theLeastWantedIsLeftOutAndTakesWhatTimeRemains() {
        InterviewPlan plan = plan(
                3, 60, List.of(gap("optional", Need.OPTIONAL, 100, Basis.NOTHING), gap("required", 100)), Map.of());

        assertThat(plan.feasible()).isFalse();
        assertThat(plan.leftOut()).containsExactly(new LeftOut("optional", Need.OPTIONAL, 100, 30, Reason.NO_TIME));
        assertThat(plan.days())
                .containsExactly(
                        new Day(START, false, List.of(study("required", 60))),
                        new Day(START + 1, false, List.of(study("required", 40), study("optional", 20))),
                        new Day(
                                START + 2,
                                false,
                                List.of(review("required"), new Activity(Kind.MOCK, null, 45), study("optional", 10))));
    }

    @Test
    void whatNeedsSomethingThatIsLeftOutIsLeftOutToo() {
        InterviewPlan plan = plan(1, 60, List.of(gap("a", 100), gap("b", 15)), Map.of("b", List.of("a")));

        assertThat(plan.leftOut())
                .containsExactly(
                        new LeftOut("a", Need.REQUIRED, 100, 60, Reason.NO_TIME),
                        new LeftOut("b", Need.REQUIRED, 15, 0, Reason.PREREQUISITE_LEFT_OUT));
    }

    @Test
    void aRequiredSkillThatStillFitsIsTakenUpAgain() {
        Gap huge = new Gap("huge", Need.REQUIRED, null, 4, 0.9, 0.1, 0, Basis.NOTHING, 2, 500);
        Gap small = new Gap("small", Need.REQUIRED, null, 1, 0.9, 0.8, 0, Basis.NOTHING, 0.1, 25);

        InterviewPlan plan = plan(2, 60, List.of(huge, small), Map.of());

        assertThat(plan.leftOut()).extracting(LeftOut::skill).containsExactly("huge");
        assertThat(plan.days().getFirst().activities()).startsWith(study("small", 25));
    }

    @Test
    void onTheDayItselfNothingIsLeftToPlan() {
        for (int days : new int[] {0, -3}) {
            InterviewPlan plan = plan(days, 60, List.of(gap("a", 20)), Map.of());
            assertThat(plan.days()).isEmpty();
            assertThat(plan.leftOut()).containsExactly(new LeftOut("a", Need.REQUIRED, 20, 0, Reason.NO_DAY));
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> plan(3, 9, List.of(), Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan(3, 721, List.of(), Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan(367, 60, List.of(), Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private record Case(int days, int minutes, List<Gap> gaps, Map<String, List<String>> graph) {
        static Case random(SplittableRandom random) {
            int n = random.nextInt(0, 25);
            List<Gap> gaps = new ArrayList<>();
            Map<String, List<String>> graph = new HashMap<>();
            for (int i = 0; i < n; i++) {
                int minutes = random.nextInt(4) == 0 ? 0 : 15 + 5 * random.nextInt(30);
                gaps.add(new Gap(
                        "s" + i,
                        random.nextBoolean() ? Need.REQUIRED : Need.OPTIONAL,
                        null,
                        1 + random.nextInt(4),
                        0.8,
                        0.5,
                        0,
                        Basis.values()[random.nextInt(4)],
                        minutes / 250.0,
                        minutes));
                List<String> before = new ArrayList<>();
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(8) == 0) {
                        before.add("s" + j);
                    }
                }
                if (random.nextInt(30) == 0) {
                    before.add("s" + random.nextInt(n));
                }
                graph.put("s" + i, before);
            }
            return new Case(random.nextInt(0, 60), 10 + random.nextInt(150), gaps, graph);
        }

        InterviewPlan plan() {
            return InterviewPlanTest.plan(days, minutes, gaps, graph);
        }
    }

    @Test
    void holdsItsPromisesWhateverTheGaps() {
        SplittableRandom random = new SplittableRandom(20_261_124);
        int feasible = 0;
        for (int i = 0; i < 2_000; i++) {
            Case one = Case.random(random);
            InterviewPlan plan = one.plan();
            feasible += plan.feasible() ? 1 : 0;

            assertThat(plan.days()).hasSize(one.days());
            Map<String, Integer> studied = new HashMap<>();
            Map<String, Integer> need = new HashMap<>();
            one.gaps().stream()
                    .filter(Gap::open)
                    .forEach(gap -> need.put(gap.skill(), gap.minutes() + (gap.basis() == Basis.CLAIMED ? 10 : 0)));
            Set<String> finished = new HashSet<>();
            for (int d = 0; d < one.days(); d++) {
                Day day = plan.days().get(d);
                assertThat(day.day()).isEqualTo(START + d);
                assertThat(day.minutes()).isLessThanOrEqualTo(day.buffer() ? one.minutes() / 2 : one.minutes());
                for (Activity activity : day.activities()) {
                    assertThat(activity.minutes()).isPositive();
                    if (activity.kind() == Kind.STUDY || activity.kind() == Kind.CHECK) {
                        String skill = activity.skill();
                        assertThat(day.buffer()).isFalse();
                        for (String first : Gap.before(skill, one.graph())) {
                            if (need.containsKey(first)
                                    && !Gap.before(first, one.graph()).contains(skill)) {
                                assertThat(finished)
                                        .as("%s before %s", first, skill)
                                        .contains(first);
                            }
                        }
                        if (studied.merge(skill, activity.minutes(), Integer::sum)
                                .equals(need.get(skill))) {
                            finished.add(skill);
                        }
                    } else if (activity.kind() == Kind.REVIEW) {
                        assertThat(finished).contains(activity.skill());
                    }
                }
            }
            Map<String, Integer> leftOut = new HashMap<>();
            for (LeftOut left : plan.leftOut()) {
                assertThat(left.minutes()).isEqualTo(need.get(left.skill()));
                assertThat(left.planned())
                        .isEqualTo(studied.getOrDefault(left.skill(), 0))
                        .isLessThan(left.minutes());
                leftOut.put(left.skill(), left.planned());
            }
            need.forEach((skill, minutes) ->
                    assertThat(finished.contains(skill)).as(skill).isEqualTo(!leftOut.containsKey(skill)));
        }
        assertThat(feasible).as("both kinds occur").isBetween(200, 1_800);
    }

    @Test
    void theOrderOfTheGapsMakesNoDifference() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            Case one = Case.random(random);
            List<Gap> shuffled = new ArrayList<>(one.gaps());
            Collections.shuffle(shuffled, new Random(i));

            assertThat(plan(one.days(), one.minutes(), shuffled, one.graph())).isEqualTo(one.plan());
        }
    }

    @Test
    void theLargestPlanIsMadeInNoTime() {
        SplittableRandom random = new SplittableRandom(3);
        List<Gap> gaps = new ArrayList<>();
        Map<String, List<String>> graph = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            gaps.add(gap("s" + i, 15 + 5 * random.nextInt(30)));
            graph.put("s" + i, i == 0 ? List.of() : List.of("s" + random.nextInt(i)));
        }

        InterviewPlan plan = plan(366, 60, gaps, graph);

        assertThat(plan.days()).hasSize(366);
    }
}
