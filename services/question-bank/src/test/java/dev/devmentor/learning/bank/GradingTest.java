package dev.devmentor.learning.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.events.Bloom;
import dev.devmentor.learning.bank.Grading.Graded;
import dev.devmentor.learning.bank.Question.Blank;
import dev.devmentor.learning.bank.Question.Code;
import dev.devmentor.learning.bank.Question.Mistake;
import dev.devmentor.learning.bank.Question.Option;
import dev.devmentor.learning.bank.Question.RubricPoint;
import dev.devmentor.learning.bank.Question.Run;
import dev.devmentor.learning.bank.Question.Source;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradingTest {
    private static final List<Option> OPTIONS = List.of(
            new Option("a", true, "a is right"),
            new Option("b", false, "b is wrong"),
            new Option("c", true, "c is right"),
            new Option("d", false, "d is wrong"));

    private static Question question(
            QuestionType type, List<Option> options, List<String> items, List<Blank> blanks, List<RubricPoint> rubric) {
        return new Question(
                "q",
                "area",
                type,
                Bloom.APPLY,
                0.5,
                60,
                List.of("area.skill"),
                "prompt",
                new Code("java", Run.NONE, "___1___ ___2___", null, null),
                options,
                items,
                items.stream().map(item -> "why " + item).toList(),
                blanks,
                rubric,
                "model",
                "explanation",
                new Source("title", "https://example.org"));
    }

    @Test
    void aSingleChoiceIsAllOrNothing() {
        Question question =
                question(QuestionType.SINGLE_CHOICE, OPTIONS.subList(0, 2), List.of(), List.of(), List.of());
        assertThat(Grading.choice(question, Set.of(0))).isEqualTo(new Graded(1, List.of("a is right"), List.of()));
        assertThat(Grading.choice(question, Set.of(1)))
                .isEqualTo(new Graded(0, List.of("a is right", "b is wrong"), List.of()));
        assertThat(Grading.choice(question, Set.of(0, 1)).share()).isZero();
        assertThat(Grading.choice(question, Set.of()).correct()).isFalse();
    }

    @Test
    void ofAMultipleChoiceWrongOnesTakeAwayWhatRightOnesGive() {
        Question question = question(QuestionType.MULTIPLE_CHOICE, OPTIONS, List.of(), List.of(), List.of());
        assertThat(Grading.choice(question, Set.of(0, 2)).share()).isEqualTo(1);
        assertThat(Grading.choice(question, Set.of(0)).share()).isEqualTo(0.5);
        assertThat(Grading.choice(question, Set.of(0, 1)).share()).isZero();
        assertThat(Grading.choice(question, Set.of(0, 1, 2)).share()).isEqualTo(0.5);
        assertThat(Grading.choice(question, Set.of(1, 3)).share()).isZero();
    }

    @Test
    void refusesAnOptionThatIsNotThere() {
        Question question = question(QuestionType.SINGLE_CHOICE, OPTIONS, List.of(), List.of(), List.of());
        assertThatThrownBy(() -> Grading.choice(question, Set.of(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no option 4");
    }

    @Test
    void anOrderingIsGradedByItsNeighbours() {
        Question question =
                question(QuestionType.ORDERING, List.of(), List.of("a", "b", "c", "d", "e"), List.of(), List.of());
        assertThat(Grading.ordering(question, List.of(0, 1, 2, 3, 4)).share()).isEqualTo(1);
        assertThat(Grading.ordering(question, List.of(1, 2, 3, 4, 0)))
                .isEqualTo(new Graded(0.75, List.of("why a"), List.of()));
        assertThat(Grading.ordering(question, List.of(4, 3, 2, 1, 0)).share()).isZero();
        assertThatThrownBy(() -> Grading.ordering(question, List.of(0, 1, 2, 3, 3)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBlankIsFilledWhateverTheWhiteSpace() {
        Blank first = new Blank(List.of("i < n", "i != n"), null, List.of(new Mistake("i <= n", "one too many")));
        Blank second = new Blank(List.of("return"), "a keyword", List.of());
        Question question = question(QuestionType.FILL_IN, List.of(), List.of(), List.of(first, second), List.of());
        assertThat(Grading.fillIn(question, List.of("i<n", " return ")).share()).isEqualTo(1);
        assertThat(Grading.fillIn(question, List.of("i<=n", "return")))
                .isEqualTo(new Graded(0.5, List.of("one too many"), List.of()));
        assertThat(Grading.fillIn(question, List.of("i != n", "Return")))
                .isEqualTo(new Graded(0.5, List.of("blank 2: return (a keyword)"), List.of()));
        assertThatThrownBy(() -> Grading.fillIn(question, List.of("i<n"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Commits are ordered, and a replica may lag behind. Read your own writes from the leader!|1.0",
                "REPLICAS LAG.|0.4",
                "a lagging follower|0.4",
                "the leader|0.0",
                "flag|0.0",
            })
    void aFreeTextGetsTheWeightOfThePointsItMakes(String answer, double share) {
        Question question = question(
                QuestionType.FREE_TEXT,
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new RubricPoint("lag", 0.4, List.of(List.of("lag", "behind"), List.of("replica", "follower"))),
                        new RubricPoint("order", 0.2, List.of(List.of("order"))),
                        new RubricPoint("reads", 0.4, List.of(List.of("leader", "primary"), List.of("read")))));
        assertThat(Grading.freeText(question, answer).share()).isCloseTo(share, within(1e-12));
    }
}
