package dev.devmentor.learning.engine.interview;

import static dev.devmentor.learning.engine.interview.NamedSkills.SKILLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.interview.Resume.Claim;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeTest {
    private static Resume read(String text) {
        return Resume.read(text.lines().toList(), SKILLS, 2026, 3);
    }

    private static Claim claim(String text) {
        List<Claim> claims = read(text).claims();
        assertThat(claims).hasSize(1);
        return claims.getFirst();
    }

    @Test
    void readsACvInEnglish() {
        Resume resume = read("""
                Jane Doe
                Work experience
                01/2022 - present | Backend developer at Example
                - Java services, Kafka
                06/2018 - 12/2021 | Developer at Other
                - Java and SQL
                Education
                2012 - 2018 | Computer science
                - Git
                Skills
                Kubernetes (basic knowledge)""");

        assertThat(resume.months()).as("51 and 43").isEqualTo(94);
        assertThat(resume.claims())
                .extracting(Claim::skill, Claim::level, Claim::months)
                .containsExactly(
                        Tuple.tuple("java", 0.78, 94),
                        Tuple.tuple("kafka", 0.72, 51),
                        Tuple.tuple("sql", 0.72, 43),
                        Tuple.tuple("git", 0.50, -1),
                        Tuple.tuple("kubernetes", 0.38, -1));
        assertThat(resume.claims().getFirst().evidence())
                .extracting(FoundSkill.Place::line)
                .containsExactly(4, 6);
    }

    @Test
    void readsACvInGerman() {
        Resume resume = read("""
                Berufserfahrung
                seit M\u00e4rz 2025: Entwicklerin
                Java, sehr gute SQL-Kenntnisse
                Okt. 2023 bis Februar 2025 Kafka
                Ausbildung:
                2015 \u2013 2023 Git""");

        assertThat(resume.months()).as("13 and 17").isEqualTo(30);
        assertThat(resume.claims())
                .extracting(Claim::skill, Claim::level, Claim::months)
                .containsExactly(
                        Tuple.tuple("sql", 0.72, 13),
                        Tuple.tuple("java", 0.65, 13),
                        Tuple.tuple("kafka", 0.65, 17),
                        Tuple.tuple("git", 0.50, -1));
    }

    @Test
    void monthsThatOverlapCountOnce() {
        assertThat(read("2020 - 2022 Java\n2021 - 2023 Java").months()).isEqualTo(48);
        assertThat(claim("2020 - 2022 Java\n2021 - 2023 Java").months()).isEqualTo(48);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020 - 2021 Java | 24",
                "2020-2021 Java | 24",
                "2020\u20132021 Java | 24",
                "2020 to 2021 Java | 24",
                "01/2020 - 03/2020 Java | 3",
                "1.2020 - 3.2020 Java | 3",
                "Jan 2020 - Mar 2020 Java | 3",
                "January 2020 until March 2020 Java | 3",
                "Dez. 2025 bis heute Java | 4",
                "since 2026 Java | 3",
                "2025 - now Java | 15",
                "2026 - 2030 Java | 3",
                "13/2020 - 2020 Java | 12",
                "2021 - 2020 Java | -1",
                "2027 - 2028 Java | -1",
                "1900 - 2020 Java | -1",
                "4 years of Java | 48",
                "Java 17 | -1",
                "call +49 30 2020-2021555 Java | -1",
            })
    void readsSpansOfTime(String text, int months) {
        assertThat(claim(text).months()).isEqualTo(months);
    }

    @Test
    void aSpanEndsAtTheNextOneAndAtAHeading() {
        List<Resume.Span> spans = Resume.spans(
                "2020 - 2021 a\nb\n2022 - 2023 c\nd\nSkills\nJava\nEducation\n2010 - 2012 e"
                        .lines()
                        .toList(),
                2026 * 12);

        assertThat(spans)
                .containsExactly(
                        new Resume.Span(1, 2, 2020 * 12, 2021 * 12 + 11, true),
                        new Resume.Span(3, 4, 2022 * 12, 2023 * 12 + 11, true),
                        new Resume.Span(8, 8, 2010 * 12, 2012 * 12 + 11, false));
    }

    @Test
    void aHostileCvOfSpansTakesNoLongerThanItsSize() {
        String text = ("2020 - ".repeat(100) + "\n").repeat(2_000) + "Java\n".repeat(5_000);

        assertThat(read(text).claims()).extracting(Claim::skill).containsExactly("java");
    }

    @Test
    void anEmptyCvClaimsNothing() {
        assertThat(Resume.read(List.of(), SKILLS, 2026, 3)).isEqualTo(new Resume(0, List.of()));
    }
}
