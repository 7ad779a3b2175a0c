package dev.devmentor.learning.learner;

import java.util.List;

/**
 * What a learner chose beside that which decides due dates.
 *
 * @param loadBalance whether an answer's interval may be moved within its fuzz to a day with less to do
 * @param easyDays how much of a usual day's load each day of the week takes, Monday first, 0 to 1
 * @param burySiblings whether of cards of one note only one is shown a day
 * @param newPerDay most new cards that are offered a day, 0 to 9 999
 * @param reviewsPerDay most reviews that are shown a day, 1 to 99 999
 * @param leechThreshold lapses from which a card counts as a leech, 2 to 99
 * @param targetSuccess wanted share of right answers in quizzes, .5 to .95
 * @param minutesPerDay time that plans count on, 1 to 600
 * @param hints whether what is learned of how the person learns changes what is asked
 */
public record Preferences(
        boolean loadBalance,
        List<Double> easyDays,
        boolean burySiblings,
        int newPerDay,
        int reviewsPerDay,
        int leechThreshold,
        double targetSuccess,
        int minutesPerDay,
        boolean hints) {

    private static final int DAYS = 7;

    /** Nothing is balanced, buried or limited beyond what nobody reaches. */
    public static final Preferences DEFAULT =
            new Preferences(false, List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0), false, 20, 9_999, 8, 0.75, 20, true);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is outside its range; the message names it
     */
    public Preferences {
        easyDays = List.copyOf(easyDays);
        if (easyDays.size() != DAYS || easyDays.stream().anyMatch(day -> !(day >= 0 && day <= 1))) {
            throw new IllegalArgumentException("easyDays is seven numbers from 0 to 1, Monday first");
        }
        if (easyDays.stream().allMatch(day -> day == 0)) {
            throw new IllegalArgumentException("easyDays leaves no day for learning");
        }
        within("newPerDay", newPerDay, 0, 9_999);
        within("reviewsPerDay", reviewsPerDay, 1, 99_999);
        within("leechThreshold", leechThreshold, 2, 99);
        within("minutesPerDay", minutesPerDay, 1, 600);
        if (!(targetSuccess >= 0.5 && targetSuccess <= 0.95)) {
            throw new IllegalArgumentException("targetSuccess is 0.50 to 0.95, not " + targetSuccess);
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most + ", not " + value);
        }
    }
}
