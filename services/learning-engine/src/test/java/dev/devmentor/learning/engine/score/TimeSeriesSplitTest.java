package dev.devmentor.learning.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.learning.engine.score.TimeSeriesSplit.Part;
import org.junit.jupiter.api.Test;

class TimeSeriesSplitTest {

    /** What scikit-learn's TimeSeriesSplit(5) gives for 20 rows: the first part takes what does not divide. */
    @Test
    void splitsAsScikitLearnDoes() {
        assertThat(TimeSeriesSplit.of(20, 5))
                .containsExactly(new Part(5, 8), new Part(8, 11), new Part(11, 14), new Part(14, 17), new Part(17, 20));
    }

    @Test
    void refusesTooFewPredictions() {
        assertThatThrownBy(() -> TimeSeriesSplit.of(5, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
