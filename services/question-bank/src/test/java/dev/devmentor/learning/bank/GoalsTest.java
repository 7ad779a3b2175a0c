package dev.devmentor.learning.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.bank.Goals.NothingKnown;
import dev.devmentor.learning.bank.Goals.Resolved;
import dev.devmentor.learning.bank.Goals.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final QuestionBank BANK = QuestionBank.shipped();
    private static final Goals GOALS = Goals.shipped(BANK, SkillFinder.shipped(BANK));

    private static Resolved resolved(String text) {
        assertThat(GOALS.resolve(text)).isInstanceOf(Resolved.class);
        return (Resolved) GOALS.resolve(text);
    }

    private static Map<String, Level> levels(String text) {
        return resolved(text).wanted().stream().collect(Collectors.toMap(Wanted::skill, Wanted::level));
    }

    @Test
    void thereAreAtLeastTenGoalsAndTheOnesThatEverybodyAsksFor() {
        assertThat(GOALS.all()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(GOALS.all().stream().map(Goal::id))
                .contains("backend-engineer", "frontend-engineer", "platform-engineer", "data-engineer");
    }

    @Test
    void aGoalIsFoundByItsIdItsTitleAndItsNames() {
        for (String text :
                List.of("backend-engineer", "Backend Engineer", "back-end developer", " BACKEND DEVELOPER! ")) {
            assertThat(resolved(text).goal()).as(text).isSameAs(GOALS.goal("backend-engineer"));
            assertThat(levels(text).get("databases.transactions")).isEqualTo(Level.STRONG);
        }
        for (Goal goal : GOALS.all()) {
            assertThat(resolved(goal.title()).goal()).isSameAs(goal);
        }
    }

    @Test
    void aSentenceThatNamesAnOccupationMeansIt() {
        assertThat(resolved("be a backend engineer").goal()).isSameAs(GOALS.goal("backend-engineer"));
        assertThat(resolved("I want to become a data engineer").title()).isEqualTo("Data engineer");
        assertThat(levels("backend engineer with expert Kafka").get("kafka.offsets"))
                .isEqualTo(Level.STRONG);
    }

    @Test
    void aSkillAndAnAreaAreGoalsToo() {
        assertThat(levels("kafka.transactions")).isEqualTo(Map.of("kafka.transactions", Level.SOLID));
        assertThat(levels("isolation levels")).isEqualTo(Map.of("databases.isolation", Level.SOLID));
        assertThat(levels("Concurrency").keySet()).allMatch(skill -> skill.startsWith("concurrency."));
    }

    @Test
    void anAdvertisementAsksForWhatIsWrittenInItWithItsLines() {
        String text = """
                Backend Engineer wanted
                Strong Java, PostgreSQL and Kafka.
                Nice to have:
                Kubernetes
                """;
        Map<String, Level> levels = levels(text);

        assertThat(levels.get("java.collections")).isEqualTo(Level.STRONG);
        assertThat(levels.get("kubernetes.pods")).isEqualTo(Level.BASIC);
        assertThat(levels).doesNotContainKey("javascript.async");
        Wanted java = resolved(text).wanted().stream()
                .filter(wanted -> wanted.skill().equals("java.collections"))
                .findFirst()
                .orElseThrow();
        assertThat(java.reason()).isEqualTo("line 2 asks for 'Java', in depth");
        assertThat(java.evidence().getFirst().text()).isEqualTo("Strong Java, PostgreSQL and Kafka.");
    }

    @Test
    void whatTheBankDoesNotKnowIsSaid() {
        assertThat(GOALS.resolve("pastry cook")).isEqualTo(new NothingKnown());
        assertThat(GOALS.resolve("")).isEqualTo(new NothingKnown());
    }

    @Test
    void aFileThatBreaksARuleIsRefused() {
        List<Finding> findings = new ArrayList<>();
        Goals.of(BANK, SkillFinder.shipped(BANK), """
                goals:
                  - id: one
                    title: One
                    summary: A goal.
                    names: [alpha]
                    strong: [sql.joins]
                    basic: [sql.joins, sql.cooking]
                  - id: two
                    title: Two
                    summary: A goal.
                    names: [Alpha]
                    level: [x]
                """, findings);

        assertThat(findings)
                .extracting(Finding::message)
                .containsExactly(
                        "one: sql.joins stands here twice",
                        "one: no skill sql.cooking",
                        "two has no skills",
                        "'level' is not known here",
                        "'Alpha' names one too");
    }
}
