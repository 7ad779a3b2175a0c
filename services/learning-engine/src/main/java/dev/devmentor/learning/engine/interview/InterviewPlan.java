package dev.devmentor.learning.engine.interview;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do on which day until the interview. Days are numbers of days since 1970-01-01.
 *
 * <p>Prerequisites come first. What was learnt is looked at again after 1, 3, 7, 14 and 30 days, and then at intervals of
 * twice the last: expanding gaps within reach of the date (Cepeda et al., "Distributed practice in verbal recall tasks",
 * Psychological Bulletin 132/3, 2006). Every seventh day has a mock quiz, and so has the last one before the buffer. In the
 * buffer nothing new is begun and half of the time stays free. What does not fit is left out as a whole, least wanted
 * first, and what time remains goes to the first of it.
 *
 * <p>The same input gives the same plan, whatever the order of the gaps.
 *
 * @param firstDay on which the plan begins
 * @param interviewDay the day of the interview, no longer part of the plan
 * @param minutesPerDay at most so many
 * @param days each from the first to the last before the interview, also those without anything to do
 * @param leftOut skills whose gap the plan does not close; empty if everything fits
 */
public record InterviewPlan(int firstDay, int interviewDay, int minutesPerDay, List<Day> days, List<LeftOut> leftOut) {
    /** Beyond that nobody plans for an interview. */
    public static final int LONGEST_DAYS = 366;

    public static final int LEAST_MINUTES = 10;
    public static final int MOST_MINUTES = 720;

    public InterviewPlan {
        days = List.copyOf(days);
        leftOut = List.copyOf(leftOut);
    }

    /** Whether every gap is closed by the date. */
    public boolean feasible() {
        return leftOut.isEmpty();
    }

    /** A day of the plan. */
    public record Day(int day, boolean buffer, List<Activity> activities) {
        public Day {
            activities = List.copyOf(activities);
        }

        /** Minutes of all activities. */
        public int minutes() {
            return activities.stream().mapToInt(Activity::minutes).sum();
        }
    }

    /** What an activity is. */
    public enum Kind {
        /** A few questions on what is claimed and was never measured. */
        CHECK,
        STUDY,
        REVIEW,
        /** Questions on everything that the job wants. */
        MOCK
    }

    /**
     * Something to do.
     *
     * @param skill null for a mock quiz
     */
    public record Activity(Kind kind, @Nullable String skill, int minutes) {}

    /** Why a skill is left out. */
    public enum Reason {
        /** The interview is today or was before. */
        NO_DAY,
        /** What is wanted more takes the time. */
        NO_TIME,
        /** Something that has to be learnt first is left out. */
        PREREQUISITE_LEFT_OUT
    }

    /**
     * A skill whose gap stays open.
     *
     * @param minutes that closing it takes
     * @param planned minutes of them that the plan has all the same
     */
    public record LeftOut(String skill, Need need, int minutes, int planned, Reason reason) {}

    /**
     * Makes a plan.
     *
     * @param gaps each skill at most once; those without a gap are not learnt, but count for mock quizzes
     * @param prerequisites for each skill those directly before it
     * @throws IllegalArgumentException if the minutes or the number of days are out of range
     */
    public static InterviewPlan make(
            int firstDay,
            int interviewDay,
            int minutesPerDay,
            List<Gap> gaps,
            Map<String, List<String>> prerequisites) {
        if (minutesPerDay < LEAST_MINUTES
                || minutesPerDay > MOST_MINUTES
                || (long) interviewDay - firstDay > LONGEST_DAYS) {
            throw new IllegalArgumentException("minutes " + minutesPerDay + ", days " + (interviewDay - firstDay));
        }
        return new Planner(firstDay, interviewDay, minutesPerDay, gaps, prerequisites).plan();
    }
}
