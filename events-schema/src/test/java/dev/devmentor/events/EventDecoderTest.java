package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventDecoderTest {
    private static final String FULL = """
            {"answerId":"a-1","learner":"l-1","item":"i-1","answeredAt":"2026-03-01T09:30:00.123456+01:00","correct":true,
             "grade":4,"skills":["java","streams"],"quiz":"q-1","zone":"Europe/Berlin","responseTimeMs":4200,
             "bloom":"apply","difficulty":0.45,"source":"quiz","strategy":"due-review"}""";
    private static final QuizAnswered ANSWER = new QuizAnswered(
            "a-1",
            "l-1",
            "i-1",
            Instant.parse("2026-03-01T08:30:00.123456Z"),
            true,
            4,
            List.of("java", "streams"),
            "q-1",
            ZoneId.of("Europe/Berlin"),
            4200,
            Bloom.APPLY,
            0.45,
            "quiz",
            "due-review",
            null);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String OTHER_TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    private final EventDecoder decoder = new EventDecoder();
    private final Map<String, byte[]> headers = MalformedRecords.goodHeaders("e-1");

    @Test
    void readsEveryFieldOfAnAnswer() {
        assertThat(event(headers, FULL).data()).isEqualTo(ANSWER);
    }

    @Test
    void readsTheEnvelopeFromHeaders() {
        put("ce_time", "2026-03-01T09:30:01+01:00");
        put("ce_subject", "a-1");
        put("ce_dataschema", "https://devmentor.dev/schemas/quiz.answered/v1.json");
        put("traceparent", TRACE);
        put("tracestate", "vendor=1");
        assertThat(event(headers, FULL).envelope())
                .isEqualTo(new Envelope(
                        "e-1",
                        "https://producer.example/quiz",
                        "quiz.answered",
                        Instant.parse("2026-03-01T08:30:01Z"),
                        "a-1",
                        "https://devmentor.dev/schemas/quiz.answered/v1.json",
                        TRACE,
                        "vendor=1"));
    }

    @Test
    void readsTheSameFromAStructuredEvent() {
        String structured = """
                {"data":%s,"type":"quiz.answered","specversion":"1.0","source":"/s","id":"e-2","time":null,
                 "subject":"a-1","myextension":7}""".formatted(FULL);
        Event<QuizAnswered> event = event(Map.of(), structured);
        assertThat(event.data()).isEqualTo(ANSWER);
        assertThat(event.envelope())
                .isEqualTo(new Envelope("e-2", "/s", "quiz.answered", null, "a-1", null, null, null));
    }

    @Test
    void readsTheSameFromBase64() {
        String structured =
                "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"/s\",\"type\":\"quiz.answered\",\"data_base64\":\"%s\"}"
                        .formatted(Base64.getEncoder().encodeToString(FULL.getBytes(StandardCharsets.UTF_8)));
        assertThat(event(Map.of(), structured).data()).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=\"UTF-8\"",
                "application/vnd.quiz+json",
                "text/json"
            })
    void takesEveryJsonContentType(String contentType) {
        put("content-type", contentType);
        assertThat(event(headers, FULL).data()).isEqualTo(ANSWER);
    }

    @Test
    void needsNoContentType() {
        headers.remove("content-type");
        assertThat(event(headers, FULL).data()).isEqualTo(ANSWER);
    }

    @Test
    void contentTypeSaysStructuredEvenBesideOtherHeaders() {
        put("content-type", "application/cloudevents+json; charset=UTF-8");
        String structured =
                "{\"specversion\":\"1.0\",\"id\":\"within\",\"source\":\"/s\",\"type\":\"quiz.answered\",\"data\":%s}"
                        .formatted(FULL);
        assertThat(event(headers, structured).envelope().id()).isEqualTo("within");
    }

    @Test
    void thePlainTraceHeaderWinsOverTheAttribute() {
        put("ce_traceparent", OTHER_TRACE);
        assertThat(event(headers, FULL).envelope().traceparent()).isEqualTo(OTHER_TRACE);
        put("traceparent", TRACE);
        assertThat(event(headers, FULL).envelope().traceparent()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "broken",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void aBrokenTraceIsIgnored(String traceparent) {
        put("traceparent", traceparent);
        put("tracestate", "vendor=1");
        Envelope envelope = event(headers, FULL).envelope();
        assertThat(envelope.traceparent()).isNull();
        assertThat(envelope.tracestate()).isNull();
    }

    @Test
    void aRepeatThatIsFormattedDifferentlyIsEqual() {
        String compact = FULL.replace("\"source\"", "\"x\":{\"b\":[1,2.50],\"a\":\"\\u00fc\"},\"source\"");
        String other = """
                {"source":"quiz","strategy":"due\\u002dreview","x": {"a":"ü", "b":[1.0,25e-1]},"difficulty":4.5E-1,"bloom":"\\u0061pply",
                 "responseTimeMs":42e2,"zone":"Europe/Berlin","quiz":"q-1","skills":["java" , "streams"],"grade":4.0,
                 "correct":true,"answeredAt":"2026-03-01t08:30:00.123456999z","item":"i-1","learner":"l-1","answerId":"a-1"}
                """;
        QuizAnswered first = event(headers, compact).data();
        assertThat(event(headers, other).data()).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(first.extra()).isEqualTo("{\"x\":{\"a\":\"ü\",\"b\":[1,2.5]}}");
    }

    @Test
    void oneDifferenceInAnUnknownFieldIsADifference() {
        String one = FULL.replace("\"source\"", "\"x\":1,\"source\"");
        String two = FULL.replace("\"source\"", "\"x\":2,\"source\"");
        assertThat(event(headers, one).data()).isNotEqualTo(event(headers, two).data());
    }

    @Test
    void withoutAGradeARightAnswerIsGoodAndAWrongOneAgain() {
        String right =
                "{\"answerId\":\"a\",\"learner\":\"l\",\"item\":\"i\",\"answeredAt\":\"2026-03-01T09:30:00Z\",\"correct\":true}";
        assertThat(event(headers, right).data().effectiveGrade()).isEqualTo(3);
        assertThat(event(headers, right.replace("true", "false")).data().effectiveGrade())
                .isEqualTo(1);
        assertThat(event(headers, FULL).data().effectiveGrade()).isEqualTo(4);
    }

    @Test
    void takesAValueOfExactlyTheLimit() {
        byte[] value = FULL.getBytes(StandardCharsets.UTF_8);
        assertThat(new EventDecoder(value.length).decode(EventTypes.QUIZ_ANSWERED, headers::get, value))
                .isInstanceOf(Decoded.Accepted.class);
        assertThat(new EventDecoder(value.length - 1).decode(EventTypes.QUIZ_ANSWERED, headers::get, value))
                .isEqualTo(new Decoded.Rejected<>(Reason.OVERSIZED, "longer than " + (value.length - 1) + " bytes"));
    }

    @Test
    void saysWhereAndWhichRule() {
        assertThat(detail(FULL.replace("\"grade\":4", "\"grade\":7"))).isEqualTo("/grade: not from 1 to 4");
        assertThat(detail(FULL.replace("\"streams\"", "7"))).isEqualTo("/skills/1: not a string");
        assertThat(detail(FULL.replace("\"l-1\"", "\"\""))).isEqualTo("/learner: empty");
        assertThat(detail(FULL.replace("\"learner\"", "\"Learner\""))).isEqualTo("/learner: required");
        assertThat(detail(FULL.replace("true", "false"))).isEqualTo("/grade: contradicts /correct");
        assertThat(detail("{\"answerId\"")).startsWith("not JSON at byte ");
    }

    private Event<QuizAnswered> event(Map<String, byte[]> with, String value) {
        Decoded<QuizAnswered> decoded =
                decoder.decode(EventTypes.QUIZ_ANSWERED, with::get, value.getBytes(StandardCharsets.UTF_8));
        if (decoded instanceof Decoded.Accepted<QuizAnswered>(Event<QuizAnswered> event)) {
            return event;
        }
        throw new AssertionError(decoded);
    }

    private String detail(String value) {
        Decoded<QuizAnswered> decoded =
                decoder.decode(EventTypes.QUIZ_ANSWERED, headers::get, value.getBytes(StandardCharsets.UTF_8));
        if (decoded instanceof Decoded.Rejected<QuizAnswered>(Reason reason, String detail)) {
            return detail;
        }
        throw new AssertionError(decoded);
    }

    private void put(String name, String value) {
        headers.put(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theOrderOfHeadersMeansNothing() {
        Map<String, byte[]> reversed = new LinkedHashMap<>();
        headers.entrySet().stream()
                .sorted(Map.Entry.<String, byte[]>comparingByKey().reversed())
                .forEach(header -> reversed.put(header.getKey(), header.getValue()));
        assertThat(event(reversed, FULL)).isEqualTo(event(headers, FULL));
    }
}
