package dev.devmentor.bench.srs;

import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Sm2;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A person who doesn't exist: FSRS-7 under weights drawn around the defaults by {@link Fsrs7Trainer#spread}, cards and days that are
 * better or worse than the model knows, daily, irregular or in bursts, scheduled by SM-2 or by FSRS-7's defaults. Three of ten
 * change after half of their log: other weights, or all recall shifted.
 *
 * @param history 200 to 12 000 reviews, sizes even on a logarithmic scale
 * @param truth by row, the chance of recall with which the answer was drawn; NaN for a card's first
 */
record GeneratedLearner(ReviewHistory history, double[] truth) {

    private static final int FEWEST = 200;
    private static final double MOST_PER_FEWEST = 60;
    private static final int LAST_DAY = 6_000;
    private static final long EPOCH_MILLIS = 1_600_000_000_000L;
    private static final double SECOND = 1 / 86_400.0;
    private static final double MINUTE = 1 / 1_440.0;

    /** Of the logarithm of an initial stability; upstream has no spread for these. */
    private static final double FIRST_SPREAD = 0.6;

    static GeneratedLearner of(long seed) {
        return new Life(new Random(seed * 7_919 + 13)).lived();
    }

    static Fsrs7Weights draw(Random random, Fsrs7Weights around, double scale) {
        double[] w = around.toArray();
        for (int i = 0; i < w.length; i++) {
            double away = random.nextGaussian() * scale;
            double drawn =
                    i < 4 ? w[i] * DeterministicMath.exp(FIRST_SPREAD * away) : w[i] + Fsrs7Trainer.spread(i) * away;
            w[i] = Math.clamp(drawn, Fsrs7Weights.lowest(i), Fsrs7Weights.highest(i));
        }
        for (int i = 1; i < 4; i++) {
            w[i] = Math.max(w[i], w[i - 1]);
        }
        w[26] = Math.max(w[26], w[25]);
        return Fsrs7Weights.of(w);
    }

    private static final class Card {
        private final int id;
        private final double ease; // what the model does not know of it
        private double slow;
        private double fast;
        private double difficulty;
        private int day = -1;
        private double time;
        private int due;
        private Sm2Memory sm2 = Sm2Memory.NEW;
        private @Nullable Fsrs7Memory byDefault;

        Card(int id, double ease) {
            this.id = id;
            this.ease = ease;
        }
    }

    private record Row(int card, int grade, int days, double elapsed, long time, double truth) {}

    /** The days of a person; everything is drawn from one generator, in a fixed order. */
    private static final class Life {
        private final Random random;
        private final int target;
        private final Fsrs7 before;
        private final Fsrs7 after;
        private final double shiftAfter;
        private final double cardSpread;
        private final double daySpread;
        private final boolean bursts;
        private final double studies; // on a day, if it is not between bursts
        private final int newPerDay;
        private final int mostPerDay;
        private final boolean bySm2;
        private final double retention;
        private final double hard;
        private final double easy;
        private final double[] first;
        private final List<Card> cards = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();

        Life(Random random) {
            this.random = random;
            target = (int) (FEWEST * DeterministicMath.pow(MOST_PER_FEWEST, random.nextDouble()));
            Fsrs7Weights weights = draw(random, Fsrs7Weights.DEFAULT, 1);
            before = new Fsrs7(weights);
            cardSpread = 0.4 * Math.abs(random.nextGaussian());
            daySpread = 0.3 * Math.abs(random.nextGaussian());
            boolean changes = random.nextDouble() < 0.3;
            boolean toOtherWeights = random.nextBoolean();
            double shift = 0.5 * random.nextGaussian();
            after = changes && toOtherWeights ? new Fsrs7(draw(random, weights, 0.7)) : before;
            shiftAfter = changes && !toOtherWeights ? shift : 0;
            int pattern = random.nextInt(3);
            bursts = pattern == 2;
            studies = pattern == 0 ? 0.95 : pattern == 1 ? 0.3 + 0.5 * random.nextDouble() : 0.9;
            newPerDay = 3 + random.nextInt(23);
            mostPerDay = 40 + random.nextInt(260);
            bySm2 = random.nextBoolean();
            retention = 0.8 + 0.15 * random.nextDouble();
            hard = 0.3 * random.nextDouble();
            easy = 0.2 * random.nextDouble();
            first = new double[] {
                0.1 + 0.5 * random.nextDouble(),
                0.05 + 0.2 * random.nextDouble(),
                0.3 + 0.4 * random.nextDouble(),
                0.05 + 0.2 * random.nextDouble()
            };
        }

