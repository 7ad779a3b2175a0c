package dev.devmentor.bench.scheduler;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A made-up review log: cards begun over some months, answered around their due date, most of them remembered as the
 * forgetting curve says, failed ones asked again on the same day. In time order, so that answers to different cards alternate as
 * they do in life.
 *
 * @param cards how many cards there are
 * @param card the card of each answer, 0 to cards - 1
 * @param grade 1 to 4
 * @param elapsedDays whole days since the answer before to the same card; 0 for the first
 * @param day the day of the answer
 */
public record ReviewLog(int cards, int[] card, int[] grade, int[] elapsedDays, int[] day) {

    private static final int ANSWERS_PER_CARD = 20;

    /** A log of 20 answers to each card; the same for the same seed. */
    public static ReviewLog random(int cards, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int answers = cards * ANSWERS_PER_CARD;
        int[][] all = new int[answers][];
        for (int card = 0; card < cards; card++) {
            int day = random.nextInt(180);
            Fsrs6Memory memory = null;
            for (int i = 0; i < ANSWERS_PER_CARD; i++) {
                int elapsed = memory == null ? 0 : wait(memory, all[card * ANSWERS_PER_CARD + i - 1][1], random);
                int grade = grade(memory, elapsed, random);
                memory = Fsrs6.DEFAULT.next(memory, Grade.of(grade), elapsed);
                day += elapsed;
                all[card * ANSWERS_PER_CARD + i] = new int[] {card, grade, elapsed, day};
            }
        }
        // stable: answers of one card keep their order within a day
        Arrays.sort(all, Comparator.comparingInt(answer -> answer[3]));
        return new ReviewLog(cards, column(all, 0), column(all, 1), column(all, 2), column(all, 3));
    }

    /** How many answers. */
    public int size() {
        return card.length;
    }

    /** After Again mostly the same day; otherwise around the due date, sometimes much later. */
    private static int wait(Fsrs6Memory memory, int lastGrade, SplittableRandom random) {
        if (lastGrade == 1 && random.nextInt(10) < 9) {
            return 0;
        }
        double factor = random.nextInt(10) == 0 ? random.nextDouble(1, 4) : random.nextDouble(0.8, 1.2);
        return (int) Math.clamp(Math.round(memory.stability() * factor), 1, 3_650);
    }

    private static int grade(@Nullable Fsrs6Memory memory, int elapsed, SplittableRandom random) {
        double recall = memory == null ? 0.7 : Fsrs6.DEFAULT.retrievability(memory.stability(), elapsed);
        if (random.nextDouble() >= recall) {
            return 1;
        }
        int dice = random.nextInt(100);
        return dice < 12 ? 2 : dice < 90 ? 3 : 4;
    }

    private static int[] column(int[][] rows, int column) {
        return Arrays.stream(rows).mapToInt(row -> row[column]).toArray();
    }
}
