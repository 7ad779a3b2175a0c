package dev.devmentor.learning.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.fit.TrainingData.Line;
import dev.devmentor.learning.fit.TrainingData.Reset;
import dev.devmentor.learning.fit.TrainingData.Undo;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
    private static final long DAY = 86_400_000_000L;

    private static TrainingData.Answer answer(String item, int day, int grade) {
        return new TrainingData.Answer(item, item + "@" + day, day * DAY, day, grade, false);
    }

    private static TrainingData.Answer practice(String item, int day, int grade) {
        return new TrainingData.Answer(item, item + "@" + day, day * DAY, day, grade, true);
    }

    private static ReviewHistory of(Line... log) {
        return TrainingData.of(List.of(log));
    }

    @Test
    void answersAreRowsWithTheGapToTheCardsAnswerBefore() {
        ReviewHistory history = of(answer("a", 10, 3), answer("b", 11, 1), answer("a", 14, 4));
        assertThat(history.size()).isEqualTo(3);
        assertThat(history.cards()).isEqualTo(2);
        assertThat(history.card(2)).isEqualTo(history.card(0));
        assertThat(history.days(2)).isEqualTo(4);
        assertThat(history.elapsed(2)).isEqualTo(4.0);
        assertThat(history.grade(2)).isEqualTo(4);
        assertThat(history.time(2)).isEqualTo(14 * 86_400_000L);
        assertThat(history.isLongTerm(2)).isTrue();
    }

    @Test
    void whatWasAnsweredBeforeTheLastResetDoesNotTrain() {
        ReviewHistory history = of(
                answer("a", 1, 3),
                answer("b", 1, 3),
                answer("a", 3, 1),
                new Reset("a"),
                answer("a", 5, 3),
                new Reset("a"),
                answer("a", 8, 2),
                answer("b", 9, 3),
                answer("a", 10, 3));
        assertThat(history.size()).isEqualTo(4);
        assertThat(history.cards()).isEqualTo(2);
        assertThat(history.card(1)).isEqualTo(history.card(3)); // a from day 8 on
        assertThat(history.grade(1)).isEqualTo(2);
        assertThat(history.isLongTerm(1)).isFalse();
        assertThat(history.days(3)).isEqualTo(2);
        assertThat(history.days(2)).isEqualTo(8);
        assertThat(history.longTermCount()).isEqualTo(2);
    }

    @Test
    void aCardThatWasResetAndNotAnsweredSinceIsNoCard() {
        ReviewHistory history = of(answer("a", 1, 3), answer("a", 3, 1), new Reset("a"), answer("b", 4, 3));
        assertThat(history.size()).isEqualTo(1);
        assertThat(history.cards()).isEqualTo(1);
    }

    @Test
    void practiceIsHistoryAndNoTarget() {
        ReviewHistory history = of(answer("a", 1, 3), practice("a", 4, 1), answer("a", 9, 3));
        assertThat(history.size()).isEqualTo(3);
        assertThat(history.isPractice(1)).isTrue();
        assertThat(history.isLongTerm(1)).isFalse();
        assertThat(history.isLongTerm(2)).isTrue();
        assertThat(history.days(2))
                .as("from the practice, as where cards are folded")
                .isEqualTo(5);
    }

    @Test
    void anAnswerThatWasTakenBackIsNeitherTargetNorHistory() {
        ReviewHistory history = of(answer("a", 1, 3), answer("a", 4, 1), new Undo("a", "a@4"), answer("a", 9, 3));
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.days(1)).isEqualTo(8);
    }

    @Test
    void anEmptyLogIsAnEmptyHistory() {
        assertThat(of().size()).isZero();
    }

    @Test
    void aClockThatWentBackIsNoNegativeGap() {
        TrainingData.Answer first = new TrainingData.Answer("a", "1", 5 * DAY, 5, 3, false);
        TrainingData.Answer second = new TrainingData.Answer("a", "2", 6 * DAY, 4, 3, false);
        assertThat(of(first, second).days(1)).isZero();
    }
}