        GeneratedLearner lived() {
            boolean on = true;
            int left = 5 + random.nextInt(26);
            double mood = 0;
            for (int day = 0; rows.size() < target && day < LAST_DAY; day++) {
                if (bursts && --left < 0) {
                    on = !on;
                    left = 5 + random.nextInt(on ? 26 : 56);
                }
                mood = 0.5 * mood + Math.sqrt(0.75) * random.nextGaussian();
                if (on && random.nextDouble() < studies) {
                    boolean late = rows.size() > target / 2;
                    study(day, late ? after : before, daySpread * mood + (late ? shiftAfter : 0));
                }
            }
            rows.sort(Comparator.comparingLong(Row::time)); // stable
            return new GeneratedLearner(
                    ReviewHistory.of(
                            rows.stream().mapToInt(Row::card).toArray(),
                            rows.stream().mapToInt(Row::grade).toArray(),
                            rows.stream().mapToInt(Row::days).toArray(),
                            rows.stream().mapToDouble(Row::elapsed).toArray(),
                            rows.stream().mapToLong(Row::time).toArray()),
                    rows.stream().mapToDouble(Row::truth).toArray());
        }

        /** What is due, up to what a day holds, and new cards where there is room; forgotten ones again after ten minutes. */
        private void study(int day, Fsrs7 model, double luck) {
            List<Card> todo = new ArrayList<>();
            for (Card card : cards) {
                if (card.due <= day) {
                    todo.add(card);
                }
            }
            Collections.shuffle(todo, random);
            List<Card> session = new ArrayList<>(todo.subList(0, Math.min(todo.size(), mostPerDay)));
            for (int i = 0; session.size() <= mostPerDay * 0.8 + i && i < newPerDay; i++) {
                Card card = new Card(cards.size(), cardSpread * random.nextGaussian());
                cards.add(card);
                session.add(card);
            }
            double clock = day + 0.3 + 0.5 * random.nextDouble();
            for (Card card : session) {
                double time = clock;
                clock += 10 * SECOND;
                for (int repeat = 0; repeat < 3 && rows.size() < target; repeat++) {
                    boolean isFirst = card.day < 0;
                    int grade = isFirst ? meet(card, model, day, time) : review(card, model, luck, day, time);
                    if (grade > 1 && !(isFirst && grade == 2)) {
                        break;
                    }
                    time += 10 * MINUTE;
                }
                card.due = day + interval(card);
            }
        }

        private int meet(Card card, Fsrs7 model, int day, double time) {
            double drawn = random.nextDouble() * (first[0] + first[1] + first[2] + first[3]);
            int grade = 1;
            while (grade < 4 && drawn >= first[grade - 1]) {
                drawn -= first[grade - 1];
                grade++;
            }
            card.slow = model.firstStability(grade);
            card.fast = model.firstFastStability(grade);
            card.difficulty = model.firstDifficulty(grade);
            card.sm2 = Sm2.next(card.sm2, Grade.of(grade));
            record(card, grade, day, time, 0, 0, Double.NaN);
            return grade;
        }

        private int review(Card card, Fsrs7 model, double luck, int day, double time) {
            double elapsed = time - card.time;
            double fastRecall = model.fastRecall(card.fast, elapsed);
            double recall = model.retrievability(card.slow, card.fast, card.difficulty, elapsed, fastRecall);
            double odds = recall / (1 - recall) * DeterministicMath.exp(card.ease + luck);
            double truth = odds / (1 + odds);
            int grade = 1;
            if (random.nextDouble() < truth) {
                grade = random.nextDouble() < hard ? 2 : random.nextDouble() < easy ? 4 : 3;
            }
            double slow = model.nextStability(card.slow, card.difficulty, recall, grade);
            card.fast = model.nextFastStability(card.fast, card.difficulty, fastRecall, grade, slow);
            card.difficulty = model.nextDifficulty(card.difficulty, recall, grade);
            card.slow = slow;
            if (day > card.day) {
                card.sm2 = Sm2.next(card.sm2, Grade.of(grade));
            }
            record(card, grade, day, time, day - card.day, elapsed, truth);
            return grade;
        }

        private void record(Card card, int grade, int day, double time, int days, double elapsed, double truth) {
            card.byDefault = Fsrs7.DEFAULT.next(card.byDefault, Grade.of(grade), elapsed);
            card.day = day;
            card.time = time;
            rows.add(new Row(card.id, grade, days, elapsed, EPOCH_MILLIS + (long) (time * 86_400_000), truth));
        }

        private int interval(Card card) {
            Fsrs7Memory memory = card.byDefault;
            double days = bySm2
                    ? card.sm2.intervalDays()
                    : memory == null ? 1 : Fsrs7.DEFAULT.nextInterval(memory, retention);
            return (int) Math.max(1, Math.floor(days * (0.9 + 0.2 * random.nextDouble()) + 0.5));
        }
    }
}
