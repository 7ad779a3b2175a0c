package dev.devmentor.learning.quiz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.bank.QuestionBank;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedQuizzesTest {
    private final ShippedBank bank = new ShippedBank();
    private final NamedQuizzes named = new NamedQuizzes(bank);

    @Test
    void backendMasteryComesFirstAndTestsElevenAreas() {
        NamedQuizzes.Named first = named.all().getFirst();

        assertThat(first.id()).isEqualTo("backend-mastery");
        assertThat(first.title()).isEqualTo("Backend Mastery");
        assertThat(first.areas())
                .hasSize(11)
                .containsKeys("java", "sql", "kafka", "distributed-systems", "system-design");
    }

    @Test
    void everyReadyMadeQuizHasEnoughQuestionsOfEverySkillItNames() {
        QuestionBank shipped = bank.get();
        Set<String> ids = new HashSet<>();
        for (NamedQuizzes.Named quiz : named.all()) {
            assertThat(ids.add(quiz.id())).as(quiz.id()).isTrue();
            assertThat(quiz.id()).matches("[a-z][a-z0-9-]*");
            List<String> skills = named.skills(quiz);
            assertThat(skills).doesNotHaveDuplicates().allMatch(skill -> shipped.skill(skill) != null);
            assertThat(shipped.questions().stream()
                            .filter(question -> question.skills().stream().anyMatch(skills::contains))
                            .count())
                    .as(quiz.id())
                    .isGreaterThanOrEqualTo(2L * quiz.size());
            assertThat(quiz.size()).isBetween(10, 50);
        }
        assertThat(named.all()).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void everyAreaOfTheBankIsInAReadyMadeQuiz() {
        Set<String> areas = new HashSet<>();
        named.all().forEach(quiz -> areas.addAll(quiz.areas().keySet()));

        assertThat(bank.get().areas()).allMatch(area -> areas.contains(area.id()));
    }
}
