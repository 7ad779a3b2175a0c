package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.example.ProduceQuizAnswered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What docs/produce-events.md tells outside producers to send is what the decoder takes. */
final class ProduceEventsDocTest {
    private static final Path JAVA = Path.of("src/test/java/dev/devmentor/events/example/ProduceQuizAnswered.java");
    private static final Path NODE = Path.of("examples/node-producer/produce.mjs");

    private final String page;
    private final EventDecoder decoder = new EventDecoder();

    ProduceEventsDocTest() throws IOException {
        page = Files.readString(Repository.root().resolve("docs/produce-events.md"));
    }

    @Test
    void itsCodeIsThatOfTheExamples() throws IOException {
        assertThat(page).contains(snippet(JAVA)).contains(snippet(NODE));
    }

    @Test
    void theJavaExampleSendsWhatIsAccepted() {
        ProducerRecord<String, String> sent = ProduceQuizAnswered.answer("demo", "java-streams-7");
        Map<String, byte[]> headers = new HashMap<>();
        sent.headers().forEach(header -> headers.put(header.key(), header.value()));
        QuizAnswered answer = accepted(headers::get, sent.value());
        assertThat(sent.topic()).isEqualTo(EventTypes.QUIZ_ANSWERED.topic());
        assertThat(sent.key()).isEqualTo(EventKeys.key(EventTypes.QUIZ_ANSWERED, answer));
    }

    @Test
    void theStructuredExamplesAreAccepted() {
        List<String> envelopes = found("\\{\"specversion\":.*?\\}\\}");
        assertThat(envelopes).hasSize(2);
        assertThat(envelopes)
                .allSatisfy(envelope -> assertThat(
                                accepted(HeaderLookup.NONE, envelope).learner())
                        .isEqualTo("demo"));
    }

    @Test
    void theBinaryExamplesOfTheCommandLineAreAccepted() {
        assertThat(commandLine(EventTypes.QUIZ_ANSWERED).answerId()).isEqualTo("a-1");
        assertThat(commandLine(EventTypes.CODE_CHANGED).files())
                .containsExactly(new FileChange("src/Basket.java", FileChangeKind.MODIFIED, null, 12, 3, null));
        assertThat(commandLine(EventTypes.ERROR_OBSERVED).text())
                .isEqualTo("java.lang.IllegalStateException: basket is closed\n\tat shop.Basket.add(Basket.java:42)");
    }

    @Test
    void itListsEveryReasonAndEveryField() {
        for (Reason reason : Reason.values()) {
            assertThat(page).contains("| `" + reason.code() + "` |");
        }
        assertListsEveryField(EventTypes.QUIZ_ANSWERED, "## The data", "");
        assertListsEveryField(EventTypes.CODE_CHANGED, "## `code.changed`", "");
        assertListsEveryField(EventTypes.CODE_CHANGED, "## `code.changed`", "/properties/files/items");
        assertListsEveryField(EventTypes.ERROR_OBSERVED, "## `error.observed`", "");
    }

    /** A section names in the first column of its tables what an object of the schema may hold. */
    private void assertListsEveryField(EventType<?> type, String heading, String object) {
        int start = page.indexOf(heading + "\n");
        assertThat(start).as(heading).isNotNegative();
        String section = page.substring(start, page.indexOf("\n## ", start));
        List<String> named = Pattern.compile("^\\| (`[^|]*`) \\|", Pattern.MULTILINE)
                .matcher(section)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ")))
                .toList();
        for (String field : Schemas.STRICT
                .readTree(Schemas.text(type.schemaResource()))
                .at(object + "/properties")
                .propertyNames()) {
            assertThat(named).as(heading).contains("`" + field + "`");
        }
    }

    /** What the command for the type sends: to its topic, with its key. */
    private <T> T commandLine(EventType<T> type) {
        List<String> commands = found("(?<=echo ')\\{[^\n]*\\}' \\|\n  kcat [^\n]* -t " + type.name() + " .*?(?=```)");
        assertThat(commands).as(type.name()).hasSize(1);
        String command = commands.getFirst();
        Map<String, byte[]> headers = new HashMap<>();
        for (MatchResult header :
                Pattern.compile("-H (\\S+)=(\\S+)").matcher(command).results().toList()) {
            headers.put(header.group(1), header.group(2).getBytes(StandardCharsets.UTF_8));
        }
        T data = accepted(type, headers::get, command.substring(0, command.indexOf("' |")));
        assertThat(command).contains(" -k " + EventKeys.key(type, data) + " ");
        return data;
    }

    private QuizAnswered accepted(HeaderLookup headers, String value) {
        return accepted(EventTypes.QUIZ_ANSWERED, headers, value);
    }

    private <T> T accepted(EventType<T> type, HeaderLookup headers, String value) {
        Decoded<T> decoded = decoder.decode(type, headers, value.getBytes(StandardCharsets.UTF_8));
        if (decoded instanceof Decoded.Accepted<T>(Event<T> event)) {
            return event.data();
        }
        throw new AssertionError(decoded + ": " + value);
    }

    private List<String> found(String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String snippet(Path file) throws IOException {
        String text = Files.readString(Repository.module().resolve(file));
        String part =
                text.substring(text.indexOf("docs:start\n") + "docs:start\n".length(), text.indexOf("// docs:end"));
        return part.stripTrailing().stripIndent();
    }
}
