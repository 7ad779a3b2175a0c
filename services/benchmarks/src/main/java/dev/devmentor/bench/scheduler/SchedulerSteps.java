package dev.devmentor.bench.scheduler;

import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Sm2;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One operation is one step: from a card's memory, a grade and the elapsed days to the next memory and the next interval
 * in whole days (FSRS-7: in days). An invocation takes a whole review log, from new cards on, with the functions that the card fold uses;
 * memories lie in arrays, as in a replay. After every iteration they are compared with those of the record interface.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SchedulerSteps {

    static final int CARDS = 10_000;
    static final int STEPS = 200_000;
    static final long SEED = 20_260_101;

    private static final double RETENTION = 0.9;
    private static final int MAXIMUM_DAYS = 36_500;

    private final ReviewLog log = ReviewLog.random(CARDS, SEED);
    private final List<Answer> answers = answers(log);
    private final List<List<Answer>> answersOfCards = answersOfCards();
    private final CardFold fold = new CardFold(List.of());

    private final double[] stability = new double[CARDS];
    private final double[] difficulty = new double[CARDS];
    private final double[] slow = new double[CARDS];
    private final double[] fast = new double[CARDS];
    private final double[] hardness = new double[CARDS];
    private final double[] ease = new double[CARDS];
    private final int[] interval = new int[CARDS];
    private final int[] repetitions = new int[CARDS];
    private final CardState[] states = new CardState[CARDS];
    private long fsrs6Days;
    private boolean fsrs7Ran;
    private long sm2Days;

    private Fsrs6Memory[] expectedFsrs6 = {};
    private Fsrs7Memory[] expectedFsrs7 = {};
    private Sm2Memory[] expectedSm2 = {};

    /** Computes the memories to compare with. */
    @Setup(Level.Trial)
    public void expect() {
        if (log.size() != STEPS) {
            throw new IllegalStateException("the log has " + log.size() + " answers");
        }
        expectedFsrs6 = new Fsrs6Memory[CARDS];
        expectedFsrs7 = new Fsrs7Memory[CARDS];
        expectedSm2 = new Sm2Memory[CARDS];
        Arrays.fill(expectedSm2, Sm2Memory.NEW);
        for (int i = 0; i < STEPS; i++) {
            int card = log.card()[i];
            Grade grade = Grade.of(log.grade()[i]);
            expectedFsrs6[card] = Fsrs6.DEFAULT.next(expectedFsrs6[card], grade, log.elapsedDays()[i]);
            expectedFsrs7[card] = Fsrs7.DEFAULT.next(expectedFsrs7[card], grade, log.elapsedDays()[i]);
            expectedSm2[card] = Sm2.next(expectedSm2[card], grade);
        }
    }

    @org.openjdk.jmh.annotations.Benchmark
    @OperationsPerInvocation(STEPS)
    public void fsrs6(Blackhole consumed) {
        Fsrs6 model = Fsrs6.DEFAULT;
        double perStability = model.intervalPerStability(RETENTION);
        int[] cards = log.card();
        int[] grades = log.grade();
        int[] elapsedDays = log.elapsedDays();
        Arrays.fill(stability, 0);
        long days = 0;
        for (int i = 0; i < cards.length; i++) {
            int card = cards[i];
            int grade = grades[i];
            double s = stability[card];
            double d = difficulty[card];
            if (s == 0) {
                s = model.firstStability(grade);
                d = model.firstDifficulty(grade);
            } else {
                s = model.nextStability(s, d, grade, elapsedDays[i]);
                d = model.nextDifficulty(d, grade);
            }
            stability[card] = s;
            difficulty[card] = d;
            days += Fsrs6.wholeDays(s, perStability, MAXIMUM_DAYS);
        }
        fsrs6Days = days;
        consumed.consume(days);
    }

    /** With the interval, in days with their fraction: it has to be solved for. */
    @org.openjdk.jmh.annotations.Benchmark
    @OperationsPerInvocation(STEPS)
    public void fsrs7(Blackhole consumed) {
        consumed.consume(replayFsrs7(true));
    }

    /** The memory alone, as in a replay, where only the last interval counts. */
    @org.openjdk.jmh.annotations.Benchmark
    @OperationsPerInvocation(STEPS)
    public void fsrs7Memory(Blackhole consumed) {
        consumed.consume(replayFsrs7(false));
    }

    private double replayFsrs7(boolean intervals) {
        Fsrs7 model = Fsrs7.DEFAULT;
        int[] cards = log.card();
        int[] grades = log.grade();
        int[] elapsedDays = log.elapsedDays();
        Arrays.fill(slow, 0);
        double days = 0;
        for (int i = 0; i < cards.length; i++) {
            int card = cards[i];
            int grade = grades[i];
            double s = slow[card];
            double f = fast[card];
            double d = hardness[card];
            if (s == 0) {
                s = model.firstStability(grade);
                f = model.firstFastStability(grade);
                d = model.firstDifficulty(grade);
            } else {
                double fastRecall = model.fastRecall(f, elapsedDays[i]);
                double recall = model.retrievability(s, f, d, elapsedDays[i], fastRecall);
                s = model.nextStability(s, d, recall, grade);
                f = model.nextFastStability(f, d, fastRecall, grade, s);
                d = model.nextDifficulty(d, recall, grade);
            }
            slow[card] = s;
            fast[card] = f;
            hardness[card] = d;
            if (intervals) {
                days += model.nextInterval(s, f, d, RETENTION);
            }
        }
        fsrs7Ran = true;
        return days;
    }

    @org.openjdk.jmh.annotations.Benchmark
    @OperationsPerInvocation(STEPS)
    public void sm2(Blackhole consumed) {
        int[] cards = log.card();
        int[] grades = log.grade();
        Arrays.fill(ease, Sm2.INITIAL_EASE);
        Arrays.fill(interval, 0);
        Arrays.fill(repetitions, 0);
        long days = 0;
        for (int i = 0; i < cards.length; i++) {
            int card = cards[i];
            int grade = grades[i];
            double e = Sm2.nextEase(ease[card], grade);
            int r = Sm2.nextRepetitions(repetitions[card], grade);
            int next = Sm2.nextIntervalDays(interval[card], e, r);
            ease[card] = e;
            repetitions[card] = r;
            interval[card] = next;
            days += next;
        }
        sm2Days = days;
        consumed.consume(days);
    }

    /** The whole fold, entry by entry: both memories, phase, counters, due instant in the learner's zone, a new state. */
    @org.openjdk.jmh.annotations.Benchmark
    @OperationsPerInvocation(STEPS)
    public void cardFold(Blackhole consumed) {
        int[] cards = log.card();
        Arrays.fill(states, CardState.NEW);
        for (int i = 0; i < cards.length; i++) {
            states[cards[i]] = fold.append(states[cards[i]], answers.get(i));
        }
        consumed.consume(states);
    }

    /** The whole log of each card at once: both memories after every answer, a due date after the last. */
    @org.openjdk.jmh.annotations.Benchmark
    @OperationsPerInvocation(STEPS)
    public void cardReplay(Blackhole consumed) {
        for (int card = 0; card < CARDS; card++) {
            states[card] = fold.replay(answersOfCards.get(card));
        }
        consumed.consume(states);
    }

    /** Fails the run if what was measured computed anything else than the record interface does. */
    @TearDown(Level.Iteration)
    public void compare() {
        for (int card = 0; card < CARDS; card++) {
            Fsrs6Memory fsrs6 = expectedFsrs6[card];
            Sm2Memory sm2 = expectedSm2[card];
            boolean same = (fsrs6Days == 0 || new Fsrs6Memory(stability[card], difficulty[card]).equals(fsrs6))
                    && (sm2Days == 0 || new Sm2Memory(ease[card], interval[card], repetitions[card]).equals(sm2));
            if (fsrs7Ran) {
                same &= new Fsrs7Memory(slow[card], fast[card], hardness[card]).equals(expectedFsrs7[card]);
            }
            CardState state = states[card];
            if (state != null) {
                same &= fsrs6.equals(state.fsrs6()) && sm2.equals(state.sm2());
            }
            if (!same) {
                throw new IllegalStateException("card " + card + " has another memory than it should");
            }
        }
    }

    private List<List<Answer>> answersOfCards() {
        List<List<Answer>> ofCards = new ArrayList<>(CARDS);
        for (int card = 0; card < CARDS; card++) {
            ofCards.add(new ArrayList<>());
        }
        for (int i = 0; i < log.size(); i++) {
            ofCards.get(log.card()[i]).add(answers.get(i));
        }
        return ofCards;
    }

    private static List<Answer> answers(ReviewLog log) {
        List<Answer> answers = new ArrayList<>(log.size());
        for (int i = 0; i < log.size(); i++) {
            int day = 20_000 + log.day()[i];
            EntryKey key = new EntryKey(day * 86_400_000_000L + i, "bench", "e" + i);
            answers.add(new Answer(key, "a" + i, day, "Europe/Berlin", Grade.of(log.grade()[i]), -1));
        }
        return answers;
    }
}
