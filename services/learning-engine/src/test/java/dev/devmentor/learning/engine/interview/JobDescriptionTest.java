package dev.devmentor.learning.engine.interview;

import static dev.devmentor.learning.engine.interview.NamedSkills.SKILLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.interview.JobDescription.Want;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobDescriptionTest {
    private static JobDescription read(String text) {
        return JobDescription.read(text.lines().toList(), SKILLS);
    }

    private static Map<String, Need> needs(String text) {
        Map<String, Need> needs = new TreeMap<>();
        read(text).wants().forEach(want -> needs.put(want.skill(), want.need()));
        return needs;
    }

    private static Want want(String text) {
        List<Want> wants = read(text).wants();
        assertThat(wants).hasSize(1);
        return wants.getFirst();
    }

    @Test
    void readsAnAdvertisementInEnglish() {
        JobDescription job = read("""
                Senior backend engineer (f/m/d)
                About us
                We sell tea.
                Your profile:
                - 5+ years of Java
                - Strong Kafka, SQL
                Nice to have:
                - Kubernetes
                We offer:
                - Tea""");

        assertThat(job.seniority()).isEqualTo(Seniority.SENIOR);
        assertThat(job.statedSeniority()).isTrue();
        assertThat(job.wants())
                .extracting(
                        Want::skill,
                        Want::need,
                        Want::level,
                        Want::years,
                        want -> want.evidence().getFirst().line())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("java", Need.REQUIRED, 0.80, 5, 5),
                        org.assertj.core.groups.Tuple.tuple("kafka", Need.REQUIRED, 0.88, -1, 6),
                        org.assertj.core.groups.Tuple.tuple("sql", Need.REQUIRED, 0.88, -1, 6),
                        org.assertj.core.groups.Tuple.tuple("kubernetes", Need.OPTIONAL, 0.70, -1, 8));
    }

    @Test
    void readsAnAdvertisementInGerman() {
        JobDescription job = read("""
                Softwareentwickler (m/w/d)
                Das bringen Sie mit:
                - mindestens 3 Jahre Erfahrung mit Java
                - fundierte Kenntnisse in Kafka
                - Grundkenntnisse SQL
                Von Vorteil:
                - Kubernetes
                Wir bieten:
                - Tee""");

        assertThat(job.seniority()).isEqualTo(Seniority.MIDDLE);
        assertThat(job.statedSeniority()).isFalse();
        assertThat(job.wants())
                .extracting(Want::skill, Want::need, Want::level, Want::years)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("java", Need.REQUIRED, 0.70, 3),
                        org.assertj.core.groups.Tuple.tuple("kafka", Need.REQUIRED, 0.78, -1),
                        org.assertj.core.groups.Tuple.tuple("sql", Need.REQUIRED, 0.58, -1),
                        org.assertj.core.groups.Tuple.tuple("kubernetes", Need.OPTIONAL, 0.60, -1));
    }

    @Test
    void theNearestWordsDecideWhatIsRequired() {
        assertThat(needs("Java is a must, Kafka a plus"))
                .isEqualTo(Map.of("java", Need.REQUIRED, "kafka", Need.OPTIONAL));
        assertThat(needs("Java, Kafka and SQL are a plus."))
                .isEqualTo(Map.of("java", Need.OPTIONAL, "kafka", Need.OPTIONAL, "sql", Need.OPTIONAL));
        assertThat(needs("Java, SQL required; Kafka would be great"))
                .isEqualTo(Map.of("java", Need.REQUIRED, "sql", Need.REQUIRED, "kafka", Need.OPTIONAL));
        assertThat(needs("Nice to have:\n- Java\n- Kafka, this is a must"))
                .isEqualTo(Map.of("java", Need.OPTIONAL, "kafka", Need.REQUIRED));
        assertThat(needs("Java")).isEqualTo(Map.of("java", Need.REQUIRED));
    }

    @Test
    void whatIsNotRequiredIsNotWanted() {
        assertThat(needs("Java. Kafka is not required")).isEqualTo(Map.of("java", Need.REQUIRED));
        assertThat(needs("Java erforderlich; Kafka nicht erforderlich")).isEqualTo(Map.of("java", Need.REQUIRED));
    }

    @Test
    void whatIsOfferedIsNotAskedFor() {
        assertThat(needs("Von Vorteil\n- Kafka\nWir bieten\n- Git-Workshops\nDeine Aufgaben\n- Java"))
                .isEqualTo(Map.of("java", Need.REQUIRED, "kafka", Need.OPTIONAL));
        assertThat(needs("Java\nBenefits:\n- Kubernetes conference")).isEqualTo(Map.of("java", Need.REQUIRED));
    }

    @Test
    void aSkillThatIsRequiredAnywhereIsRequired() {
        assertThat(needs("Kafka would be great\nRequirements:\n- Kafka")).isEqualTo(Map.of("kafka", Need.REQUIRED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Senior Java developer | SENIOR",
                "Sr. Java developer | SENIOR",
                "Lead engineer, Java | LEAD",
                "Senior Java architect | LEAD",
                "Junior Java developer | JUNIOR",
                "Werkstudent Java | JUNIOR",
                "Java developer\\nYou have 6 years of experience | SENIOR",
                "Java developer\\nYou have at least 3 years of experience | MIDDLE",
                "Java developer\\n1 Jahr Berufserfahrung | JUNIOR",
                "Java developer\\n10+ years of experience | LEAD",
                "Java developer | MIDDLE",
                "Java developer\\nYou report to the head of engineering and help a team of experienced people | MIDDLE",
                "Java for internal tools | MIDDLE",
            })
    void seniorityComesFromTheTitleOrTheYears(String text, Seniority expected) {
        assertThat(read(text.replace("\\n", "\n")).seniority()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5+ years of Java | 5",
                "5 - 7 years of Java | 5",
                "3-5 Jahre Java | 3",
                "mindestens 4 Jahren Java | 4",
                "10 yrs Java | 10",
                "Java 17 | -1",
                "2015 years Java | -1",
                "Java since 1.5 years | -1",
            })
    void yearsStandBesideTheSkill(String text, int years) {
        assertThat(want(text).years()).isEqualTo(years);
    }

    @Test
    void aSkillThatIsNamedOftenWeighsMore() {
        assertThat(want("Java").weight()).isEqualTo(2);
        assertThat(want("Java\nJava and Java").weight()).isEqualTo(3);
        assertThat(want("Java\n".repeat(30)).weight()).isEqualTo(4);
    }

    @Test
    void levelsStayWithinTheirBounds() {
        assertThat(want("Lead engineer\nexpert in Java").level()).isEqualTo(0.92);
        assertThat(want("Junior\nbasic Java would be great").level()).isEqualTo(0.45);
    }

    @Test
    void aTextWithoutSkillsWantsNothing() {
        assertThat(read("We sell tea.").wants()).isEmpty();
        assertThat(JobDescription.read(List.of(), SKILLS).wants()).isEmpty();
    }
}
