package dev.devmentor.learning.engine.analytics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Simulates the same learner under one wanted retention after another, and says what each costs and what it keeps.
 *
 * <p>Source of the retention of least work: fsrs-rs, src/simulation.rs (CMRRTargetFn): the time of all answers, divided by the
 * cards that would be recalled at the end.
 */
public final class RetentionAdviser {

    /** The lowest retention that is tried. */
    public static final double LOWEST = 0.70;

    /** The highest. */
    public static final double HIGHEST = 0.97;

    private static final int STEPS = 27;

    /** Small collections are simulated several times, until so many cards are. */
    private static final int CARDS = 4_000;

    private static final int MOST_RUNS = 20;

    private RetentionAdviser() {}

    /**
     * What a wanted retention leads to, mean of all courses.
     *
     * @param retention that is wanted
     * @param minutesPerDay days without work included
     * @param reviewsPerDay cards asked again
     * @param recallRate share of reviews that are recalled; NaN without reviews
     * @param memorised cards that would be recalled at the end
     * @param minutesPerCard all minutes by {@code memorised}
     */
    public record Option(
            double retention,
            double minutesPerDay,
            double reviewsPerDay,
            double recallRate,
            double memorised,
            double minutesPerCard) {}

    /**
     * The advice.
     *
     * @param options by retention, rising
     * @param current what goes on as it is leads to: the option nearest to the wanted retention of today
     * @param leastWork the option of the fewest minutes per card held; of equal ones the higher retention
     * @param cards how many there are at the end
     * @param runs courses for each option
     * @param sentence all of it for people
     */
    public record Advice(
            List<Option> options, Option current, Option leastWork, int cards, int runs, String sentence) {}

    /**
     * Advises.
     *
     * @param plan whose retention is the one of today
     * @throws IllegalArgumentException if there are neither cards nor new ones to come
     */
    public static Advice advise(
            MemoryModel model, List<SimulatedCard> cards, Habits habits, Plan plan, Progress progress) {
        double coming = Math.min(plan.newCards(), plan.newPerDay() * plan.days());
        if (cards.isEmpty() && coming < 1) {
            throw new IllegalArgumentException("there is nothing to simulate: no card, and no new one to come");
        }
        int runs = (int) Math.max(1, Math.min(MOST_RUNS, CARDS / (cards.size() + coming)));
        List<Option> options = new ArrayList<>(STEPS + 1);
        int cardsAtEnd = 0;
        for (int step = 0; step <= STEPS; step++) {
            double done = step;
            List<Course> courses = Forecast.courses(
                    model,
                    cards,
                    habits,
                    plan.with(retention(step)),
                    runs,
                    share -> progress.at((done + share) / (STEPS + 1)));
            cardsAtEnd = courses.getLast().cards();
            options.add(option(retention(step), courses));
        }
        Option leastWork = options.reversed().stream()
                .min(Comparator.comparingDouble(Option::minutesPerCard))
                .orElseThrow();
        double wanted = plan.retention().mean();
        Option current = options.stream()
                .min(Comparator.comparingDouble(option -> Math.abs(option.retention() - wanted)))
                .orElseThrow();
        return new Advice(
                List.copyOf(options),
                current,
                leastWork,
                cardsAtEnd,
                runs,
                sentence(options, current, leastWork, cardsAtEnd, plan.days()));
    }

    private static double retention(int step) {
        return (70 + step) / 100.0;
    }

    private static Option option(double retention, List<Course> courses) {
        double minutes = mean(courses, Course::minutesPerDay);
        double memorised = mean(courses, Course::memorised);
        long reviews = 0;
        long recalled = 0;
        for (Course course : courses) {
            for (Course.Day day : course.days()) {
                reviews += day.reviews();
                recalled += day.recalled();
            }
        }
        return new Option(
                retention,
                minutes,
                mean(courses, Course::reviewsPerDay),
                (double) recalled / reviews,
                memorised,
                minutes * courses.getFirst().days().size() / memorised);
    }

    private static String sentence(List<Option> options, Option current, Option least, int cards, int days) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "At a wanted retention of %.2f you would work %.1f minutes a day over the next %d days and then know about %.0f"
                        + " of %d cards.",
                current.retention(),
                current.minutesPerDay(),
                days,
                current.memorised(),
                cards));
        if (least.retention() == current.retention()) {
            text.append(" No other retention costs less time per card that you know.");
        } else {
            text.append(String.format(
                    Locale.ROOT,
                    " The least time per card that you know is spent at %.2f: %.1f minutes a day for about %.0f cards.",
                    least.retention(),
                    least.minutesPerDay(),
                    least.memorised()));
            if (least == options.getFirst() || least == options.getLast()) {
                text.append(" That is the end of what was tried.");
            }
        }
        Option more = options.get(Math.min(options.indexOf(current) + 3, options.size() - 1));
        if (more.retention() > current.retention()) {
            text.append(String.format(
                    Locale.ROOT,
                    " %.2f would mean %.1f minutes a day and about %.0f cards.",
                    more.retention(),
                    more.minutesPerDay(),
                    more.memorised()));
        }
        return text.toString();
    }

    private static double mean(List<Course> courses, java.util.function.ToDoubleFunction<Course> value) {
        return courses.stream().mapToDouble(value).sum() / courses.size();
    }
}
