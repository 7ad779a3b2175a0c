package dev.devmentor.learning.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.fit.Recall;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Grade;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoriesTest {

    private static final MemoryModel FSRS6 = MemoryModel.of(Fsrs6.DEFAULT);
    private static final MemoryModel FSRS7 = MemoryModel.of(Fsrs7.DEFAULT);

    @Test
    void predictionsAreThoseOfTheModels() {
        AnswerHistory history = random(5_000);

        assertThat(Memories.of(FSRS6, history).predicted()).isEqualTo(Recall.of(Fsrs6.DEFAULT, history.reviews()));
        assertThat(Memories.of(FSRS7, history).predicted()).isEqualTo(Recall.of(Fsrs7.DEFAULT, history.reviews()));
    }

    @Test
    void aCardEndsWithTheMemoryOfItsAnswers() {
        AnswerHistory history = new Logs()
                .answer(0, 100, 3)
                .answer(1, 100, 1)
                .answer(0, 102, 3)
                .answer(0, 110, 1)
                .history();

        SimulatedCard card = Memories.of(FSRS6, history).cards().getFirst();

        Fsrs6 model = Fsrs6.DEFAULT;
        Fsrs6Memory memory = model.next(model.next(model.next(null, Grade.GOOD, 0), Grade.GOOD, 2), Grade.AGAIN, 8);
        assertThat(card)
                .isEqualTo(
                        new SimulatedCard(memory.stability(), 0, memory.difficulty(), 110, 1, SimulatedCard.NOT_KNOWN));
    }

    @Test
    void aCardAskedAfterAWeekendWasPlannedForOneOfItsDays() {
        Logs log = new Logs();
        for (int card = 0; card < 20; card++) {
            log.answer(card, 100, 3);
        }
        log.answer(20, 101, 3); // worked on day 101, then not until 104
        for (int card = 0; card < 20; card++) {
            log.answer(card, 104, 3);
        }
        log.answer(20, 105, 3); // worked on the day before: planned for this very day

        double[] asked = Memories.of(FSRS6, log.history()).askedRecall(106);

        Fsrs6 model = Fsrs6.DEFAULT;
        double s = model.firstStability(3);
        assertThat(asked).hasSize(21);
        assertThat(asked[0]).isEqualTo(model.retrievability(s, 4), within(1e-15));
        assertThat(asked[1]).isEqualTo((model.retrievability(s, 2) + model.retrievability(s, 4)) / 2, within(1e-15));
        assertThat(Memories.of(FSRS6, log.history()).askedRecall(105)).hasSize(20);
        assertThat(Memories.of(FSRS6, log.history()).askedRecall(196)).isEmpty();
    }

    @Test
    void whatHadToWaitDuringABreakSaysNothingOfThePlan() {
        Logs log = new Logs();
        for (int card = 0; card < 20; card++) {
            log.answer(card, 100, 3);
        }
        log.answer(20, 101, 3);
        for (int card = 0; card < 20; card++) {
            log.answer(card, 102, 3);
        }
        log.answer(0, 130, 3); // after 27 days off
        log.answer(1, 131, 3); // the day after, but it was waiting too
        log.answer(0, 131, 1); // one day is the shortest interval

        double[] asked = Memories.of(FSRS6, log.history()).askedRecall(132);

        assertThat(asked).hasSize(20).containsOnly(Fsrs6.DEFAULT.retrievability(Fsrs6.DEFAULT.firstStability(3), 2));
    }

    @Test
    void thePlanOfALearnerWhoTakesBreaksIsFoundAgain() {
        // a learner who wants .85, works five days a week and takes three weeks off
        MemoryModel model = FSRS6;
        double[] memory = new double[300 * MemoryModel.WIDTH];
        int[] due = new int[300];
        int[] last = new int[300];
        SplittableRandom random = new SplittableRandom(3);
        Logs log = new Logs();
        for (int day = 0; day < 150; day++) {
            if (day % 7 >= 5 || day >= 100 && day < 121) {
                continue;
            }
            int done = 0;
            for (int card = 0; card < 300 && done < 30; card++) {
                int at = card * MemoryModel.WIDTH;
                int grade = 3;
                if (memory[at] == 0) {
                    if (card / 4 > day) {
                        continue;
                    }
                    model.first(memory, at, grade);
                } else if (due[card] <= day) {
                    grade = random.nextDouble() < model.recall(memory, at, day - last[card]) ? 3 : 1;
                    model.next(memory, at, grade, day - last[card]);
                } else {
                    continue;
                }
                done++;
                log.answer(card, 1_000 + day, grade);
                last[card] = day;
                due[card] = day + (int) Math.max(1, Math.round(model.interval(memory, at, 0.85)));
            }
        }

        double[] asked = Memories.of(model, log.history()).askedRecall(1_150);

        assertThat(Wanted.drawnFrom(1_149, asked).mean()).isEqualTo(0.85, within(0.02));
    }

    @Test
    void aGapBackwardsIsTheSameDay() {
        AnswerHistory history = new Logs().answer(0, 100, 3).answer(0, 99, 3).history();

        assertThat(history.reviews().days(1)).isZero();
        assertThat(history.isLongTerm(1)).isFalse();
    }

    private static AnswerHistory random(int rows) {
        SplittableRandom random = new SplittableRandom(7);
        Logs log = new Logs();
        for (int i = 0; i < rows; i++) {
            log.answer(random.nextInt(200), 100 + i / 40, 1 + random.nextInt(4));
        }
        return log.history();
    }
}
