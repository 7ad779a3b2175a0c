package dev.devmentor.learning.engine.analytics;

import dev.devmentor.learning.engine.fit.ReviewHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What a model makes of a history: recall predicted before each answer, and every card's memory after all of them. */
public final class Memories {

    /** How far back {@link #askedRecall} looks: a season. */
    private static final int ASKED_DAYS = 90;

    /** More days off in a row than a weekend has pile up what is asked late. */
    private static final int WEEKEND_DAYS = 2;

    /** With fewer asked without delay, the others are looked at too. */
    private static final int FEWEST_ASKED = 20;

    private final AnswerHistory history;
    private final double[] memory;
    private final double[] predicted;
    private final double[] earliest; // recall on the first day for which it may have been planned
    private final boolean[] delayed; // asked after days off, or as early as can be: says little of the plan

    private Memories(AnswerHistory history, double[] memory, double[] predicted, double[] earliest, boolean[] delayed) {
        this.history = history;
        this.memory = memory;
        this.predicted = predicted;
        this.earliest = earliest;
        this.delayed = delayed;
    }

    /** Replays a history under a model. */
    public static Memories of(MemoryModel model, AnswerHistory history) {
        ReviewHistory reviews = history.reviews();
        int rows = history.size();
        double[] memory = new double[reviews.cards() * MemoryModel.WIDTH];
        double[] predicted = new double[rows];
        double[] earliest = new double[rows];
        boolean[] delayed = new boolean[rows];
        int[] worked = WorkedDays.before(history, Integer.MAX_VALUE);
        for (int row = 0; row < rows; row++) {
            int at = reviews.card(row) * MemoryModel.WIDTH;
            int grade = reviews.grade(row);
            int before = reviews.before(row);
            if (before < 0) {
                predicted[row] = Double.NaN;
                earliest[row] = Double.NaN;
                model.first(memory, at, grade);
                continue;
            }
            double gap = model.gap(reviews, row);
            predicted[row] = model.recall(memory, at, gap);
            earliest[row] = predicted[row];
            if (history.isLongTerm(row)) {
                int asked = Arrays.binarySearch(worked, history.day(row));
                int last = history.day(before);
                int off = worked[asked] - Math.max(last, worked[asked - 1]) - 1;
                earliest[row] = off == 0 ? predicted[row] : model.recall(memory, at, Math.max(0, gap - off));
                delayed[row] = reviews.days(row) == 1 || longestOff(worked, asked, last) > WEEKEND_DAYS;
            }
            model.next(memory, at, grade, gap);
        }
        return new Memories(history, memory, predicted, earliest, delayed);
    }

    /** The most days off in a row since a day, before that of an index. */
    private static int longestOff(int[] worked, int index, int since) {
        int longest = 0;
        for (int i = index; i > 0 && worked[i] > since; i--) {
            longest = Math.max(longest, worked[i] - worked[i - 1] - 1);
        }
        return longest;
    }

    /** Recall predicted before each row's answer; NaN for a card's first. */
    public double[] predicted() {
        return predicted.clone();
    }

    /**
     * Cards as they stand after the history, for those who do not know when these are due.
     *
     * @param dueDay the due day of each card, {@link SimulatedCard#NOT_KNOWN} if it is not known
     */
    public List<SimulatedCard> cards(int[] dueDay) {
        ReviewHistory reviews = history.reviews();
        List<SimulatedCard> cards = new ArrayList<>();
        for (int card = 0; card < reviews.cards(); card++) {
            int length = reviews.length(card);
            if (length > 0) {
                int last = reviews.row(card, length - 1);
                int at = card * MemoryModel.WIDTH;
                cards.add(new SimulatedCard(
                        memory[at],
                        memory[at + 1],
                        memory[at + 2],
                        history.day(last),
                        history.grade(last),
                        dueDay[card]));
            }
        }
        return cards;
    }

    /** {@link #cards(int[])} with no due day known. */
    public List<SimulatedCard> cards() {
        int[] dueDay = new int[history.reviews().cards()];
        Arrays.fill(dueDay, SimulatedCard.NOT_KNOWN);
        return cards(dueDay);
    }

    /**
     * The recall at which cards were planned to be asked, as far as the log shows it, in rising order: of the long-term answers of
     * the last 90 days before one. A card was planned for the day on which it was asked or for one of the days off just before;
     * the mean of both ends is taken. Left out are cards asked after one day, which is the shortest interval whatever the plan,
     * and those asked after more days off in a row than a weekend has, which may have waited for their turn; unless nearly
     * nothing else is there. For logs that do not say which retention was wanted.
     */
    public double[] askedRecall(int today) {
        double[] inTime = askedRecall(today, false);
        return inTime.length >= FEWEST_ASKED ? inTime : askedRecall(today, true);
    }

    private double[] askedRecall(int today, boolean withDelayed) {
        return IntStream.range(0, history.size())
                .filter(row -> history.isLongTerm(row)
                        && history.day(row) < today
                        && history.day(row) >= today - ASKED_DAYS
                        && (withDelayed || !delayed[row]))
                .mapToDouble(row -> (predicted[row] + earliest[row]) / 2)
                .sorted()
                .toArray();
    }
}
