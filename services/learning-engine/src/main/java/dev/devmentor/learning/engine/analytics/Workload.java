package dev.devmentor.learning.engine.analytics;

import dev.devmentor.learning.engine.analytics.Forecast.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What several courses of one plan have in common.
 *
 * @param days in order, each the mean of all courses
 * @param minutesPerDay of a whole course
 * @param reviewsPerDay of a whole course
 * @param answersPerDay of a whole course
 * @param memorised at the end
 * @param cards at the end
 * @param runs how many courses
 */
public record Workload(
        List<Day> days,
        Range minutesPerDay,
        Range reviewsPerDay,
        Range answersPerDay,
        Range memorised,
        int cards,
        int runs) {

    private static final int MOST_RUNS = 20;
    private static final int CARDS_TIMES_RUNS = 20_000;

    /**
     * A mean day; see {@link Course.Day}.
     *
     * @param memorised NaN where not counted
     */
    public record Day(
            int day,
            double reviews,
            double recalled,
            double introduced,
            double answers,
            double minutes,
            double waiting,
            double memorised) {}

    /** As many courses as a collection of so many cards needs. */
    public static int runsFor(int cards) {
        return Math.max(1, Math.min(MOST_RUNS, CARDS_TIMES_RUNS / Math.max(1, cards)));
    }

    /** Of courses of one plan, at least one. */
    public static Workload of(List<Course> courses) {
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < courses.getFirst().days().size(); i++) {
            int at = i;
            days.add(new Day(
                    courses.getFirst().days().get(i).day(),
                    mean(courses, at, Course.Day::reviews),
                    mean(courses, at, Course.Day::recalled),
                    mean(courses, at, Course.Day::introduced),
                    mean(courses, at, Course.Day::answers),
                    mean(courses, at, Course.Day::minutes),
                    mean(courses, at, Course.Day::waiting),
                    mean(courses, at, Course.Day::memorised)));
        }
        return new Workload(
                List.copyOf(days),
                range(courses, Course::minutesPerDay),
                range(courses, Course::reviewsPerDay),
                range(courses, Course::answersPerDay),
                range(courses, Course::memorised),
                courses.getFirst().cards(),
                courses.size());
    }

    private static double mean(List<Course> courses, int at, ToDoubleFunction<Course.Day> value) {
        double sum = 0;
        for (Course course : courses) {
            sum += value.applyAsDouble(course.days().get(at));
        }
        return sum / courses.size();
    }

    private static Range range(List<Course> courses, ToDoubleFunction<Course> value) {
        return Range.of(courses.stream().mapToDouble(value).toArray());
    }
}
