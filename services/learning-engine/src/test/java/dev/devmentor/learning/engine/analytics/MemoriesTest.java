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

        assertThat(Memories.of(FSRS6, history).predicted())
                .isEqualTo(Recall.of(Fsrs6.DEFAULT, history.reviews()));
        assertThat(Memories.of(FSRS7, history).predicted())
                .isEqualTo(Recall.of(Fsrs7.DEFAULT, history.reviews()));
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
        Fsrs6Memory memory =
                model.next(model.next(model.next(null, Grade.GOOD, 0), Grade.GOOD, 2), Grade.AGAIN, 8);
        assertThat(card)
                .isEqualTo(new SimulatedCard(
                        memory.stability(), 0, memory.difficulty(), 110, 1, SimulatedCard.NOT_KNOWN));
    }

    @Test
    void aCardAskedAfterDaysOffWasPlannedForOneOfThem() {
        AnswerHistory history = new Logs()
                .answer(0, 100, 3)
                .answer(1, 101, 3) // worked on day 101, then not until 105
                .answer(0, 105, 3)
                .answer(1, 106, 3)
                .history();

        double[] asked = Memories.of(FSRS6, history).askedRecall(107);

        double s = Fsrs6.DEFAULT.firstStability(3);
        double first = (Fsrs6.DEFAULT.retrievability(s, 2) + Fsrs6.DEFAULT.retrievability(s, 5)) / 2;
        double second = Fsrs6.DEFAULT.retrievability(s, 5); // worked the day before: planned for that very day
        assertThat(asked).containsExactly(new double[] {second, first}, within(1e-15));
        assertThat(Memories.of(FSRS6, history).askedRecall(106)).hasSize(1);
        assertThat(Memories.of(FSRS6, history).askedRecall(197)).hasSize(0);
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
