package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * An exam on a day about some skills: every card of these skills is reviewed at least once within the last days before it,
 * such that as few as possible stay below the wanted probability of recall on the day, and then that recall is as high as the
 * daily limit allows.
 *
 * <p>A card that is due before these last days keeps that day: its review then is needed, and only when it was answered is
 * there a due date to move. Its place in the last days is kept free, and it is counted as {@code later};
 * {@linkplain #keep once answered} it is moved there.
 *
 * @param day the day of the exam, on which nothing is reviewed
 * @param skills what it is about; not empty
 * @param targetRecall wanted probability of recall on the day, above 0 and below 1
 * @param lastDays how many days before the exam count as shortly before, at least 1
 * @param perDay most reviews on a normal day, other cards that are due then among them
 * @param easyDays on which days the learner wants less
 */
public record Exam(int day, Set<String> skills, double targetRecall, int lastDays, int perDay, EasyDays easyDays) {

    /** Added to the cost of a place from which recall does not reach the target: more than all other costs can make up. */
    private static final double BELOW_TARGET = 1_000;

    private static final String REASON = "the last review before the exam";

    /** What is known of a card on a day after reviews. */
    @FunctionalInterface
    public interface Forecast {
        /**
         * The probability of recall after reviews that are yet to come, with what each may bring.
         *
         * @param reviewDays in rising order, each after the card's last answer
         * @param day after the last of them
         * @return 0 to 1
         */
        double recall(PlannedCard card, int[] reviewDays, int day);
    }

    /**
     * The plan, and what it reaches.
     *
     * @param cards cards of the skills
     * @param done those of them that were reviewed in the last days already and will reach the target; they stay as they are
     * @param later those of them that are due before the last days, and are moved once answered
     * @param unplaced those for which no day has room; they are not reviewed in the last days
     * @param belowTarget placed ones that stay below the target even so
     * @param lowestRecall of the placed ones on the day of the exam; NaN if there is none
     * @param meanRecall of the placed ones on the day of the exam; NaN if there is none
     * @param meanRecallWithout of the same cards, if nothing were reviewed from now on; NaN if there is none
     * @param neededPerDay the smallest {@code perDay} with which all find a place; −1 if none does
     */
    public record Result(
            Plan plan,
            int cards,
            int done,
            int later,
            int unplaced,
            int belowTarget,
            double lowestRecall,
            double meanRecall,
            double meanRecallWithout,
            int neededPerDay) {

        /** Whether every card is reviewed in the last days and reaches the target. */
        public boolean feasible() {
            return unplaced == 0 && belowTarget == 0;
        }
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Exam {
        skills = Set.copyOf(skills);
        if (skills.isEmpty() || !(targetRecall > 0 && targetRecall < 1) || lastDays < 1 || perDay < 1) {
            throw new IllegalArgumentException("skills " + skills.size() + ", target " + targetRecall + ", last days "
                    + lastDays + ", " + perDay + " a day");
        }
    }

    /**
     * @param cards all cards of the learner that wait
     * @throws IllegalArgumentException if the exam is not after today
     */
    public Result plan(Collection<PlannedCard> cards, int today, Forecast forecast) {
        if (day <= today) {
            throw new IllegalArgumentException("the exam is on day " + day + ", today is " + today);
        }
        List<PlannedCard> wanted = new ArrayList<>();
        Loads load = new Loads(today);
        int done = 0;
        for (PlannedCard card : cards) {
            boolean asked = card.skills().stream().anyMatch(skills::contains);
            if (asked && !isDone(card)) {
                wanted.add(card);
            } else {
                load.add(card.dueDay(), 1);
                done += asked ? 1 : 0;
            }
        }
        // What would be known least without a review chooses first, also where there is no room for all.
        wanted.sort(Comparator.<PlannedCard>comparingDouble(card -> card.recallOn(day))
                .thenComparing(PlannedCard::item));
        int first = Math.max(today, day - lastDays);
        int[] days = new int[day - first];
        Arrays.setAll(days, i -> first + i);
        Places places = Places.on(days, load, easyDays);
        double[][] recall = new double[wanted.size()][];
        double[][] cost = new double[wanted.size()][];
        int[] earliest = new int[wanted.size()];
        for (int i = 0; i < cost.length; i++) {
            PlannedCard card = wanted.get(i);
            earliest[i] = isLater(card, first, today) ? card.waitsOn(today) + 1 : card.earliest(today);
            recall[i] = recalls(card, days, first, today, forecast);
            cost[i] = Arrays.stream(recall[i]).map(this::cost).toArray();
        }
        int[] placed = Assignment.leastCost(cost, places.at(perDay));
        return result(cards, wanted, done, days, placed, recall, places.lowestLevel(earliest), first, today);
    }

    /**
     * What becomes of a card that was answered after the exam was planned: if it would be due on the day of the exam or later,
     * and is not known well enough for that day, it is reviewed once more in the last days, on the day with room from which
     * recall reaches the most.
     *
     * @param load reviews that wait on a day, those of this card left out
     */
    public Optional<Move> keep(PlannedCard card, int today, IntUnaryOperator load, Forecast forecast) {
        if (day <= today
                || card.waitsOn(today) < day
                || card.skills().stream().noneMatch(skills::contains)
                || isDone(card)) {
            return Optional.empty();
        }
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int to = Math.max(day - lastDays, card.earliest(today)); to < day; to++) {
            if (load.applyAsInt(to) < easyDays.share(perDay, to)) {
                double cost = cost(forecast.recall(card, new int[] {to}, day));
                if (cost < least) {
                    least = cost;
                    best = to;
                }
            }
        }
        return best < 0 ? Optional.empty() : Optional.of(Move.of(card, today, best, REASON));
    }

    /** Whether the last review before the exam was there already, and was enough. */
    private boolean isDone(PlannedCard card) {
        return card.lastDay() >= day - lastDays && card.recallOn(day) >= targetRecall;
    }

    /** Whether a card is to be answered before the last days begin, so that there is no date to move yet. */
    private static boolean isLater(PlannedCard card, int first, int today) {
        return card.waitsOn(today) < first;
    }

    /** Recall on the day of the exam by the day of the last review; NaN where that can't be. */
    private double[] recalls(PlannedCard card, int[] days, int first, int today, Forecast forecast) {
        double[] recalls = new double[days.length];
        for (int i = 0; i < days.length; i++) {
            if (days[i] < card.earliest(today)) {
                recalls[i] = Double.NaN;
            } else if (isLater(card, first, today)) {
                int next = Math.max(card.waitsOn(today), card.earliest(today));
                recalls[i] = next < days[i] ? forecast.recall(card, new int[] {next, days[i]}, day) : Double.NaN;
            } else {
                recalls[i] = forecast.recall(card, new int[] {days[i]}, day);
            }
        }
        return recalls;
    }

    private double cost(double recall) {
        if (Double.isNaN(recall)) {
            return Double.POSITIVE_INFINITY;
        }
        return 1 - recall + (recall < targetRecall ? BELOW_TARGET : 0);
    }

    private Result result(
            Collection<PlannedCard> all,
            List<PlannedCard> wanted,
            int done,
            int[] days,
            int[] placed,
            double[][] recall,
            int needed,
            int first,
            int today) {
        List<Move> moves = new ArrayList<>();
        int later = 0;
        int unplaced = 0;
        int below = 0;
        double lowest = 1;
        double sum = 0;
        double without = 0;
        for (int i = 0; i < placed.length; i++) {
            PlannedCard card = wanted.get(i);
            boolean isLater = isLater(card, first, today);
            if (isLater) {
                later++;
            }
            if (placed[i] == Assignment.NOWHERE) {
                unplaced++;
                continue;
            }
            double reached = recall[i][placed[i]];
            lowest = Math.min(lowest, reached);
            sum += reached;
            without += card.recallOn(day);
            if (reached < targetRecall) {
                below++;
            }
            int to = days[placed[i]];
            if (!isLater && card.waitsOn(today) != to) {
                moves.add(Move.of(card, today, to, REASON));
            }
        }
        int n = placed.length - unplaced;
        double lowestRecall = n == 0 ? Double.NaN : lowest;
        List<String> notes = notes(placed.length, later, unplaced, below, lowestRecall, needed, days.length);
        return new Result(
                Plan.of(all, today, moves, notes),
                placed.length + done,
                done,
                later,
                unplaced,
                below,
                lowestRecall,
                n == 0 ? Double.NaN : sum / n,
                n == 0 ? Double.NaN : without / n,
                needed);
    }

    private List<String> notes(int cards, int later, int unplaced, int below, double lowest, int needed, int days) {
        List<String> notes = new ArrayList<>();
        if (unplaced > 0) {
            notes.add("no place for " + unplaced + " of " + Count.of(cards, "card") + " with "
                    + Count.of(perDay, "review") + " a day on the " + Count.of(days, "day") + " before the exam; "
                    + Places.wouldDo(needed));
        }
        if (below > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "below %.0f %% on the day: %d of %s, the lowest at %.0f %%",
                    targetRecall * 100,
                    below,
                    Count.of(cards, "card"),
                    lowest * 100));
        }
        if (later > 0) {
            notes.add(Count.of(later, "card") + " due before these days: moved once answered");
        }
        return notes;
    }

    /** Skills of the exam of which no card was found. */
    public Set<String> skillsWithoutCards(Collection<PlannedCard> cards) {
        Set<String> missing = new HashSet<>(skills);
        cards.forEach(card -> card.skills().forEach(missing::remove));
        return missing;
    }
}
