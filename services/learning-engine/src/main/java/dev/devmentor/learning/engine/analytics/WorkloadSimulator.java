package dev.devmentor.learning.engine.analytics;

import dev.devmentor.learning.engine.analytics.Habits.Ask;
import dev.devmentor.learning.engine.analytics.Habits.Begin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Lets a learner work on a collection day by day: what is due is asked, longest due first, until the limit; each answer turns out
 * as the memory predicts; then new cards come. The model's recall is taken for true, which is why it should be the learner's
 * fitted one.
 *
 * <p>Every card draws from a stream of its own, so that two courses that differ in the wanted retention alone differ by what
 * that does and little else. The same arguments give the same bits.
 *
 * <p>Source of the idea: fsrs-rs, src/simulation.rs.
 */
public final class WorkloadSimulator {

    /** Repeats of one card on one day end here, whatever the habits say. */
    private static final int MOST_REPEATS = 20;

    /** Days between two answers on the same day: ten minutes. */
    private static final double REPEAT_GAP = 10.0 / 1_440;

    /** Recall of all cards is summed up on every day until that is so much work, then on fewer. */
    private static final long MOST_RECALLS = 2_000_000;

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private static final int NOBODY = -1;

    private final MemoryModel model;
    private final Habits habits;
    private final Plan plan;

    private double[] memory;
    private int[] lastDay;
    private int[] lastGrade; // before the simulation; 0 once it was asked
    private long[] stream;
    private int cards;
    private int putAside;

    private final int[] firstDue; // of each day, the first card of a chain
    private int[] nextDue;
    private int[] waiting; // a queue
    private int waitingFrom;
    private int waitingTo;

    private int reviews;
    private int recalled;
    private int answers;
    private double seconds;

    private WorkloadSimulator(MemoryModel model, List<SimulatedCard> known, Habits habits, Plan plan) {
        this.model = model;
        this.habits = habits;
        this.plan = plan;
        int room = Math.max(16, known.size());
        memory = new double[room * MemoryModel.WIDTH];
        lastDay = new int[room];
        lastGrade = new int[room];
        stream = new long[room];
        nextDue = new int[room];
        waiting = new int[room];
        firstDue = new int[plan.days()];
        Arrays.fill(firstDue, NOBODY);
        for (SimulatedCard card : known) {
            take(card);
        }
    }

    /**
     * Simulates.
     *
     * @param cards that exist, suspended ones left out
     * @throws CancellationException if the progress says so
     */
    public static Course run(
            MemoryModel model, List<SimulatedCard> cards, Habits habits, Plan plan, Progress progress) {
        return new WorkloadSimulator(model, cards, habits, plan).run(progress);
    }

    private Course run(Progress progress) {
        List<Course.Day> days = new ArrayList<>(plan.days());
        long attendance = mix(plan.seed() ^ 0x5bd1e995L);
        double owed = 0;
        int left = plan.newCards();
        for (int i = 0; i < plan.days(); i++) {
            if (!progress.at((double) i / plan.days())) {
                throw new CancellationException("the simulation was cancelled");
            }
            int day = plan.firstDay() + i;
            queueDue(i);
            attendance += GAMMA;
            boolean works = unit(mix(attendance)) < habits.attendance(day);
            reviews = 0;
            recalled = 0;
            answers = 0;
            seconds = 0;
            int introduced = 0;
            if (works) {
                while (waitingFrom < waitingTo && reviews < plan.reviewLimit()) {
                    review(waiting[waitingFrom++], day);
                }
                owed += plan.newPerDay();
                introduced = (int) Math.min(owed, left);
                owed -= introduced;
                left -= introduced;
                for (int n = 0; n < introduced; n++) {
                    introduce(day);
                }
            }
            days.add(new Course.Day(
                    day,
                    works,
                    reviews,
                    recalled,
                    introduced,
                    answers,
                    seconds / 60,
                    waitingTo - waitingFrom,
                    isCounted(i) ? memorised(day) : Double.NaN));
        }
        return new Course(List.copyOf(days), cards - putAside);
    }

    private boolean isCounted(int i) {
        long grain = 1 + (long) cards * plan.days() / MOST_RECALLS;
        return i % grain == 0 || i == plan.days() - 1;
    }

    /** Cards put aside have no last day, and do not count. */
    private double memorised(int day) {
        double sum = 0;
        for (int card = 0; card < cards; card++) {
            if (lastDay[card] != Integer.MIN_VALUE) {
                sum += model.recall(memory, card * MemoryModel.WIDTH, Math.max(0, day - lastDay[card]));
            }
        }
        return sum;
    }

