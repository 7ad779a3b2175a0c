package dev.devmentor.learning.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.text.TextQuestion.About;
import dev.devmentor.learning.engine.text.TextQuestion.Kind;
import dev.devmentor.learning.engine.text.TextQuestion.Option;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions of each kind, word for word. */
class QuestionExamplesTest {
    private static List<TextQuestion> questions(String text) {
        return TextQuestions.of(text, 200, EnumSet.allOf(Kind.class)).questions();
    }

    private static TextQuestion find(String text, Kind kind, String part) {
        return TextQuestions.of(text, 200, EnumSet.of(kind)).questions().stream()
                .filter(question -> question.prompt().contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        questions(text).stream().map(TextQuestion::prompt).toList()));
    }

    @Test
    void asksWhatATermMeans() {
        TextQuestion question = find(Texts.BROKER, Kind.SINGLE_CHOICE, "What does the text say “partition” is?");

        assertThat(question.about()).isEqualTo(About.MEANING);
        assertThat(question.evidence())
                .isEqualTo("A partition is an ordered log of records that only grows at its end.");
        assertThat(question.options().getFirst())
                .isEqualTo(new Option(
                        "an ordered log of records that only grows at its end",
                        true,
                        "So the text says: “A partition is an ordered log of records that only grows at its end.”"));
        assertThat(question.options().stream().skip(1).map(Option::why))
                .containsExactly(
                        "That is what the text says of “controller”.",
                        "That is what the text says of “consumer group”.",
                        "That is what the text says of “Compaction”.");
    }

    @Test
    void doesNotOfferAMeaningThatTheTextLinksWithTheTerm() {
        // A broker stores partitions: what a partition is might be said of it in a way, so it is no wrong option.
        TextQuestion question = find(Texts.BROKER, Kind.SINGLE_CHOICE, "What does the text say “broker” is?");

        assertThat(question.options().stream().map(Option::text))
                .doesNotContain("an ordered log of records that only grows at its end");
    }

    @Test
    void leavesAGapWithAHint() {
        TextQuestion question = find(Texts.BROKER, Kind.CLOZE, "A _____ is an ordered log");

        assertThat(question.prompt())
                .isEqualTo(
                        "What is missing here?\n\n> A _____ is an ordered log of records that only grows at its end.");
        assertThat(question.answers()).containsExactly("partition", "partitions");
        assertThat(question.hint()).isEqualTo("begins with “p”, 9 letters");
        assertThat(question.about()).isEqualTo(About.DEFINED_TERM);
    }

    @Test
    void leavesNoGapWhoseAnswerStandsElsewhereInTheSentence() {
        assertThat(questions("""
                        A cache keeps copies of cached values near the program that needs them. A proxy is a server that
                        forwards requests to another one.""")).noneMatch(question -> question.answers().contains("cache"));
    }

    @Test
    void asksForCodeAmongCode() {
        TextQuestion question = find(Texts.GIT, Kind.SINGLE_CHOICE, "_____ downloads objects");

        assertThat(question.about()).isEqualTo(About.CODE);
        assertThat(question.options().stream().map(Option::text))
                .containsExactly("`git fetch`", "`git bisect`", "`git merge`", "`git rebase`");
        assertThat(question.options().get(1).why())
                .isEqualTo("The text speaks of `git bisect` elsewhere: “The command `git bisect` finds the commit that"
                        + " introduced a bug by halving the range.”");
    }

    @Test
    void asksForYearsAmongYears() {
        TextQuestion question = find(Texts.DATENBANK, Kind.SINGLE_CHOICE, "das relationale Modell im Jahr _____");

        assertThat(question.about()).isEqualTo(About.NUMBER);
        assertThat(question.options().stream().map(Option::text)).containsExactly("1970", "1986", "1974");
    }

    @Test
    void asksForANumberThatHasNoCompanyByAGapOnly() {
        assertThat(find(Texts.BROKER, Kind.CLOZE, "for _____ seconds").answers())
                .containsExactly("45");
        assertThat(questions(Texts.BROKER))
                .noneMatch(question -> question.kind() == Kind.SINGLE_CHOICE && question.about() == About.NUMBER);
    }

    @Test
    void asksWhatAnEnumerationNames() {
        TextQuestion question = find(Texts.CITY, Kind.MULTIPLE_CHOICE, "_____");

        assertThat(question.prompt())
                .isEqualTo("Which of these does the text name here?\n\n> The Medici bank opened branches in _____.");
        assertThat(question.options().stream().filter(Option::correct).map(Option::text))
                .containsExactly("Rome", "Venice", "Geneva");
        assertThat(question.options().stream().filter(option -> !option.correct()))
                .hasSize(3)
                .allMatch(option -> Character.isUpperCase(option.text().charAt(0)));
    }

    @Test
    void widensTheArticleBeforeAGapThatIsChosenFor() {
        assertThat(find(Texts.DATENBANK, Kind.SINGLE_CHOICE, "keine halben Änderungen")
                        .prompt())
                .isEqualTo(
                        "Welcher Begriff fehlt hier?\n\n> Die Atomarität sorgt dafür, dass nach einem/einer _____ keine"
                                + " halben Änderungen bleiben.");
        assertThat(find(Texts.BROKER, Kind.SINGLE_CHOICE, "a(n) _____").prompt())
                .endsWith("a(n) _____.");
    }

    @Test
    void offersNoOtherNameOfTheSameThing() {
        String text = """
                TCP (Transmission Control Protocol) carries a stream of bytes without loss. UDP is a protocol that sends single
                datagrams. The handshake, also called greeting, opens the connection with three segments. The window limits how
                many segments are on their way. A checksum protects the header of every segment. The receiver confirms what has
                come with an acknowledgement. The retransmission repeats what nobody confirmed.""";

        for (TextQuestion question : questions(text)) {
            List<String> options = question.options().stream()
                    .map(option -> option.text().toLowerCase(java.util.Locale.ROOT))
                    .toList();
            assertThat(options.contains("handshake") && options.contains("greeting"))
                    .as(question.prompt())
                    .isFalse();
            assertThat(options.contains("tcp") && options.contains("transmission control protocol"))
                    .isFalse();
        }
    }

    @Test
    void offersNothingThatTheTextSaysTheSameOf() {
        String text = """
                The master replica answers all reads of the clients within one second. The standby node answers all reads of the
                clients within one second. A proxy is a program that forwards requests. A firewall is a program that drops
                packets. A gateway is a door between two networks.""";

        assertThat(questions(text)).noneMatch(question -> question.prompt().contains("The _____ answers all reads"));
    }

    @Test
    void leavesOutSentencesThatPointAtOthers() {
        String text = """
                It stores the records of the broker on disks. This makes the replication of partitions possible. Therefore the
                leader sends the batches to followers. The following list names the settings of the producer. Das ist ein
                Nachteil.""";

        assertThat(questions(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "partition, partition, true",
        "partition, ' PARTITION. ', true",
        "partition, “partition”, true",
        "Primärschlüssel, primaerschluessel, true",
        "Primärschlüssel, Primarschlussel, true",
        "partition, partitioned, false",
        "partition, '', false",
        "16384, 16384, true",
        "C++, c++, true",
    })
    void takesAnAnswerHoweverItIsWritten(String answer, String typed, boolean accepted) {
        assertThat(TextQuestions.accepts(List.of(answer), typed)).isEqualTo(accepted);
    }

    @Test
    void takesANumberInEveryUsualWriting() {
        Sentence sentence = Sentences.of("About 1,234,567 people live in the city of the river today.")
                .list()
                .getFirst();

        assertThat(Quantity.of(sentence).getFirst().writings()).contains("1,234,567", "1234567", "1.234.567");
        assertThat(Quantity.value("3.5")).isEqualTo(3.5);
        assertThat(Quantity.value("3,5")).isEqualTo(3.5);
        assertThat(Quantity.value("1.234,5")).isEqualTo(1234.5);
        assertThat(Quantity.value("1,234.5")).isEqualTo(1234.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "![",
                "[^",
                "<a ",
                "(",
                "`",
                "*",
                "_",
                "-",
                "# ",
                "#",
                "> ",
                "x",
                "X. ",
                ".",
                "A b. ",
                "a-",
                "1,",
                "1.",
                "“",
                "\u0000",
                "\ud83d",
                "The Broker Is A Log And A Log Is A Broker, A Log And A Broker. ",
                "Der Broker ist ein Log und ein Log ist ein Broker, ein Log und ein Broker. ",
            })
    @Timeout(60)
    void comesToAnEndWithWhateverIsRepeated(String piece) {
        String text = piece.repeat(65536 / piece.length());

        MadeQuestions made = TextQuestions.of(text, 50, EnumSet.allOf(Kind.class));
        MadeQuestions withEnd = TextQuestions.of(
                text + " x. A broker is a server that stores records on disks.", 50, EnumSet.allOf(Kind.class));

        assertThat(made.questions()).isEmpty();
        assertThat(withEnd.questions().size()).isLessThan(5);
    }

    @Test
    @Timeout(60)
    void readsLongTextsInNoTime() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            text.append("The reader number ")
                    .append((char) ('a' + i % 26))
                    .append(i)
                    .append(" of the library borrows the volume w")
                    .append(i * 7 % 600)
                    .append(" about the planet p")
                    .append(i * 13 % 600)
                    .append(" and the comet. ");
        }
        MadeQuestions made =
                TextQuestions.of(text.substring(0, Math.min(65536, text.length())), 50, EnumSet.allOf(Kind.class));

        assertThat(made.sentences()).isGreaterThan(500);
    }
}
