package dev.devmentor.learning.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {
    private static java.util.List<String> sentences(String text) {
        return Sentences.of(text).list().stream().map(Sentence::text).toList();
    }

    @Test
    void anAbbreviationEndsNoSentence() {
        assertThat(sentences("Use a lock, e.g. A or B, and wait. Dr. Who knows approx. 3.5 ms of it."))
                .containsExactly("Use a lock, e.g. A or B, and wait.", "Dr. Who knows approx. 3.5 ms of it.");
        assertThat(
                        sentences(
                                "Ein Baum, z. B. Der B-Baum, wächst. D. h. Er bleibt flach. Das gilt bzgl. Höhe usw. auch hier."))
                .containsExactly(
                        "Ein Baum, z. B. Der B-Baum, wächst.",
                        "D. h. Er bleibt flach.",
                        "Das gilt bzgl. Höhe usw. auch hier.");
    }

    @Test
    void aGermanOrdinalEndsNoSentenceButANumberDoes() {
        assertThat(
                        sentences(
                                "Das war im 19. Jahrhundert. Es begann am 3. Mai. Die Grenze liegt bei 64. Danach wird gekürzt."))
                .containsExactly(
                        "Das war im 19. Jahrhundert.",
                        "Es begann am 3. Mai.",
                        "Die Grenze liegt bei 64.",
                        "Danach wird gekürzt.");
    }

    @Test
    void aStopWithinCodeEndsNoSentence() {
        assertThat(sentences("Set `a.b. C` to true. Then `x`.")).containsExactly("Set `a.b. C` to true.", "Then `x`.");
    }

    @Test
    void quotationMarksStayWithTheirSentence() {
        assertThat(sentences("He said “stop.” Then he left. (It was late.) Er sagte: „Halt!“ Dann ging er."))
                .containsExactly(
                        "He said “stop.”", "Then he left.", "(It was late.)", "Er sagte: „Halt!“", "Dann ging er.");
    }

    @Test
    void markdownIsReadAndCodeBlocksTablesHeadingsAndQuestionsAreLeftOut() {
        assertThat(sentences(Texts.GIT))
                .contains(
                        "Conflicts arise where both sides changed the same lines of a file.",
                        "Never force-push to a branch that others use, because their work would be lost.",
                        "The command `git stash` puts unfinished changes aside.")
                .noneMatch(sentence -> sentence.contains("no sentence of the text"))
                .noneMatch(sentence -> sentence.contains("rows are"))
                .noneMatch(sentence -> sentence.contains("short entry"))
                .noneMatch(sentence -> sentence.contains("Should you"));
        assertThat(Sentences.of(Texts.GIT).headings()).contains("working", "branches");
        assertThat(Sentences.of(Texts.BROKER).headings()).contains("logs", "partitions");
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(sentences("")).isEmpty();
        assertThat(sentences("\n\n# only a heading\n\n---\n")).isEmpty();
    }
}
