package dev.devmentor.anki;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardTextTest {
    private static final NoteType REVERSED = new NoteType(
            1,
            "Basic (and reversed card)",
            false,
            List.of("Front", "Back", "Extra"),
            List.of(
                    new NoteType.Template("Card 1", "{{Front}}", "{{FrontSide}}<hr>{{Back}}"),
                    new NoteType.Template(
                            "Card 2",
                            "{{#Extra}}({{Extra}}) {{/Extra}}{{^Extra}}<i>{{Deck}}/{{Subdeck}}</i> {{/Extra}}{{text:Back}}{{type:Front}}",
                            "{{Front}}")));
    private static final NoteType CLOZE = new NoteType(
            2,
            "Cloze",
            true,
            List.of("Text", "Back Extra"),
            List.of(new NoteType.Template("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>{{Back Extra}}")));

    private static Note note(String... fields) {
        return new Note(1, "guid", 1, 0, List.of("a", "b"), Arrays.asList(fields));
    }

    private static String question(NoteType type, int ordinal, String... fields) {
        return CardText.question(type, note(fields), ordinal, "Langs::Java", media -> {});
    }

    @Test
    void everyCardOfANoteAsksItsOwn() {
        assertThat(question(REVERSED, 0, "<b>cat</b>", "Katze", "")).isEqualTo("cat");
        assertThat(question(REVERSED, 1, "cat", "Katze", "")).isEqualTo("Langs::Java/Java Katze");
        assertThat(question(REVERSED, 1, "cat", "Katze", "noun")).isEqualTo("(noun) Katze");
    }

    @Test
    void aGapIsAskedAndTheOthersAreThere() {
        String text = "{{c1::Paris::city}} is in {{c2::France}} and {{c1,3::old}}";

        assertThat(question(CLOZE, 0, text, "")).isEqualTo("[city] is in France and [...]");
        assertThat(question(CLOZE, 1, text, "")).isEqualTo("Paris is in [...] and old");
        assertThat(question(CLOZE, 2, text, "")).isEqualTo("Paris is in France and [...]");
        assertThat(CardText.fields(CLOZE, note(text, "extra"), media -> {}))
                .isEqualTo("Text: Paris is in France and old\n\nBack Extra: extra");
    }

    @ParameterizedTest
    @CsvSource({
        "{{c1::a {{c2::b}} c}}, 1, [...]",
        "{{c1::a {{c2::b}} c}}, 2, a [...] c",
        "{{c1::a {{c2::b::hint}} c}}, 2, a [hint] c",
        "{{c1::open, 1, open",
        "{{c::no}}, 1, {{c::no}}",
        "{{cx::no}} }}, 1, {{cx::no}} }}",
        "a::b {{c1::x}}, 1, a::b [...]",
    })
    void gapsMayLieInOneAnother(String text, int number, String shown) {
        assertThat(CardText.gaps(text, number, true)).isEqualTo(shown);
    }

    @Test
    void whereATemplateShowsNothingTheFirstFieldIsAskedAndThenTheNameOfTheType() {
        assertThat(question(REVERSED, 7, "cat", "Katze")).isEqualTo("cat");
        assertThat(question(REVERSED, 0, "", "", "")).isEqualTo("Basic (and reversed card) 1");
    }

    @Test
    void namesTheMedia() {
        List<String> media = new ArrayList<>();
        assertThat(CardText.question(REVERSED, note("<img src=x.png>[sound:y.mp3]", ""), 0, "D", media::add))
                .isEqualTo("[x.png]");
        assertThat(media).containsExactly("x.png", "y.mp3");
    }

    @Test
    void aTemplateThatOpensForEverEnds() {
        NoteType deep = new NoteType(
                3, "Deep", false, List.of("F"), List.of(new NoteType.Template("1", "{{#F}}".repeat(10_000) + "x", "")));

        assertThat(question(deep, 0, "f")).isEqualTo("f");
        assertThat(CardText.gaps("{{c1::".repeat(10_000), 1, true)).hasSize(6 * (10_000 - 32) - 2);
    }
}