    private void take(SimulatedCard known) {
        int card = add(known.lastDay());
        int at = card * MemoryModel.WIDTH;
        memory[at] = known.stability();
        memory[at + 1] = known.fastStability();
        memory[at + 2] = known.difficulty();
        lastGrade[card] = known.lastGrade();
        int due = known.dueDay();
        if (due == SimulatedCard.NOT_KNOWN) {
            double u = draw(card);
            if (known.lastGrade() == 1) {
                due = known.lastDay() + 1;
            } else {
                int worked = Math.min(plan.firstDay() - 1, plan.retention().workedUntil());
                int waited = Math.max(0, worked - known.lastDay());
                double retention = plan.retention().drawBelow(model.recall(memory, at, waited), u);
                if (Double.isNaN(retention)) {
                    lastDay[card] = Integer.MIN_VALUE;
                    putAside++;
                    return;
                }
                due = known.lastDay() + days(at, retention);
            }
        }
        plan(card, Math.max(due, plan.firstDay()));
    }

    private int add(int day) {
        if (cards == lastDay.length) {
            int room = cards * 2;
            memory = Arrays.copyOf(memory, room * MemoryModel.WIDTH);
            lastDay = Arrays.copyOf(lastDay, room);
            lastGrade = Arrays.copyOf(lastGrade, room);
            stream = Arrays.copyOf(stream, room);
            nextDue = Arrays.copyOf(nextDue, room);
        }
        lastDay[cards] = day;
        stream[cards] = mix(plan.seed() + (cards + 1) * GAMMA);
        return cards++;
    }

    private void introduce(int day) {
        int card = add(day);
        int at = card * MemoryModel.WIDTH;
        int grade = habits.drawFirstGrade(draw(card));
        model.first(memory, at, grade);
        answered(Ask.FIRST, grade);
        finishDay(card, day, Begin.FIRST, grade);
    }

    private void review(int card, int day) {
        int at = card * MemoryModel.WIDTH;
        int elapsed = day - lastDay[card];
        int grade;
        reviews++;
        double u = draw(card);
        double v = draw(card);
        if (elapsed <= 0) {
            grade = habits.drawAskedAgain(lastGrade[card], v);
            model.next(memory, at, grade, REPEAT_GAP);
            answered(Ask.REPEAT, grade);
        } else {
            grade = u < model.recall(memory, at, elapsed) ? habits.drawPassGrade(v) : 1;
            model.next(memory, at, grade, elapsed);
            answered(Ask.REVIEW, grade);
        }
        recalled += grade > 1 ? 1 : 0;
        finishDay(card, day, grade == 1 ? Begin.LAPSED : Begin.PASSED, grade);
    }

    private void finishDay(int card, int day, Begin begin, int firstOfDay) {
        int at = card * MemoryModel.WIDTH;
        int grade = firstOfDay;
        for (int n = 0; n < MOST_REPEATS; n++) {
            int next = habits.drawRepeat(begin, grade, draw(card));
            if (next == 0) {
                break;
            }
            grade = next;
            model.next(memory, at, grade, REPEAT_GAP);
            answered(Ask.REPEAT, grade);
        }
        lastDay[card] = day;
        lastGrade[card] = grade;
        double retention = plan.retention().draw(draw(card));
        plan(card, day + (grade == 1 ? 1 : days(at, retention)));
    }

    private void answered(Ask ask, int grade) {
        answers++;
        seconds += habits.seconds(ask, grade);
    }

    private int days(int at, double retention) {
        double days = Math.min(model.interval(memory, at, retention), plan.maximumIntervalDays());
        return Math.max((int) (days + 0.5), 1);
    }

    private void plan(int card, int day) {
        int i = day - plan.firstDay();
        if (i < plan.days()) {
            nextDue[card] = firstDue[i];
            firstDue[i] = card;
        }
    }

    private void queueDue(int i) {
        for (int card = firstDue[i]; card != NOBODY; card = nextDue[card]) {
            if (waitingTo == waiting.length) {
                int count = waitingTo - waitingFrom;
                int[] room = count * 2 > waiting.length ? new int[waiting.length * 2] : waiting;
                System.arraycopy(waiting, waitingFrom, room, 0, count);
                waiting = room;
                waitingFrom = 0;
                waitingTo = count;
            }
            waiting[waitingTo++] = card;
        }
    }

    /** The next number of a card's stream, 0 to 1 exclusive (G. L. Steele et al., "Fast splittable generators", 2014). */
    private double draw(int card) {
        stream[card] += GAMMA;
        return unit(mix(stream[card]));
    }

    private static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    private static long mix(long word) {
        long z = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
