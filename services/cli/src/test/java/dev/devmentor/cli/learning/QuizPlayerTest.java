package dev.devmentor.cli.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuizPlayerTest {
    private static final String QUIZ = """
            {"id":"q-1","title":"Kafka","minutes":5,"note":"The bank has 5 questions that fit; 9 were wanted.","questions":[
              {"id":"bank:one","type":"single-choice","bloom":"apply","seconds":40,"prompt":"Which?\\nOne.","reason":"it is due",
               "options":[{"id":"a","text":"first"},{"id":"b","text":"second\\nline"}]},
              {"id":"bank:done","type":"single-choice","bloom":"apply","seconds":40,"prompt":"Done.","options":[],"result":{}},
              {"id":"bank:many","type":"multiple-choice","bloom":"apply","seconds":40,"prompt":"Which of these?",
               "options":[{"id":"a","text":"x"},{"id":"b","text":"y"},{"id":"c","text":"z"}]},
              {"id":"bank:order","type":"ordering","bloom":"apply","seconds":40,"prompt":"Sort.",
               "items":[{"id":"a","text":"x"},{"id":"b","text":"y"},{"id":"c","text":"z"}]},
              {"id":"bank:fill","type":"fill-in","bloom":"apply","seconds":40,"prompt":"Complete.","blanks":2,
               "code":{"language":"java","text":"int x = ___1___;\\nreturn ___2___;\\n"}},
              {"id":"bank:free","type":"free-text","bloom":"evaluate","seconds":40,"prompt":"Judge."}]}""";

    private final List<String> shown = new ArrayList<>();
    private long nanos;

    private JsonNode play(String typed) throws IOException {
        return play(QUIZ, typed);
    }

    private JsonNode play(String quiz, String typed) throws IOException {
        QuizPlayer player =
                new QuizPlayer(shown::add, new BufferedReader(new StringReader(typed)), () -> nanos += 1_500_000_000L);
        return player.play(json(quiz));
    }

    @Test
    void saysInALineWhatAHintChangedUnlessTheReasonSaysItAlready() throws IOException {
        play("""
                {"title":"Kafka","minutes":5,"hints":[{"patternId":"r","kind":"rhythm","sentence":"this quiz ends there"}],"questions":[
                  {"id":"bank:moved","type":"single-choice","bloom":"apply","seconds":40,"prompt":"p","reason":"it is due",
                   "hint":{"patternId":"c","kind":"confusion","sentence":"you mix it up"},"options":[{"id":"a","text":"x"}]},
                  {"id":"bank:came","type":"single-choice","bloom":"apply","seconds":40,"prompt":"q","reason":"you missed it",
                   "hint":{"patternId":"m","kind":"mistake","sentence":"you missed it"},"options":[{"id":"a","text":"x"}]}]}""", "a\na\n");

        assertThat(shown)
                .containsExactly(
                        "Kafka: 2 questions, about 5 min. ? if you don't know, :q stops.",
                        "hint: this quiz ends there",
                        "",
                        "1/2  apply, about 40 s  (it is due)",
                        "hint: you mix it up",
                        "",
                        "p",
                        "",
                        "  a  x",
                        "which one, as in: b",
                        "",
                        "2/2  apply, about 40 s  (you missed it)",
                        "",
                        "q",
                        "",
                        "  a  x",
                        "which one, as in: b");
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void readsAnAnswerOfEveryType() throws IOException {
        JsonNode answers = play("B\nc, a\nb a c\n x + 1 \n?\nOne thing.\nAnother.\n.\n");

        assertThat(answers).isEqualTo(json("""
                [{"questionId":"bank:one","choices":["b"],"responseTimeMs":1500},
                 {"questionId":"bank:many","choices":["c","a"],"responseTimeMs":1500},
                 {"questionId":"bank:order","order":["b","a","c"],"responseTimeMs":1500},
                 {"questionId":"bank:fill","blanks":["x + 1",""],"responseTimeMs":1500},
                 {"questionId":"bank:free","text":"One thing.\\nAnother.","responseTimeMs":1500}]"""));
        assertThat(shown)
                .contains(
                        "Kafka: 6 questions, about 5 min. ? if you don't know, :q stops.",
                        "The bank has 5 questions that fit; 9 were wanted.",
                        "1/6  apply, about 40 s  (it is due)",
                        "  a  first",
                        "  b  second",
                        "     line",
                        "    int x = ___1___;")
                .doesNotContain("Done.");
    }

    @Test
    void asksAgainForWhatIsNoAnswer() throws IOException {
        JsonNode answers = play("a b\nz\n\nb\n:q\n");

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).get("choices").toString()).isEqualTo("[\"b\"]");
        assertThat(shown.stream().filter(line -> line.equals("which one, as in: b")))
                .hasSize(4);
    }

    @Test
    void whatIsNotKnownIsSaidAndStoppingKeepsWhatWasAnswered() throws IOException {
        JsonNode answers = play("?\na\n");

        assertThat(answers).isEqualTo(json("""
                [{"questionId":"bank:one","skipped":true,"responseTimeMs":1500},
                 {"questionId":"bank:many","choices":["a"],"responseTimeMs":1500}]"""));
    }

    @Test
    void showsTheBreakThatALoadProposesAndNothingWhereItProposesNone() {
        assertThat(QuizPlayer.proposedBreak(json("""
                {"load":0.34,"minutes":52,"pause":{"reason":"long-session","text":"You have worked for 52 minutes.","minutes":10}}""")))
                .contains("  break  10 min would do good: You have worked for 52 minutes.");
        assertThat(QuizPlayer.proposedBreak(json("{\"load\":0.1,\"minutes\":4}")))
                .isEmpty();
        assertThat(QuizPlayer.proposedBreak(json(QUIZ).path("load"))).isEmpty();
    }

    @Test
    void showsWhatTheAnswersGot() {
        List<String> lines = QuizPlayer.result(json("""
                {"quizId":"q-1","answered":3,"correct":2,"points":1.8,"open":["bank:fill"],
                 "skills":[{"skill":"kafka.topics","name":"Topics","answered":2,"correct":1},
                           {"skill":"own","answered":1,"correct":1}],
                 "answers":[
                  {"questionId":"bank:one","share":1.0,"correct":true,"skipped":false,"dueAt":"2026-03-03T04:00:00Z",
                   "options":[{"id":"a","chosen":false,"correct":false,"why":"no"},{"id":"b","chosen":true,"correct":true,"why":"so it is"}],
                   "explanation":"Remember this.","source":{"title":"Docs","url":"https://example.org/"}},
                  {"questionId":"bank:order","share":0.8,"correct":true,"skipped":false,
                   "items":[{"id":"b"},{"id":"a"},{"id":"c"}],"explanation":"e","source":{"title":"Docs"}},
                  {"questionId":"bank:fill","share":0.5,"correct":false,"skipped":false,
                   "blanks":[{"correct":true,"answers":["x"]},{"correct":false,"answers":["y","z"]}],
                   "explanation":"e","source":{"title":"My notes"}}]}"""));

        assertThat(lines)
                .containsSubsequence(
                        "1  right, comes up again 2026-03-03T04:00:00Z",
                        "   b is right: so it is",
                        "   Remember this.",
                        "   read: Docs, https://example.org/",
                        "2  nearly right (80 %)",
                        "   the right order: b a c",
                        "3  wrong (50 %)",
                        "   right: x",
                        "   missing was: y",
                        "   read: My notes",
                        "2 of 3 right, 1.8 points",
                        "  Topics  1 of 2",
                        "  own     1 of 1",
                        "1 question is open: scripts/devmentor quiz --resume q-1")
                .noneMatch(line -> line.contains("a is wrong"));
    }
}
