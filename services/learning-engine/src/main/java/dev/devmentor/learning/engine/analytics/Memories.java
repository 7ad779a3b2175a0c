package dev.devmentor.learning.engine.analytics;

import dev.devmentor.learning.engine.fit.ReviewHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** What a model makes of a history: recall predicted before each answer, and every card's memory after all of them. */
public final class Memories {

    /** How far back {@link #askedRecall} looks: a season. */
    private static final int ASKED_DAYS = 90;

    private final AnswerHistory history;
    private final double[] memory;
    private final double[] predicted;
    private final double[] earliest;

    private Memories(AnswerHistory history, double[] memory, double[] predicted, double[] earliest) {
        this.history = history;
        this.memory = memory;
        this.predicted = predicted;
        this.earliest = earliest;
    }

    /** Replays a history under a model. */
    public static Memories of(MemoryModel model, AnswerHistory history) {
        ReviewHistory reviews = history.reviews();
        int rows = history.size();
        double[] memory = new double[reviews.cards() * MemoryModel.WIDTH];
        double[] predicted = new double[rows];
        double[] earliest = new double[rows];
        TreeSet<Integer> active = new TreeSet<>();
        for (int row = 0; row < rows; row++) {
            active.add(history.day(row));
        }
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
            Integer workedBefore = active.lower(history.day(row));
            int skipped = workedBefore == null || !history.isLongTerm(row)
                    ? 0
                    : history.day(row) - Math.max(history.day(before), workedBefore) - 1;
            earliest[row] = skipped == 0 ? predicted[row] : model.recall(memory, at, Math.max(0, gap - skipped));
            model.next(memory, at, grade, gap);
        }
        return new Memories(history, memory, predicted, earliest);
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
     * the last 90 days before one. A card is planned for the day on which it was asked or for one of the days before on which
     * the learner did not work; the mean of both ends is taken. For logs that do not say which retention was wanted.
     */
    public double[] askedRecall(int today) {
        return java.util.stream.IntStream.range(0, history.size())
                .filter(row -> history.isLongTerm(row)
                        && history.day(row) < today
                        && history.day(row) >= today - ASKED_DAYS)
                .mapToDouble(row -> (predicted[row] + earliest[row]) / 2)
                .sorted()
                .toArray();
    }
}
