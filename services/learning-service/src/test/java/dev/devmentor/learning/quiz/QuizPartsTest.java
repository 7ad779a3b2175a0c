package dev.devmentor.learning.quiz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.QuestionType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuizPartsTest {
    private static final QuestionBank BANK = QuestionBank.shipped();

    private static AskedQuestion asked(Question question, long seed) {
        return AskedQuestion.of("bank:" + question.id(), question, seed, "due-review", "it is due");
    }

    @Test
    void everyQuestionOfTheBankReadsBackAsItWasWritten() {
        List<AskedQuestion> asked =
                BANK.questions().stream().map(question -> asked(question, 7)).toList();

        assertThat(QuizJson.questions(QuizJson.write(asked))).isEqualTo(asked);
    }

    @Test
    void whatEarlierVersionsWroteIsReadAndWhatLaterOnesAddLeftOut() {
        List<AskedQuestion> read = QuizJson.questions("""
                [{"item":"own:1","version":"0a1b2c3d4e5f","order":[1,0],"strategy":null,"reason":"made of your text","later":1,
                  "question":{"id":"own:1","area":"own","type":"SINGLE_CHOICE","bloom":"REMEMBER","difficulty":0.35,"seconds":35,
                   "skills":["s"],"prompt":"p","code":null,"options":[{"text":"a","correct":true,"why":"w"},
                   {"text":"b","correct":false,"why":"v"}],"items":[],"itemReasons":[],"blanks":[],"rubric":[],"model":null,
                   "explanation":"e","source":{"title":"t","url":""},"later":{}}}]""");

        assertThat(read.getFirst().question().options().getFirst()).isEqualTo(new Question.Option("a", true, "w"));
        assertThat(read.getFirst().at("a")).isEqualTo(1);
        assertThat(QuizJson.answers("""
                        {"own:1":{"item":"own:1","given":{"skipped":false,"chosen":[0],"order":[],"blanks":[],"text":null},
                         "share":1.0,"correct":true,"grade":3,"remarks":["w"],"missing":[],"responseMs":-1,"atMicros":5,
                         "dueMicros":null,"intervalDays":null}}"""))
                .isEqualTo(Map.of(
                        "own:1",
                        new GradedAnswer(
                                "own:1",
                                new GivenAnswer(false, List.of(0), List.of(), List.of(), null),
                                1,
                                true,
                                3,
                                List.of("w"),
                                List.of(),
                                -1,
                                5,
                                null,
                                null)));
    }

    @Test
    void theVersionChangesWithEveryWord() {
        Question question = Objects.requireNonNull(BANK.question("kafka-partitions-added-later"));
        Question other = new Question(
                question.id(),
                question.area(),
                question.type(),
                question.bloom(),
                question.difficulty(),
                question.seconds(),
                question.skills(),
                question.prompt() + " ",
                question.code(),
                question.options(),
                question.items(),
                question.itemReasons(),
                question.blanks(),
                question.rubric(),
                question.model(),
                question.explanation(),
                question.source());

        assertThat(QuizJson.version(question)).hasSize(12).isEqualTo(QuizJson.version(question));
        assertThat(QuizJson.version(other)).isNotEqualTo(QuizJson.version(question));
    }

    @Test
    void theOrderOfOptionsFollowsFromTheSeedAndEveryOrderComesUp() {
        Question question = BANK.questions().stream()
                .filter(candidate -> candidate.type() == QuestionType.SINGLE_CHOICE
                        && candidate.options().size() == 3)
                .findFirst()
                .orElse(Objects.requireNonNull(BANK.question("kafka-partitions-added-later")));
        Set<List<Integer>> orders = new HashSet<>();
        for (long seed = 0; seed < 2000; seed++) {
            AskedQuestion asked = asked(question, seed);
            assertThat(asked.order()).isEqualTo(asked(question, seed).order());
            assertThat(asked.order())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, question.options().size())
                                    .boxed()
                                    .toList());
            orders.add(asked.order());
        }
        int all = IntStream.rangeClosed(1, question.options().size()).reduce(1, (a, b) -> a * b);
        assertThat(orders).hasSize(all);
    }

    @Test
    void anOrderingIsNeverShownSolved() {
        for (Question question : BANK.questions()) {
            if (question.type() == QuestionType.ORDERING) {
                for (long seed = 0; seed < 300; seed++) {
                    assertThat(asked(question, seed).order())
                            .isNotEqualTo(IntStream.range(0, question.items().size())
                                    .boxed()
                                    .toList());
                }
            }
        }
    }

    @Test
    void placesAndOptionsAreNamedBothWays() {
        AskedQuestion asked = asked(Objects.requireNonNull(BANK.question("kafka-partitions-added-later")), 3);
        for (int i = 0; i < asked.order().size(); i++) {
            assertThat(asked.at(asked.placeOf(i))).isEqualTo(i);
        }
        for (String none : List.of("", "A", "z", "aa", "1", "é")) {
            assertThat(asked.at(none)).isEqualTo(-1);
        }
    }

    @Test
    void theGradeSaysHowMuchIsRight() {
        AskedQuestion asked = asked(Objects.requireNonNull(BANK.question("kafka-rounds-of-exactly-once")), 1);

        assertThat(gradeOf(asked, List.of(0, 1, 2, 3, 4, 5))).isEqualTo(3);
        assertThat(gradeOf(asked, List.of(5, 0, 1, 2, 3, 4))).as("4 of 5 pairs").isEqualTo(2);
        assertThat(gradeOf(asked, List.of(0, 1, 2, 3, 5, 4))).as("3 of 5 pairs").isEqualTo(1);
        assertThat(GradeQuestion.grade(asked, new GivenAnswer(true, List.of(), List.of(), List.of(), null), -1, 0)
                        .grade())
                .isEqualTo(1);
    }

    private static int gradeOf(AskedQuestion asked, List<Integer> order) {
        return GradeQuestion.grade(asked, new GivenAnswer(false, List.of(), order, List.of(), null), 10, 0)
                .grade();
    }

    @Test
    void questionsFitIntoATime() {
        List<AskedQuestion> asked = new ArrayList<>();
        BANK.questions().stream().limit(40).forEach(question -> asked.add(asked(question, 1)));

        for (int minutes : new int[] {1, 5, 20, 120}) {
            List<AskedQuestion> fitting = GenerateQuiz.fitting(asked, minutes, 1);
            int seconds = fitting.stream()
                    .mapToInt(question -> question.question().seconds())
                    .sum();
            assertThat(seconds <= minutes * 60 || fitting.size() == 1).isTrue();
            assertThat(GenerateQuiz.fitting(asked, minutes, 0.5).size()).isGreaterThanOrEqualTo(fitting.size());
        }
        assertThat(GenerateQuiz.fitting(asked, 1, 1000)).hasSize(1);
    }

    @Test
    void thePaceIsTheMedianOfTenOrMore() {
        assertThat(Pace.median(List.of(0.5, 0.5, 0.5))).isEqualTo(1);
        assertThat(Pace.median(List.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 40.0)))
                .isEqualTo(0.5);
        assertThat(Pace.median(List.of(0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01)))
                .isEqualTo(0.3);
        assertThat(Pace.median(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0)))
                .isEqualTo(1.5);
    }

    @Test
    void aQuestionOfATextHasTheSameIdWhenTheTextIsReadAgain() {
        String text =
                "A partition is an ordered log of records that only grows at its end. A broker is a server that keeps data.";
        OfflineQuestions offline = new OfflineQuestions();

        QuestionsFromText.Made made = offline.make(text, "t", List.of("s"), 5, offline.types());

        assertThat(made.questions()).isNotEmpty();
        assertThat(offline.make(text + "\n", "u", List.of(), 5, offline.types()).questions().stream()
                        .map(Question::id))
                .isEqualTo(made.questions().stream().map(Question::id).toList());
        assertThat(made.questions()).allSatisfy(question -> {
            assertThat(question.id()).matches("own:[0-9a-f]{32}");
            assertThat(question.skills()).containsExactly("s");
            assertThat(question.explanation()).startsWith("> A ");
        });
    }
}
