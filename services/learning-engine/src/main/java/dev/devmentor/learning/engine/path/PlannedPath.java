package dev.devmentor.learning.engine.path;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The way to a goal, as of a day.
 *
 * @param steps still to be taken, in their order
 * @param met skills that need no step, by id, and why
 * @param hours of all steps
 * @param hoursAtMost the same if every ability lies a standard deviation below its estimate
 * @param endDay day on which the last step ends; the day of planning if there is none
 * @param hoursPerWeekNeeded to be done by the wanted day; NaN without one, infinite if it has passed
 */
public record PlannedPath(
        List<Step> steps,
        SortedMap<String, Met> met,
        double hours,
        double hoursAtMost,
        int endDay,
        double hoursPerWeekNeeded) {
    public PlannedPath {
        steps = List.copyOf(steps);
        met = Collections.unmodifiableSortedMap(new TreeMap<>(met));
    }

    /** Why a skill needs no step. */
    public enum Met {
        /** The answers in it say so. */
        SHOWN,
        /** It was hardly asked, but what builds on it goes well. */
        IMPLIED
    }

    /**
     * A skill to learn.
     *
     * @param skill id
     * @param goal whether it is wanted itself, and not only for what builds on it
     * @param neededFor wanted skills that build on it, the most wanted first
     * @param unlocks further steps that build on it, directly or not
     * @param ability now, logits
     * @param wanted ability, logits
     * @param checked whether enough answers stand behind the ability; otherwise the step begins with finding out
     * @param hours to get there
     * @param hoursAtMost if the ability lies a standard deviation below its estimate
     * @param fromDay first day
     * @param toDay last day
     */
    public record Step(
            String skill,
            boolean goal,
            List<String> neededFor,
            int unlocks,
            double ability,
            double wanted,
            boolean checked,
            double hours,
            double hoursAtMost,
            int fromDay,
            int toDay) {
        public Step {
            neededFor = List.copyOf(neededFor);
        }
    }

    /** Steps in their order. */
    public List<String> order() {
        return steps.stream().map(Step::skill).toList();
    }

    /** The steps with some attribute of theirs, in their order. */
    static Map<String, Integer> places(List<String> order) {
        Map<String, Integer> places = new TreeMap<>();
        for (int i = 0; i < order.size(); i++) {
            places.put(order.get(i), i);
        }
        return places;
    }
}
