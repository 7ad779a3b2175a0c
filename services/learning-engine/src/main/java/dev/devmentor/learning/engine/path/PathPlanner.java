package dev.devmentor.learning.engine.path;

import dev.devmentor.learning.engine.path.PlannedPath.Met;
import dev.devmentor.learning.engine.path.PlannedPath.Step;
import dev.devmentor.learning.engine.skill.SkillGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans the way to a goal: what is missing of the wanted skills and of everything that comes before them, each behind its
 * prerequisites, first what unlocks most of the rest.
 *
 * <p>Planned again with what was planned before, the steps that are still to be taken keep their order; what has been learnt
 * drops out, and what turns out to be missing goes right before the first step that needs it. So an answer changes the plan
 * where it says something and nowhere else. A skill that was met stays met until the ability falls clearly below what is
 * wanted, so that a single wrong answer opens nothing again.
 *
 * @param hoursPerLogit how long a logit takes; see {@link #DEFAULT}
 * @param prerequisiteAbility wanted of skills that are only needed for others, logits; less if those want less
 */
public record PathPlanner(double hoursPerLogit, double prerequisiteAbility) {

    /**
     * Five hours for a logit, with reading: an assumption, not a measurement. With questions that fit, a person moves by some
     * .05 logits a question of two or three minutes' work (the rating's own growth is slower, but it has no teacher), which
     * makes an hour; reading and trying take the rest. Whoever has measured a person's own pace passes that instead.
     *
     * <p>Of a prerequisite .48 logits: three of four right among questions that 35 % of developers get wrong.
     */
    public static final PathPlanner DEFAULT = new PathPlanner(5, 0.48);

    /** Fewer answers than this show nothing. */
    private static final int FEW_ANSWERS = 3;

    /** How far the ability may fall below what is wanted before a skill that was met is a step again, logits. */
    private static final double SLACK = 0.3;

    /** Finding out where somebody stands, and the least that a step takes, hours. */
    private static final double CHECK_HOURS = 0.25;

    /** So many steps up, good answers say that a skill is there. */
    private static final int IMPLIED_WITHIN = 2;

    private static final double DAYS_PER_WEEK = 7;

    /** Of a day: sums of hours that are whole days up to the last bits are whole days. */
    private static final double ROUNDING = 1e-9;

    /** @throws IllegalArgumentException if the hours aren't above 0 */
    public PathPlanner {
        if (!(hoursPerLogit > 0)) {
            throw new IllegalArgumentException(hoursPerLogit + " hours for a logit");
        }
    }

    /**
     * How much time there is.
     *
     * @param today day of planning, on which the first step begins
     * @param hoursPerWeek above 0
     * @param untilDay wanted end; {@link #NO_END} if none
     */
    public record Time(int today, double hoursPerWeek, int untilDay) {
        public static final int NO_END = Integer.MAX_VALUE;

        /** @throws IllegalArgumentException if the hours aren't above 0 */
        public Time {
            if (!(hoursPerWeek > 0)) {
                throw new IllegalArgumentException(hoursPerWeek + " hours per week");
            }
        }
    }

    /**
     * What was planned before.
     *
     * @param order of the steps
     * @param met skills that needed none
     */
    public record Before(List<String> order, Set<String> met) {
        /** Nothing. */
        public static final Before NOTHING = new Before(List.of(), Set.of());

        public Before {
            order = List.copyOf(order);
            met = Set.copyOf(met);
        }

        /** A path, to be planned again. */
        public static Before of(PlannedPath path) {
            return new Before(path.order(), path.met().keySet());
        }
    }

    private record Wanted(double ability, boolean goal) {}

    /**
     * Plans.
     *
     * @param goals wanted ability by skill (logits), the most wanted first; skills that aren't in the graph have no
     *     prerequisites
     * @param standing of the person by skill
     */
    public PlannedPath plan(
            SkillGraph graph,
            LinkedHashMap<String, Double> goals,
            Function<String, Standing> standing,
            Time time,
            Before before) {
        SortedMap<String, Wanted> wanted = wanted(graph, goals);
        SortedMap<String, Met> met = new TreeMap<>();
        for (Map.Entry<String, Wanted> skill : wanted.entrySet()) {
            Met why = met(graph, skill.getKey(), skill.getValue(), standing, before);
            if (why != null) {
                met.put(skill.getKey(), why);
            }
        }
        Set<String> unmet = new TreeSet<>(wanted.keySet());
        unmet.removeAll(met.keySet());
        Map<String, Set<String>> unlocked = new HashMap<>();
        for (String skill : unmet) {
            Set<String> further = new HashSet<>(graph.descendants(skill).keySet());
            further.retainAll(unmet);
            unlocked.put(skill, further);
        }
        List<String> order = order(graph, unmet, unlocked, new ArrayList<>(goals.keySet()), before);
        return dated(graph, order, wanted, unlocked, goals, standing, time, met);
    }

    /** Of several skills that build on one the most demanding decides, but never more than the prerequisite's level. */
    private SortedMap<String, Wanted> wanted(SkillGraph graph, Map<String, Double> goals) {
        SortedMap<String, Wanted> wanted = new TreeMap<>();
        goals.forEach((skill, ability) -> wanted.put(skill, new Wanted(ability, true)));
        for (Map.Entry<String, Double> goal : goals.entrySet()) {
            double needed = Math.min(prerequisiteAbility, goal.getValue());
            for (String skill : graph.ancestors(goal.getKey()).keySet()) {
                wanted.merge(
                        skill,
                        new Wanted(needed, false),
                        (one, other) ->
                                new Wanted(Math.max(one.ability(), other.ability()), one.goal() || other.goal()));
            }
        }
        return wanted;
    }

    private static @Nullable Met met(
            SkillGraph graph, String skill, Wanted wanted, Function<String, Standing> standing, Before before) {
        Standing own = standing.apply(skill);
        double slack = before.met().contains(skill) ? SLACK : 0;
        if (own.answers() >= FEW_ANSWERS) {
            return own.ability() >= wanted.ability() - slack ? Met.SHOWN : null;
        }
        if (wanted.goal()) {
            return null;
        }
        for (Map.Entry<String, Integer> further : graph.descendants(skill).entrySet()) {
            Standing above = standing.apply(further.getKey());
            if (further.getValue() <= IMPLIED_WITHIN
                    && above.answers() >= FEW_ANSWERS
                    && above.ability() >= wanted.ability() - slack) {
                return Met.IMPLIED;
            }
        }
        return null;
    }

    private static List<String> order(
            SkillGraph graph, Set<String> unmet, Map<String, Set<String>> unlocked, List<String> goals, Before before) {
        Map<String, Integer> places = PlannedPath.places(before.order());
        Map<String, Double> kept = new HashMap<>();
        for (String skill : unmet) {
            kept.put(skill, place(skill, places, unlocked.getOrDefault(skill, Set.of())));
        }
        Comparator<String> first = Comparator.comparing((String skill) -> kept.getOrDefault(skill, Double.MAX_VALUE))
                .thenComparing(skill -> unlocked.getOrDefault(skill, Set.of()).size(), Comparator.reverseOrder())
                .thenComparing(skill -> goals.contains(skill) ? goals.indexOf(skill) : goals.size())
                .thenComparing(Comparator.naturalOrder());
        Map<String, Integer> waiting = new HashMap<>();
        PriorityQueue<String> free = new PriorityQueue<>(first);
        for (String skill : unmet) {
            int open = 0;
            for (String prerequisite : graph.ancestors(skill).keySet()) {
                open += unmet.contains(prerequisite) ? 1 : 0;
            }
            waiting.put(skill, open);
            if (open == 0) {
                free.add(skill);
            }
        }
        List<String> order = new ArrayList<>(unmet.size());
        for (String next = free.poll(); next != null; next = free.poll()) {
            order.add(next);
            for (String further :
                    unlocked.getOrDefault(next, Set.of()).stream().sorted().toList()) {
                if (waiting.merge(further, -1, Integer::sum) == 0) {
                    free.add(further);
                }
            }
        }
        return order;
    }

    /** Where it stood; of a new one right before the first that builds on it; of one that nothing builds on the end. */
    private static double place(String skill, Map<String, Integer> places, Set<String> unlocked) {
        Integer place = places.get(skill);
        if (place != null) {
            return place;
        }
        double first = Double.MAX_VALUE;
        for (String further : unlocked) {
            Integer other = places.get(further);
            if (other != null) {
                first = Math.min(first, other - 0.5);
            }
        }
        return first;
    }

    private PlannedPath dated(
            SkillGraph graph,
            List<String> order,
            Map<String, Wanted> wanted,
            Map<String, Set<String>> unlocked,
            LinkedHashMap<String, Double> goals,
            Function<String, Standing> standing,
            Time time,
            SortedMap<String, Met> met) {
        double perDay = time.hoursPerWeek() / DAYS_PER_WEEK;
        List<Step> steps = new ArrayList<>(order.size());
        double hours = 0;
        double hoursAtMost = 0;
        for (String skill : order) {
            Wanted level = wanted.getOrDefault(skill, new Wanted(prerequisiteAbility, false));
            Standing own = standing.apply(skill);
            boolean checked = own.answers() >= FEW_ANSWERS;
            double gap = level.ability() - own.ability();
            double takes = Math.max(CHECK_HOURS, hoursPerLogit * gap);
            double atMost = Math.max(CHECK_HOURS, hoursPerLogit * (gap + own.uncertainty()));
            int from = time.today() + (int) (hours / perDay + ROUNDING);
            hours += takes;
            hoursAtMost += atMost;
            int to = Math.max(from, time.today() + (int) Math.ceil(hours / perDay - ROUNDING) - 1);
            steps.add(new Step(
                    skill,
                    level.goal(),
                    goals.keySet().stream()
                            .filter(goal -> graph.ancestors(goal).containsKey(skill))
                            .toList(),
                    unlocked.getOrDefault(skill, Set.of()).size(),
                    own.ability(),
                    level.ability(),
                    checked,
                    takes,
                    atMost,
                    from,
                    to));
        }
        int end = steps.isEmpty() ? time.today() : steps.getLast().toDay();
        return new PlannedPath(steps, met, hours, hoursAtMost, end, perWeekNeeded(hours, time));
    }

    private static double perWeekNeeded(double hours, Time time) {
        if (time.untilDay() == Time.NO_END) {
            return Double.NaN;
        }
        int days = time.untilDay() - time.today() + 1;
        return hours == 0 ? 0 : days <= 0 ? Double.POSITIVE_INFINITY : hours * DAYS_PER_WEEK / days;
    }
}
