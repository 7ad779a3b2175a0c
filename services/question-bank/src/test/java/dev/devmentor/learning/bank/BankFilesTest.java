package dev.devmentor.learning.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.bank.Question.Code;
import dev.devmentor.learning.bank.Question.Option;
import dev.devmentor.learning.bank.Question.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

class BankFilesTest {
    @Test
    void noFileBreaksARule() throws IOException {
        List<Finding> findings = new ArrayList<>();
        QuestionBank.of(BankFiles.read(findings), findings);
        assertThat(findings).isEmpty();
    }

    @Test
    @DisabledIfSystemProperty(named = "devmentor.bank", matches = ".+")
    void theShippedBankIsTheFolder() throws IOException {
        assertThat(QuestionBank.FILES)
                .containsExactlyElementsOf(BankFiles.paths().stream()
                        .map(path -> path.getFileName().toString())
                        .toList());
        QuestionBank bank = QuestionBank.shipped();
        assertThat(bank.areas()).hasSizeGreaterThanOrEqualTo(14);
        assertThat(bank.questions()).hasSizeGreaterThanOrEqualTo(400);
    }

    @Test
    void everyAreaHasEveryTypeAndManyLevels() throws IOException {
        for (Area area : BankFiles.read(new ArrayList<>())) {
            Set<QuestionType> types = area.questions().stream()
                    .map(Question::type)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(QuestionType.class)));
            assertThat(types).as(area.id()).isEqualTo(EnumSet.allOf(QuestionType.class));
            assertThat(area.questions().stream().map(Question::bloom).distinct().count())
                    .as("Bloom levels of %s", area.id())
                    .isGreaterThanOrEqualTo(4);
            assertThat(area.questions()).as(area.id()).hasSizeGreaterThanOrEqualTo(24);
            double easiest = area.questions().stream()
                    .mapToDouble(Question::difficulty)
                    .min()
                    .orElseThrow();
            double hardest = area.questions().stream()
                    .mapToDouble(Question::difficulty)
                    .max()
                    .orElseThrow();
            assertThat(easiest).as("easiest of %s", area.id()).isLessThanOrEqualTo(0.25);
            assertThat(hardest).as("hardest of %s", area.id()).isGreaterThanOrEqualTo(0.6);
        }
    }

    /** Half of the code in languages that are run proves its question. */
    @Test
    void mostCodeRuns() throws IOException {
        for (Area area : BankFiles.read(new ArrayList<>())) {
            List<Code> code = new ArrayList<>();
            for (Question question : area.questions()) {
                if (question.code() != null
                        && Set.of("java", "javascript", "sql", "bash", "python")
                                .contains(question.code().language())) {
                    code.add(question.code());
                }
            }
            long runs = code.stream().filter(one -> one.run() != Run.NONE).count();
            assertThat(runs * 2)
                    .as("code that runs in %s, of %d", area.id(), code.size())
                    .isGreaterThanOrEqualTo(code.size());
        }
    }

    /** Over many questions length must not tell the right option. */
    @Test
    void theRightOptionIsNotRecognisableByItsLengthOrPlace() throws IOException {
        for (Area area : BankFiles.read(new ArrayList<>())) {
            int choices = 0;
            int longest = 0;
            int[] places = new int[6];
            for (Question question : area.questions()) {
                if (question.type() != QuestionType.SINGLE_CHOICE) {
                    continue;
                }
                choices++;
                int most = question.options().stream()
                        .mapToInt(option -> option.text().length())
                        .max()
                        .orElseThrow();
                int longestText = most;
                boolean alone = question.options().stream()
                                .filter(option -> option.text().length() == longestText)
                                .count()
                        == 1;
                for (int i = 0; i < question.options().size(); i++) {
                    Option option = question.options().get(i);
                    if (option.correct()) {
                        places[i]++;
                        longest += option.text().length() == most && alone ? 1 : 0;
                    }
                }
            }
            assertThat(longest)
                    .as("right ones that are the longest, of %d in %s", choices, area.id())
                    .isLessThanOrEqualTo((int) Math.ceil(choices * 0.5));
            for (int at = 0; at < places.length; at++) {
                assertThat(places[at])
                        .as("right ones at place %d, of %d in %s", at + 1, choices, area.id())
                        .isLessThanOrEqualTo((int) Math.ceil(choices * 0.6));
            }
        }
    }
}
