package dev.devmentor.learning.engine.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import org.junit.jupiter.api.Test;

class ReviewHistoryTest {

    private static final ReviewHistory THREE_OF_ONE_TWO_OF_ANOTHER = ReviewHistory.of(
            new int[] {0, 1, 0, 1, 0},
            new int[] {3, 1, 3, 4, 1},
            new int[] {-1, -1, 0, 2, 5},
            new double[] {-1, -1, 0.01, 2.1, 4.9},
            new long[] {1, 2, 3, 4, 5});

    @Test
    void findsTheRowsOfACard() {
        ReviewHistory history = THREE_OF_ONE_TWO_OF_ANOTHER;
        assertThat(history.cards()).isEqualTo(2);
        assertThat(history.length(0)).isEqualTo(3);
        assertThat(history.row(0, 2)).isEqualTo(4);
        assertThat(history.row(1, 1)).isEqualTo(3);
        assertThat(history.before(4)).isEqualTo(2);
        assertThat(history.before(0)).isEqualTo(-1);
    }

    @Test
    void onlyReviewsOnALaterDayAreLongTerm() {
        ReviewHistory history = THREE_OF_ONE_TWO_OF_ANOTHER;
        assertThat(history.longTermCount()).isEqualTo(2);
        assertThat(history.isLongTerm(2)).isFalse();
        assertThat(history.elapsed(0)).isZero();
    }

    @Test
    void aPrefixKnowsNothingOfLaterRows() {
        ReviewHistory prefix = THREE_OF_ONE_TWO_OF_ANOTHER.prefix(3);
        assertThat(prefix.size()).isEqualTo(3);
        assertThat(prefix.length(0)).isEqualTo(2);
        assertThat(prefix.length(1)).isEqualTo(1);
    }

    @Test
    void practiceIsHistoryAndNeverATarget() {
        ReviewHistory history = ReviewHistory.of(
                new int[4],
                new int[] {3, 1, 3, 3},
                new int[] {-1, 3, 0, 5},
                new double[] {-1, 3.2, 0.01, 4.9},
                new long[] {1, 2, 3, 4},
                new boolean[] {false, true, true, false});
        assertThat(history.longTermCount()).isEqualTo(1);
        assertThat(history.isLongTerm(1)).isFalse();
        assertThat(history.isLongTerm(3)).isTrue();
        assertThat(history.prefix(2).isPractice(1)).isTrue();
        Sequences everyAnswer = Sequences.of(history, new boolean[] {true}, 256, true, true);
        assertThat(everyAnswer.totalTargets()).isEqualTo(1);
        assertThat(everyAnswer.grade()).containsExactly(3, 1, 3, 3);
        assertThat(Outliers.firstLongTerm(history, 0))
                .as("its first interval is not what the first answer made of it")
                .isZero();
    }

    @Test
    void refusesAGradeThatIsNone() {
        assertThatThrownBy(() -> ReviewHistory.of(new int[1], new int[] {5}, new int[1], new double[1], new long[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void predictionsAreThoseOfTheSchedulers() {
        ReviewHistory history = RandomHistories.history(20, 8, 6);
        double[] p6 = Recall.of(Fsrs6.DEFAULT, history);
        double[] p7 = Recall.of(Fsrs7.DEFAULT, history);
        for (int c = 0; c < history.cards(); c++) {
            Fsrs6Memory memory6 = null;
            Fsrs7Memory memory7 = null;
            for (int i = 0; i < history.length(c); i++) {
                int row = history.row(c, i);
                if (memory6 == null || memory7 == null) {
                    assertThat(p6[row]).isNaN();
                } else {
                    assertThat(p6[row]).isEqualTo(Fsrs6.DEFAULT.retrievability(memory6.stability(), history.days(row)));
                    assertThat(p7[row]).isEqualTo(Fsrs7.DEFAULT.retrievability(memory7, history.elapsed(row)));
                }
                Grade grade = Grade.of(history.grade(row));
                memory6 = Fsrs6.DEFAULT.next(memory6, grade, history.days(row));
                memory7 = Fsrs7.DEFAULT.next(memory7, grade, history.elapsed(row));
            }
        }
    }

    /** Counted by hand by the rule of fsrs-rs: of 130 cards the rare intervals go until 20 would be reached, then those below 6. */
    @Test
    void rareFirstIntervalsAreLeftOut() {
        int[] counts = {100, 15, 8, 4, 3};
        int[] intervals = {1, 2, 3, 200, 9};
        int cards = 130;
        int[] card = new int[2 * cards];
        int[] grade = new int[2 * cards];
        int[] days = new int[2 * cards];
        int at = 0;
        for (int k = 0; k < counts.length; k++) {
            for (int n = 0; n < counts[k]; n++) {
                card[2 * at] = at;
                card[2 * at + 1] = at;
                grade[2 * at] = 3;
                grade[2 * at + 1] = 3;
                days[2 * at + 1] = intervals[k];
                at++;
            }
        }
        ReviewHistory history = ReviewHistory.of(card, grade, days, new double[2 * cards], new long[2 * cards]);
        boolean[] kept = Outliers.kept(history);
        int count = 0;
        for (boolean each : kept) {
            count += each ? 1 : 0;
        }
        assertThat(count).isEqualTo(115); // 3 + 4 + 8 = 15 removed; 15 more would be 30, and stay
    }
}
