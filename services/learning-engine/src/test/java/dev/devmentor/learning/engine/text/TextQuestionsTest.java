package dev.devmentor.learning.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.text.TextQuestion.Kind;
import dev.devmentor.learning.engine.text.TextQuestion.Option;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What holds of every question, whatever the text. */
class TextQuestionsTest {
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    private static List<TextQuestion> questions(String text) {
        return TextQuestions.of(text, 200, ALL).questions();
    }

    private static String shown(TextQuestion question) {
        return question.prompt().substring(question.prompt().indexOf("\n\n") + 2);
    }

    private static String plain(String text) {
        return String.join(
                "\n", Sentences.of(text).list().stream().map(Sentence::text).toList());
    }

    @ParameterizedTest
    @FieldSource("dev.devmentor.learning.engine.text.Texts#ALL")
    void theSameTextGivesTheSameQuestions(String text) {
        assertThat(TextQuestions.of(text, 20, ALL)).isEqualTo(TextQuestions.of(text, 20, ALL));
    }

    @ParameterizedTest
    @FieldSource("dev.devmentor.learning.engine.text.Texts#ALL")
    void theAnswerOfAClozeStandsInItsGapAndNowhereElse(String text) {
        Stems stems = new Stems(TextQuestions.of(text, 1, ALL).language());
        for (TextQuestion question : questions(text)) {
            if (question.kind() != Kind.CLOZE) {
                continue;
            }
            String shown = shown(question);
            assertThat(shown.split(TextQuestion.GAP, -1)).as(shown).hasSize(2);
            assertThat("> " + question.evidence())
                    .as(shown)
                    .isEqualTo(shown.replace(
                            TextQuestion.GAP,
                            question.about() == TextQuestion.About.CODE
                                    ? "`" + question.answers().getFirst() + "`"
                                    : question.answers().getFirst()));
            Set<String> words = new HashSet<>();
            for (String word : shown.split("[^\\p{L}\\p{N}]+")) {
                words.add(stems.of(word));
            }
            for (String word : question.answers().getFirst().split("[^\\p{L}\\p{N}]+")) {
                if (word.length() > 2) {
                    assertThat(words).as(shown + " ← " + question.answers()).doesNotContain(stems.of(word));
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("dev.devmentor.learning.engine.text.Texts#ALL")
    void everyQuestionIsAnsweredByASentenceOfTheText(String text) {
        String plain = plain(text);
        for (TextQuestion question : questions(text)) {
            assertThat(plain).contains(question.evidence());
            assertThat(question.quality()).isBetween(0.0, 1.0);
        }
    }

    @ParameterizedTest
    @FieldSource("dev.devmentor.learning.engine.text.Texts#ALL")
    void aSingleChoiceHasOneRightOptionAndWrongOnesThatTheTextSpeaksOfElsewhere(String text) {
        String plain = plain(text).toLowerCase(Locale.ROOT);
        for (TextQuestion question : questions(text)) {
            if (question.kind() == Kind.CLOZE) {
                continue;
            }
            List<Option> options = question.options();
            assertThat(options).hasSizeBetween(3, 6);
            assertThat(options.stream().map(option -> option.text().toLowerCase(Locale.ROOT)))
                    .doesNotHaveDuplicates();
            assertThat(options).allSatisfy(option -> assertThat(option.why()).isNotBlank());
            long right = options.stream().filter(Option::correct).count();
            if (question.kind() == Kind.SINGLE_CHOICE) {
                assertThat(right).isEqualTo(1);
            } else {
                assertThat(right).isBetween(2L, (long) options.size() - 2);
            }
            for (Option option : options) {
                String bare = option.text().replace("`", "").toLowerCase(Locale.ROOT);
                if (option.correct()) {
                    assertThat(question.evidence().toLowerCase(Locale.ROOT)).contains(bare);
                } else {
                    assertThat(plain).contains(bare);
                    assertThat((" " + question.evidence() + " ")
                                    .toLowerCase(Locale.ROOT)
                                    .split("[^\\p{L}\\p{N}]+"))
                            .as(question.evidence())
                            .doesNotContain(bare);
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("dev.devmentor.learning.engine.text.Texts#ALL")
    void noQuestionComesTwice(String text) {
        List<TextQuestion> questions = questions(text);
        assertThat(questions.stream().map(question -> question.kind() + question.prompt()))
                .doesNotHaveDuplicates();
        assertThat(questions.stream().map(question -> question.kind() + " " + question.about() + " " + question.key()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @FieldSource("dev.devmentor.learning.engine.text.Texts#ALL")
    void atMostAsManyAsWantedAndAReasonIfFewer(String text) {
        for (int wanted : new int[] {1, 3, 7, 200}) {
            MadeQuestions made = TextQuestions.of(text, wanted, ALL);
            assertThat(made.questions()).hasSizeLessThanOrEqualTo(wanted);
            assertThat(made.shortage() != null).isEqualTo(made.questions().size() < wanted);
        }
    }

    @Test
    void onlyKindsThatAreWantedAreMade() {
        for (Kind kind : Kind.values()) {
            assertThat(TextQuestions.of(Texts.CITY, 50, EnumSet.of(kind)).questions())
                    .isNotEmpty()
                    .allMatch(question -> question.kind() == kind);
        }
    }

    @Test
    void aTextThatSaysNothingGivesNothingAndItIsSaid() {
        MadeQuestions made = TextQuestions.of(Texts.THIN, 5, ALL);

        assertThat(made.questions()).isEmpty();
        assertThat(made.shortage())
                .isEqualTo(
                        "The text gives 0 of the 5 questions wanted: 0 of its 3 sentences can be understood and asked about"
                                + " by themselves, and it has 0 key terms.");
    }
}
