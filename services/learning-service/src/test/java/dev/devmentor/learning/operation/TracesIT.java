package dev.devmentor.learning.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.SpanMemory;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TracesIT extends LearningIT {
    private static final String PRODUCER_SPAN = "00f067aa0ba902b7";

    @Inject
    SpanMemory spans;

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static ProducerRecord<byte[], byte[]> traced(
            String learner, String header, String traceparent, byte[] value) {
        Map<String, byte[]> headers =
                new LinkedHashMap<>(EventEncoder.binaryHeaders(envelope(EventTypes.QUIZ_ANSWERED, "e-" + learner)));
        headers.put(header, utf8(traceparent));
        return record(QUIZ, 2, learner, value, headers);
    }

    private static byte[] answerOf(String learner) {
        return EventEncoder.encodeData(
                EventTypes.QUIZ_ANSWERED, graded(learner, "i", "a-1", "2026-03-01T10:00:00Z", 3));
    }

    private List<SpanData> awaitSpans(String trace, int count) {
        Conditions.await(count + " spans", () -> spans.of(trace).size() >= count);
        return spans.of(trace);
    }

    private static SpanData named(List<SpanData> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + spans));
    }

    private static ConsumerRecord<byte[], byte[]> ofKey(Tail tail, String key) {
        return tail.await(record -> new String(record.key(), StandardCharsets.UTF_8).equals(key));
    }

    @Test
    void aTraceGoesFromTheProducerThroughTopicAndDatabaseToTheNextTopic() {
        String learner = newLearner("trace");
        String trace = newTrace();
        try (Tail scheduled = new Tail(topics, "review.scheduled")) {
            send(traced(learner, "traceparent", "00-" + trace + "-" + PRODUCER_SPAN + "-01", answerOf(learner)));
            ConsumerRecord<byte[], byte[]> outgoing = ofKey(scheduled, learner);

            List<SpanData> all = awaitSpans(trace, 3);
            assertThat(all).hasSize(3);
            SpanData process = named(all, "process quiz.answered");
            SpanData apply = named(all, "apply batch");
            SpanData publish = named(all, "publish review.scheduled");
            assertThat(process.getParentSpanId()).isEqualTo(PRODUCER_SPAN);
            assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(process.getAttributes().get(AttributeKey.stringKey("messaging.destination.name")))
                    .isEqualTo("quiz.answered");
            assertThat(process.getAttributes().get(AttributeKey.stringKey("messaging.destination.partition.id")))
                    .isEqualTo("2");
            assertThat(apply.getParentSpanId()).isEqualTo(process.getSpanId());
            assertThat(apply.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(apply.getAttributes().get(AttributeKey.stringKey("db.system.name")))
                    .isEqualTo("postgresql");
            assertThat(publish.getParentSpanId()).isEqualTo(process.getSpanId());
            assertThat(publish.getKind()).isEqualTo(SpanKind.PRODUCER);
            assertThat(TestTopics.header(outgoing, "traceparent"))
                    .isEqualTo("00-" + trace + "-" + publish.getSpanId() + "-01");
            assertThat(all)
                    .allSatisfy(
                            span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET));
        }
    }

    @Test
    void theTraceHeaderOfCloudEventsIsUnderstoodToo() {
        String learner = newLearner("trace");
        String trace = newTrace();

        sendAndAwait(traced(learner, "ce_traceparent", "00-" + trace + "-" + PRODUCER_SPAN + "-01", answerOf(learner)));

        assertThat(named(awaitSpans(trace, 3), "process quiz.answered").getParentSpanId())
                .isEqualTo(PRODUCER_SPAN);
    }

    @Test
    void aDeadLetterBelongsToTheTraceOfItsRecord() {
        String learner = newLearner("trace");
        String trace = newTrace();
        try (Tail deadLetters = new Tail(topics, DEAD_LETTERS)) {
            send(traced(learner, "traceparent", "00-" + trace + "-" + PRODUCER_SPAN + "-01", utf8("{")));

            deadLetters.await(1);
            List<SpanData> all = awaitSpans(trace, 3);
            assertThat(named(all, "process quiz.answered").getParentSpanId()).isEqualTo(PRODUCER_SPAN);
            assertThat(named(all, "publish " + DEAD_LETTERS).getTraceId()).isEqualTo(trace);
        }
    }

    @Test
    void whatIsLoggedOfARecordNamesItsTrace() {
        String learner = newLearner("trace");
        String trace = newTrace();
        List<ExtLogRecord> lines = new CopyOnWriteArrayList<>();
        Handler handler = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord line) {
                line.copyMdc();
                lines.add(line);
            }
        };
        Logger logger = Logger.getLogger("dev.devmentor.kit.consume");
        logger.addHandler(handler);
        try {
            sendAndAwait(traced(learner, "traceparent", "00-" + trace + "-" + PRODUCER_SPAN + "-01", utf8("{")));
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(lines).anySatisfy(line -> {
            assertThat(line.getFormattedMessage()).contains("dead letters", "quiz.answered-2@");
            assertThat(line.getMdc("traceId")).isEqualTo(trace);
        });
    }

    @Test
    void aRecordThatIsNotSampledOrHasNoTraceStartsNoSpan() {
        String learner = newLearner("trace");
        String trace = newTrace();
        int before = spans.named("process quiz.answered").size();
        try (Tail scheduled = new Tail(topics, "review.scheduled")) {
            sendAndAwait(
                    traced(learner, "traceparent", "00-" + trace + "-" + PRODUCER_SPAN + "-00", answerOf(learner)));
            assertThat(TestTopics.header(ofKey(scheduled, learner), "traceparent"))
                    .as("the context goes on, not sampled")
                    .isEqualTo("00-" + trace + "-" + PRODUCER_SPAN + "-00");

            String untraced = newLearner("trace");
            sendAndAwait(event(graded(untraced, "i", "a-1", "2026-03-01T10:00:00Z", 3)));
            assertThat(TestTopics.header(ofKey(scheduled, untraced), "traceparent"))
                    .isNull();

            String broken = newLearner("trace");
            sendAndAwait(traced(broken, "traceparent", "00-xyz", answerOf(broken)));
            assertThat(card(broken, "i")).isNotNull();
        }
        assertThat(spans.of(trace)).isEmpty();
        assertThat(spans.named("process quiz.answered")).hasSize(before);
    }

    @Test
    void anAnswerOverHttpIsTracedToItsEvents() {
        String learner = newLearner("trace");
        String trace = newTrace();
        try (Tail sent = new Tail(topics, QUIZ)) {
            ok(as(learner)
                    .header("traceparent", "00-" + trace + "-" + PRODUCER_SPAN + "-01")
                    .body("{\"item\":\"i\",\"grade\":3}")
                    .post("/api/learning/reviews"));

            ConsumerRecord<byte[], byte[]> event = ofKey(sent, learner);
            List<SpanData> all = awaitSpans(trace, 4);
            SpanData request = named(all, "POST /api/learning/reviews");
            SpanData publish = named(all, "publish quiz.answered");
            assertThat(request.getParentSpanId()).isEqualTo(PRODUCER_SPAN);
            assertThat(publish.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(named(all, "publish review.scheduled").getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(TestTopics.header(event, "traceparent"))
                    .isEqualTo("00-" + trace + "-" + publish.getSpanId() + "-01");
            awaitQuiet();
            assertThat(named(spans.of(trace), "process quiz.answered").getParentSpanId())
                    .as("and back into the service")
                    .isEqualTo(publish.getSpanId());
        }
    }
}
