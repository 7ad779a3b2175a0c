package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/**
 * A person answers questions for months, and two of them get mixed up. The PBML service learns that from the answers and says
 * so; the learning service asks the one right after the other because of it.
 */
class HintsEndToEndIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PERSON = "mixed-up";
    private static final String ONE = "bank:kafka-commit-before-the-work";
    private static final String TWO = "bank:kafka-position-after-a-restart";
    private static final String SKILL = "kafka.offsets";
    private static final int DAYS = 170;
    private static final int ITEMS = 40;
    private static final long SEED = 20_281;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<ProducerRecord<byte[], byte[]>> answers = new ArrayList<>();

    /** A sitting a day: each item once at most; what is mixed up is missed soon after the other one, and seldom otherwise. */
    private void live(Instant until) {
        double[] ease = random.doubles(ITEMS).map(u -> 1.6 * (u - 0.5)).toArray();
        for (int day = DAYS; day > 0; day--) {
            Instant now = until.minus(day, ChronoUnit.DAYS);
            List<Integer> sitting = new ArrayList<>();
            for (int left = random.nextInt(18, 34); left > 0; left--) {
                int item = random.nextInt(ITEMS);
                if (sitting.contains(item)) {
                    continue;
                }
                now = now.plusSeconds(random.nextInt(40, 150));
                boolean pair = item < 2;
                boolean beside = pair
                        && sitting.subList(Math.max(0, sitting.size() - 8), sitting.size())
                                .contains(1 - item);
                double right = beside ? 0.18 : pair ? 0.88 : 1 / (1 + Math.exp(-0.9 - ease[item]));
                answer(item, now, random.nextDouble() < right ? 3 : 1);
                sitting.add(item);
            }
        }
    }

    private void answer(int item, Instant at, int grade) {
        String name = item == 0 ? ONE : item == 1 ? TWO : "mine-" + item;
        String id = "a-" + answers.size();
        QuizAnswered answer = new QuizAnswered(
                id,
                PERSON,
                name,
                at,
                grade > 1,
                grade,
                List.of(item < 2 ? SKILL : "mine." + item % 8),
                null,
                null,
                4_000,
                null,
                null,
                null,
                null);
        List<Header> headers = new ArrayList<>();
        EventEncoder.binaryHeaders(Envelope.of(EventTypes.QUIZ_ANSWERED, "https://producer.example/quiz", id, null))
                .forEach((header, bytes) -> headers.add(new RecordHeader(header, bytes)));
        answers.add(new ProducerRecord<>(
                "quiz.answered",
                answers.size() % EventTopics.EVENT_PARTITIONS,
                (byte[]) null,
                EventEncoder.encodeData(EventTypes.QUIZ_ANSWERED, answer),
                headers));
    }

    @Test
    void whatAPersonMixesUpIsLearnedAndChangesWhatTheyAreAsked() {
        Figures figures = Figures.of(getClass(), "from answers to a hint to another choice of questions", SEED);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        live(now.minus(5, ChronoUnit.DAYS));
        // The one was missed and is due; the other went well and is not.
        answer(0, now.minus(Duration.ofDays(3)), 1);
        answer(1, now.minus(Duration.ofDays(2)), 4);
        try (LearningSystem learning = new LearningSystem(TestPlatform.shared());
                PbmlSystem pbml = new PbmlSystem(learning)) {
            LocalService asks = learning.start(1);
            LocalService learns = pbml.start(1);
            String token = learning.platform().tokens().learner(PERSON);
            learning.send(answers);

            JsonNode hint = Conditions.awaitValue(
                    "the confusion is a hint that acts",
                    () -> hints(learning, asks, token).stream()
                            .filter(each -> each.path("kind").asText().equals("confusion")
                                    && each.path("acts").asBoolean())
                            .findFirst());
            assertThat(hint.toString()).contains(ONE, TWO);
            pbml.awaitFolded();
            pbml.assertVerifies(learns);
            learning.awaitSettled();

            String request = "{\"limit\":50,\"skills\":[\"" + SKILL + "\"]}";
            List<JsonNode> with = recommended(learning, asks, token, request);
            List<String> order = names(with);
            assertThat(order).contains(ONE, TWO);
            assertThat(order.indexOf(TWO)).isEqualTo(order.indexOf(ONE) + 1);
            JsonNode because = with.get(order.indexOf(TWO)).path("hint");
            assertThat(because.path("patternId")).isEqualTo(hint.path("patternId"));
            assertThat(because.path("sentence").asText())
                    .startsWith("you mix it up with “")
                    .endsWith("”, so both come one after the other");

            HttpResponse<String> off = learning.send(asks, "PUT", "/api/learning/settings", "{\"hints\":false}", token);
            assertThat(off.statusCode()).as(off.body()).isEqualTo(200);
            List<String> without = names(recommended(learning, asks, token, request));
            assertThat(without).contains(ONE).doesNotContain(TWO);
            figures.passed(
                    answers.size() + " answers of one person", "asked one after the other, and not without hints");
        }
    }

    private static List<JsonNode> hints(LearningSystem learning, LocalService service, String token) {
        HttpResponse<String> answer = learning.get(service, "/api/learning/hints?state=active", token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return list(parse(answer.body()).path("hints"));
    }

    private static List<JsonNode> recommended(
            LearningSystem learning, LocalService service, String token, String request) {
        HttpResponse<String> answer = learning.send(service, "POST", "/api/learning/recommend", request, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return list(parse(answer.body()).path("items"));
    }

    private static List<String> names(List<JsonNode> items) {
        return items.stream().map(item -> item.path("item").asText()).toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
