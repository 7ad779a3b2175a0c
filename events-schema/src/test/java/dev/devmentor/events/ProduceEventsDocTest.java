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
    void theBinaryExampleOfTheCommandLineIsAccepted() {
        Map<String, byte[]> headers = new HashMap<>();
        for (String header : found("(?<=-H )\\S+=\\S+")) {
            String[] pair = header.split("=", 2);
            headers.put(pair[0], pair[1].getBytes(StandardCharsets.UTF_8));
        }
        List<String> values = found("(?<=echo ')\\{\"answerId\".*?(?=')");
        assertThat(values).hasSize(1);
        assertThat(accepted(headers::get, values.getFirst()).answerId()).isEqualTo("a-1");
    }

    @Test
    void itListsEveryReasonAndEveryField() {
        for (Reason reason : Reason.values()) {
            assertThat(page).contains("| `" + reason.code() + "` |");
        }
        for (String field : Schemas.STRICT
                .readTree(Schemas.text(EventTypes.QUIZ_ANSWERED.schemaResource()))
                .path("properties")
                .propertyNames()) {
            assertThat(page).contains("| `" + field + "` |");
        }
    }

    private QuizAnswered accepted(HeaderLookup headers, String value) {
        Decoded<QuizAnswered> decoded =
                decoder.decode(EventTypes.QUIZ_ANSWERED, headers, value.getBytes(StandardCharsets.UTF_8));
        if (decoded instanceof Decoded.Accepted<QuizAnswered>(Event<QuizAnswered> event)) {
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
