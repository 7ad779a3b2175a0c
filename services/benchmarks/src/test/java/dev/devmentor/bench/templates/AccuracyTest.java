package dev.devmentor.bench.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    @Test
    void countsAsTheEvaluatorDoes() {
        // Right; right group with another text; one true template in two groups; two true templates in one group.
        List<String> truth = List.of("a <*>", "a <*>", "b <*>", "c", "c", "c", "d", "e");
        List<String> found = List.of("a <*>", "a <*>", "b x", "c", "c", "c y", "f", "f");
        assertThat(Accuracy.of(found, truth))
                .isEqualTo(new Accuracy(3 / 8.0, 4 / 8.0, 2.0 * 2 / (5 + 5), 2.0 * 2 / (5 + 5), 5, 5));
    }

    @Test
    void aTemplateWithOnlyLinesOfItsTextIsRightForFtaThoughItHasNotAllOfThem() {
        Accuracy accuracy = Accuracy.of(List.of("c", "x"), List.of("c", "c"));
        assertThat(accuracy.ga()).isZero();
        assertThat(accuracy.fta()).isEqualTo(2.0 / 3);
    }
}
