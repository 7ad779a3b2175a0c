package dev.devmentor.learning.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.devmentor.learning.bank.SkillFinder.Emphasis;
import dev.devmentor.learning.bank.SkillFinder.Evidence;
import dev.devmentor.learning.bank.SkillFinder.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SkillFinderTest {
    private static final QuestionBank BANK = QuestionBank.shipped();
    private static final SkillFinder FINDER = SkillFinder.shipped(BANK);

    private static final String ADVERTISEMENT = """
            Senior Backend Engineer (m/f/d)

            What you bring:
            - Strong knowledge of Java, and experience with Apache Kafka
            - You have worked with PostgreSQL; query tuning is a plus
            - REST APIs, the rest you learn with us
            - Kubernetes is not required

            Nice to have:
            - Kafka Streams
            - Familiarity with OpenTelemetry
            """;

    private static Map<String, Found> find(String text) {
        return FINDER.find(text).stream().collect(Collectors.toMap(Found::skill, found -> found));
    }

    @Test
    void showsTheLineThatNamesASkill() {
        Found plans = find(ADVERTISEMENT).get("databases.query-plans");

        assertThat(plans)
                .isEqualTo(new Found(
                        "databases.query-plans",
                        true,
                        Emphasis.OPTIONAL,
                        1,
                        List.of(new Evidence(
                                5,
                                "query tuning",
                                "- You have worked with PostgreSQL; query tuning is a plus",
                                true,
                                Emphasis.OPTIONAL))));
    }

    @Test
    void aTechnologyStandsForTheSkillsThatOneExpectsOfIt() {
        Found partitions = find(ADVERTISEMENT).get("kafka.partitions");

        assertThat(partitions.named()).isFalse();
        assertThat(partitions.evidence())
                .extracting(Evidence::line, Evidence::term)
                .containsExactly(tuple(4, "Apache Kafka"));
    }

    @Test
    void emphasisComesFromTheWordsAroundAndFromTheHeadingAbove() {
        Map<String, Found> found = find(ADVERTISEMENT);

        assertThat(found.get("java.collections").emphasis()).isEqualTo(Emphasis.DEEP);
        assertThat(found.get("databases.modeling").emphasis()).isEqualTo(Emphasis.STATED);
        assertThat(found.get("kafka.streams").emphasis()).isEqualTo(Emphasis.OPTIONAL);
        assertThat(found.get("observability.tracing").emphasis()).isEqualTo(Emphasis.OPTIONAL);
        assertThat(found).doesNotContainKey("kubernetes.pods");
    }

    @Test
    void whatIsSaidOfOneThingIsNotSaidOfTheNext() {
        Map<String, Found> found = find("Strong Java and familiarity with Kafka");

        assertThat(found.get("java.values").emphasis()).isEqualTo(Emphasis.DEEP);
        assertThat(found.get("kafka.topics").emphasis()).isEqualTo(Emphasis.OPTIONAL);
        assertThat(find("Git, Docker or Helm would be a plus")
                        .get("git.branching")
                        .emphasis())
                .isEqualTo(Emphasis.OPTIONAL);
    }

    @Test
    void wordsThatMeanSomethingElseAreNotFound() {
        assertThat(FINDER.find("Take a rest in spring, react to the solid node; work authorization needed"))
                .isEmpty();
        assertThat(find("JavaScript")).doesNotContainKey("java.values").containsKey("javascript.values");
        assertThat(find("Kafka Streams").keySet()).containsExactly("kafka.streams");
    }

    @Test
    void formsOfATermAreTheSame() {
        for (String text : List.of("isolation level", "Isolation levels", "ISOLATION-LEVELS", "isolation\n   levels")) {
            assertThat(find(text)).as(text).containsKey("databases.isolation");
        }
        assertThat(find("isolation. Level").keySet()).doesNotContain("databases.isolation");
        assertThat(find("CI/CD, ci cd").get("testing.pipeline").mentions()).isEqualTo(2);
        assertThat(find("indexes in databases")).containsKey("databases.indexes");
    }

    @Test
    void anIdAndANameThatNobodySharesAreFoundToo() {
        assertThat(find("kafka.partitions").get("kafka.partitions").named()).isTrue();
        assertThat(find("Names and small functions").keySet()).containsExactly("code-design.naming");
    }

    @Test
    void aLongLineIsCutAroundTheTerm() {
        String text = "x ".repeat(400) + "Kafka" + " y".repeat(400);

        Evidence evidence = find(text).get("kafka.topics").evidence().getFirst();

        assertThat(evidence.text()).contains("Kafka").hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void everySkillOfTheBankIsFoundByItsOwnId() {
        for (Skill skill : BANK.skills()) {
            assertThat(find("- " + skill.id()).keySet()).containsExactly(skill.id());
        }
    }

    @Test
    void aFileThatBreaksARuleIsRefusedWithTheLine() {
        List<Finding> findings = new ArrayList<>();
        SkillFinder.of(BANK, """
                skills:
                  kafka.nothing: [nothing]
                technologies:
                  - names: [kafka thing, Kafka Thing]
                    skills: [kafka.topics]
                ignored: [the rest]
                emphasis: {deep: [strong], optional: [a plus], not-wanted: [not needed]}
                """, findings);

        assertThat(findings)
                .contains(
                        new Finding("skills-aliases.yaml", 2, "no skill kafka.nothing"),
                        new Finding("skills-aliases.yaml", 4, "'Kafka Thing' stands here twice, or has no letter"),
                        new Finding("skills-aliases.yaml", 2, "no names for kafka.topics"));
    }

    @Test
    void aLargeHostileTextTakesNoLongerThanItsSize() {
        String text = "isolation ".repeat(50_000) + "-".repeat(100_000) + "\n".repeat(50_000) + " kafka".repeat(20_000);

        assertThat(find(text).get("kafka.topics").mentions()).isEqualTo(20_000);
    }
}
