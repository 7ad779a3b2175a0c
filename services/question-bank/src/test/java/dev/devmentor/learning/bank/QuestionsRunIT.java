package dev.devmentor.learning.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.bank.Question.Blank;
import dev.devmentor.learning.bank.Question.Code;
import dev.devmentor.learning.bank.Question.Option;
import dev.devmentor.learning.bank.Question.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the code of every question that says it can be run, and compares what it prints with the marked answer. */
class QuestionsRunIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void whatTheCodePrintsIsTheMarkedAnswer() throws Exception {
        List<Question> questions = new ArrayList<>();
        for (Area area : BankFiles.read(new ArrayList<>())) {
            questions.addAll(area.questions());
        }
        List<String> wrong = new ArrayList<>();
        int ran = 0;
        try (Programs programs = new Programs(folder);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<List<String>>> results = new ArrayList<>();
            for (Question question : questions) {
                Code code = question.code();
                if (code != null && code.run() != Run.NONE && programs.canRun(code.language())) {
                    ran++;
                    results.add(threads.submit(() -> prove(programs, question, code)));
                }
            }
            for (Future<List<String>> result : results) {
                wrong.addAll(result.get());
            }
            System.out.println(ran + " questions were run; languages missing here: " + programs.missing());
        }
        assertThat(wrong).isEmpty();
        assertThat(ran).isPositive();
    }

    private static List<String> prove(Programs programs, Question question, Code code)
            throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        if (code.run() == Run.FIXED) {
            String expected = Objects.requireNonNull(code.expect()).strip();
            expect(
                    wrong,
                    question,
                    "mended",
                    expected,
                    programs.run(code.language(), Objects.requireNonNull(code.fixed())));
            Programs.Result broken = programs.run(code.language(), code.text());
            if (broken.succeeded() && broken.output().equals(expected)) {
                wrong.add(question.id() + ": the code with the mistake prints what is expected too");
            }
        } else if (question.type() == QuestionType.FILL_IN) {
            String expected = Objects.requireNonNull(code.expect()).strip();
            for (int blank = 0; blank < question.blanks().size(); blank++) {
                for (String answer : question.blanks().get(blank).answers()) {
                    expect(
                            wrong,
                            question,
                            "with " + answer,
                            expected,
                            programs.run(code.language(), filled(code.text(), question.blanks(), blank, answer)));
                }
            }
        } else {
            String expected = question.options().stream()
                    .filter(Option::correct)
                    .map(Option::text)
                    .findFirst()
                    .orElse(code.expect() == null ? "" : code.expect());
            expect(wrong, question, "as it stands", expected.strip(), programs.run(code.language(), code.text()));
        }
        return wrong;
    }

    private static void expect(
            List<String> wrong, Question question, String what, String expected, Programs.Result result) {
        if (!result.succeeded()) {
            wrong.add(question.id() + " " + what + " fails: " + result.output());
        } else if (!result.output().equals(expected)) {
            wrong.add(question.id() + " " + what + " prints\n" + result.output() + "\nand not\n" + expected);
        }
    }

    private static String filled(String code, List<Blank> blanks, int other, String answer) {
        String filled = code;
        for (int i = 0; i < blanks.size(); i++) {
            filled = filled.replace(
                    Grading.blank(i + 1),
                    i == other ? answer : blanks.get(i).answers().getFirst());
        }
        return filled;
    }
}
