package dev.devmentor.learning.quiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.QuestionType;
import dev.devmentor.testkit.Tail;
import dev.devmentor.testkit.TestTopics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class QuizIT extends LearningIT {
    private static final String GENERATE = "/api/learning/quiz/generate";
    private static final String SUBMIT = "/api/learning/quiz/submit";
    private static final String QUIZZES = "/api/learning/quizzes";
    private static final QuestionBank BANK = QuestionBank.shipped();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TEXT = """
            A partition is an ordered log of records that only grows at its end. A broker is a server that stores records on
            its disks. A tombstone is a marker without a value that removes a key for good. An offset is a number that says
            where a reader stands. The controller is the node that watches the health of the whole cluster.
            """;

    @AfterEach
    void setTheClockRight() {
        clock.moveTo(Duration.ZERO);
    }

    private JsonNode generate(String learner, String body) {
        return ok(post(learner, GENERATE, body));
    }

    private static Question question(JsonNode shown) {
        String id = shown.get("id").textValue();
        assertThat(id).startsWith("bank:");
        return Objects.requireNonNull(BANK.question(id.substring("bank:".length())), id);
    }

    /** A quiz that asks this question of the bank and maybe others. */
    private JsonNode asking(String learner, String questionId) {
        Question wanted = Objects.requireNonNull(BANK.question(questionId));
        return generate(learner, """
                {"skills":["%s"],"types":["%s"],"bloom":["%s"],"size":50}""".formatted(
                wanted.skills().getFirst(), wanted.type().wire(), wanted.bloom().wire()));
    }

    private static JsonNode shown(JsonNode quiz, String questionId) {
        for (JsonNode question : quiz.get("questions")) {
            if (question.get("id").textValue().equals("bank:" + questionId)) {
                return question;
            }
        }
        throw new AssertionError(quiz + " does not ask " + questionId);
    }

    private static String place(JsonNode places, String text) {
        for (JsonNode place : places) {
            if (place.get("text").textValue().equals(text)) {
                return place.get("id").textValue();
            }
        }
        throw new AssertionError(places + " has no " + text);
    }

    /** What gets everything. */
    private static ObjectNode right(JsonNode shown) {
        Question question = question(shown);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("questionId", shown.get("id").textValue());
        switch (question.type()) {
            case SINGLE_CHOICE, MULTIPLE_CHOICE, SPOT_THE_BUG -> {
                ArrayNode choices = answer.putArray("choices");
                question.options().stream()
                        .filter(Question.Option::correct)
                        .forEach(option -> choices.add(place(shown.get("options"), option.text())));
            }
            case ORDERING -> {
                ArrayNode order = answer.putArray("order");
                question.items().forEach(item -> order.add(place(shown.get("items"), item)));
            }
            case FILL_IN -> {
                ArrayNode blanks = answer.putArray("blanks");
                question.blanks().forEach(blank -> blanks.add(blank.answers().getFirst()));
            }
            case FREE_TEXT -> answer.put("text", question.model());
        }
        return answer;
    }

    private static String submission(JsonNode quiz, ObjectNode... answers) {
        ObjectNode body = JSON.createObjectNode();
        body.put("quizId", quiz.get("id").textValue());
        body.putArray("answers").addAll(List.of(answers));
        return body.toString();
    }

    private JsonNode submit(String learner, JsonNode quiz, ObjectNode... answers) {
        return ok(post(learner, SUBMIT, submission(quiz, answers)));
    }

    private static ObjectNode answer(String questionId) {
        return JSON.createObjectNode().put("questionId", "bank:" + questionId);
    }

    // Generate

    @Test
    void aQuizAsksWithoutGivingAnythingAway() {
        JsonNode quiz = generate(newLearner("quiz"), "{\"skills\":[\"kafka\"],\"size\":50}");

        assertThat(quiz.get("title").textValue()).isEqualTo("Apache Kafka");
        assertThat(quiz.get("state").textValue()).isEqualTo("open");
        assertThat(quiz.get("asked").intValue()).isEqualTo(quiz.get("questions").size());
        assertThat(quiz.get("questions")).hasSizeGreaterThanOrEqualTo(24).allSatisfy(shown -> {
            Question question = question(shown);
            assertThat(question.skills()).anyMatch(skill -> skill.startsWith("kafka."));
            assertThat(shown.get("prompt").textValue()).isEqualTo(question.prompt());
            assertThat(shown.get("version").textValue()).matches("[0-9a-f]{12}");
            assertThat(shown.get("reason").textValue()).isNotBlank();
            String text = shown.toString();
            assertThat(text)
                    .doesNotContain("\"correct\"")
                    .doesNotContain("\"why\"")
                    .doesNotContain("\"model\"")
                    .doesNotContain("\"explanation\"")
                    .doesNotContain("\"rubric\"")
                    .doesNotContain("\"answers\"");
            if (question.type() == QuestionType.ORDERING) {
                assertThat(texts(shown.get("items"), "text")).isNotEqualTo(question.items());
            }
        });
        assertThat(quiz.get("questions").findValuesAsText("type"))
                .contains("single-choice", "multiple-choice", "ordering", "fill-in", "spot-the-bug", "free-text");
    }

    @Test
    void optionsAreShuffledDifferentlyInEveryQuiz() {
        String learner = newLearner("quiz");
        List<List<String>> orders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            orders.add(texts(
                    shown(asking(learner, "kafka-truths-about-acknowledgement"), "kafka-truths-about-acknowledgement")
                            .get("options"),
                    "text"));
        }
        assertThat(orders)
                .allSatisfy(order -> assertThat(order).containsExactlyInAnyOrderElementsOf(orders.getFirst()));
        assertThat(orders.stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void withoutAnyWishTenQuestionsOfManySkillsAreAskedEachWithItsReason() {
        JsonNode quiz = generate(newLearner("quiz"), "{}");

        assertThat(quiz.get("questions")).hasSize(10);
        assertThat(quiz.get("questions")
                        .valueStream()
                        .map(question -> question.get("skills").get(0).textValue())
                        .distinct()
                        .count())
                .isGreaterThan(5);
        assertThat(quiz.get("questions")).allSatisfy(question -> {
            assertThat(question.get("strategy").textValue())
                    .as("of somebody new nothing is due, and nothing has gone badly")
                    .isIn("interleaved-exploration", "optimal-challenge", "weakest-skill", "prerequisite-repair");
            assertThat(question.get("reason").textValue()).isNotBlank();
        });
    }

    @Test
    void levelsAndTypesAreFilters() {
        JsonNode quiz = generate(
                newLearner("quiz"), "{\"bloom\":[\"analyze\"],\"types\":[\"single-choice\",\"fill-in\"],\"size\":20}");

        assertThat(quiz.get("questions")).hasSize(20).allSatisfy(question -> {
            assertThat(question.get("bloom").textValue()).isEqualTo("analyze");
            assertThat(question.get("type").textValue()).isIn("single-choice", "fill-in");
        });
    }

    @Test
    void minutesSayHowManyQuestionsFit() {
        String learner = newLearner("quiz");

        JsonNode quiz = generate(learner, "{\"skills\":[\"sql\"],\"minutes\":10}");

        int seconds = quiz.get("questions")
                .valueStream()
                .mapToInt(question -> question.get("seconds").intValue())
                .sum();
        assertThat(seconds).isBetween(480, 600);
        assertThat(quiz.get("minutes").intValue()).isBetween(8, 10);
        assertThat(generate(learner, "{\"skills\":[\"sql\"],\"minutes\":10,\"size\":2}")
                        .get("questions"))
                .hasSize(2);
        assertThat(generate(learner, "{\"types\":[\"free-text\"],\"minutes\":1}")
                        .get("questions"))
                .as("at least one")
                .hasSize(1);
    }

    @Test
    void whoIsTwiceAsFastIsAskedMoreInTheSameTime() {
        String learner = newLearner("quick");
        JsonNode before = generate(learner, "{\"skills\":[\"git\"],\"minutes\":10}");
        JsonNode quiz = generate(learner, "{\"skills\":[\"linux\"],\"types\":[\"single-choice\"],\"size\":10}");
        List<ObjectNode> answers = new ArrayList<>();
        for (JsonNode question : quiz.get("questions")) {
            answers.add(right(question)
                    .put("responseTimeMs", question.get("seconds").intValue() * 500));
        }
        assertThat(answers).hasSize(10);
        submit(learner, quiz, answers.toArray(ObjectNode[]::new));

        JsonNode after = generate(learner, "{\"skills\":[\"git\"],\"minutes\":10}");

        // By what good answers take, since who was right ten times is also asked harder and so longer questions.
        assertThat(seconds(before)).isLessThanOrEqualTo(600);
        assertThat(seconds(after)).isBetween(1_000, 1_200);
    }

    private static int seconds(JsonNode quiz) {
        return quiz.get("questions")
                .valueStream()
                .mapToInt(question -> question.get("seconds").intValue())
                .sum();
    }

    @Test
    void aReadyMadeQuizIsTakenByItsId() {
        String learner = newLearner("quiz");

        JsonNode quiz = generate(learner, "{\"quiz\":\"backend-mastery\"}");

        assertThat(quiz.get("title").textValue()).isEqualTo("Backend Mastery");
        assertThat(quiz.get("questions")).hasSize(25);
        List<String> tested = get(learner, QUIZZES)
                .get("ready")
                .get(0)
                .get("skills")
                .valueStream()
                .map(JsonNode::textValue)
                .toList();
        assertThat(quiz.get("questions"))
                .allSatisfy(question -> assertThat(question(question).skills()).anyMatch(tested::contains));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"size\":0}",
                "{\"size\":51}",
                "{\"minutes\":0}",
                "{\"minutes\":121}",
                "{\"size\":\"5\"}",
                "{\"skills\":[\"cooking\"]}",
                "{\"skills\":[null]}",
                "{\"skills\":[\"\"]}",
                "{\"strategy\":\"guessing\"}",
                "{\"bloom\":[\"know\"]}",
                "{\"types\":[\"essay\"]}",
                "{\"types\":[\"ordering\"],\"text\":\"A partition is an ordered log of records.\"}",
                "{\"title\":\"two\\nlines\"}",
                "{\"title\":\" \"}",
                "{\"quiz\":\"no-such\"}",
                "{\"quiz\":\"backend-mastery\",\"skills\":[\"sql\"]}",
                "{\"text\":\"A text.\",\"quiz\":\"backend-mastery\"}",
                "{\"text\":\"A text.\",\"strategy\":\"due-review\"}",
                "{\"text\":\"A text.\",\"bloom\":[\"apply\"]}",
                "{\"text\":\"\"}",
                "{\"text\":\"It is short.\"}",
                "{\"unknown\":1}",
                "[]",
                "",
            })
    void aWishThatCannotBeMetIsRefused(String body) {
        String learner = newLearner("refused");

        problem(post(learner, GENERATE, body), 400, "invalid-request");

        assertThat(get(learner, QUIZZES).get("total").intValue()).isZero();
    }

    @Test
    void aTextHasAtMost64KiB() {
        String learner = newLearner("quiz");
        String sentence = "A broker is a server that stores records on its many disks. ";
        String most = sentence.repeat(65536 / sentence.length());

        problem(post(learner, GENERATE, "{\"text\":\"" + "ü".repeat(32769) + "\"}"), 413, "too-large");
        assertThat(post(learner, GENERATE, "{\"text\":\"" + most + "\"}").statusCode())
                .as("one sentence over and over gives no question, but is read")
                .isIn(200, 400);
    }

    // Submit

    @Test
    void everyTypeIsGradedAndExplained() {
        String learner = newLearner("graded");
        JsonNode quiz = generate(learner, "{\"skills\":[\"kafka\"],\"size\":50}");
        ObjectNode single = right(shown(quiz, "kafka-six-consumers-for-four-partitions"));
        JsonNode multipleShown = shown(quiz, "kafka-truths-about-acknowledgement");
        ObjectNode multiple = right(multipleShown);
        // Two of three right ones, and a wrong one: a third of the points.
        ArrayNode choices = (ArrayNode) multiple.get("choices");
        choices.remove(2);
        choices.add(place(
                multipleShown.get("options"),
                Objects.requireNonNull(BANK.question("kafka-truths-about-acknowledgement"))
                        .options()
                        .get(1)
                        .text()));
        // The last one first: four of five neighbours are right.
        ObjectNode ordering = right(shown(quiz, "kafka-rounds-of-exactly-once"));
        ArrayNode order = (ArrayNode) ordering.get("order");
        order.insert(0, order.remove(5));
        ObjectNode fillIn = answer("kafka-position-after-a-restart");
        fillIn.putArray("blanks").add(" committed ").add("0");
        ObjectNode freeText = answer("kafka-key-for-the-order-events")
                .put(
                        "text",
                        "Order is kept within one partition only. With the country as key one partition is a hotspot. I would take"
                                + " the order id.");
        ObjectNode notKnown = answer("kafka-partition-with-a-negative-number").put("skipped", true);

        JsonNode result = submit(learner, quiz, single, multiple, ordering, fillIn, freeText, notKnown);

        assertThat(result.get("answered").intValue()).isEqualTo(6);
        assertThat(result.get("state").textValue()).isEqualTo("open");
        assertThat(result.get("repeated").booleanValue()).isFalse();
        JsonNode ofSingle = result(result, "kafka-six-consumers-for-four-partitions");
        assertGraded(ofSingle, 1, true, 3);
        assertThat(ofSingle.get("options"))
                .hasSize(4)
                .allSatisfy(option -> assertThat(option.get("why").textValue()).isNotBlank());
        assertThat(ofSingle.get("explanation").textValue()).startsWith("The number of partitions is the upper limit");
        assertThat(ofSingle.get("source").get("url").textValue()).startsWith("https://kafka.apache.org/");
        JsonNode ofMultiple = result(result, "kafka-truths-about-acknowledgement");
        assertGraded(ofMultiple, 1.0 / 3, false, 1);
        assertThat(ofMultiple
                        .get("options")
                        .valueStream()
                        .filter(option -> option.get("chosen").booleanValue())
                        .map(option -> option.get("correct").booleanValue()))
                .containsExactlyInAnyOrder(true, true, false);
        JsonNode ofOrdering = result(result, "kafka-rounds-of-exactly-once");
        assertGraded(ofOrdering, 0.8, true, 2);
        assertThat(ofOrdering
                        .get("items")
                        .valueStream()
                        .map(item -> item.get("given").intValue()))
                .containsExactly(2, 3, 4, 5, 6, 1);
        JsonNode ofFillIn = result(result, "kafka-position-after-a-restart");
        assertGraded(ofFillIn, 0.5, false, 1);
        assertThat(ofFillIn.get("blanks").get(0).get("correct").booleanValue()).isTrue();
        assertThat(ofFillIn.get("blanks").get(1).get("why").textValue())
                .isEqualTo("The last record of each run would be processed once more after a restart.");
        JsonNode ofFreeText = result(result, "kafka-key-for-the-order-events");
        assertGraded(ofFreeText, 0.8, true, 2);
        assertThat(ofFreeText
                        .get("points")
                        .valueStream()
                        .map(point -> point.get("made").booleanValue()))
                .containsExactly(true, true, false, true);
        assertThat(ofFreeText.get("model").textValue()).startsWith("Kafka keeps the order");
        JsonNode ofNotKnown = result(result, "kafka-partition-with-a-negative-number");
        assertGraded(ofNotKnown, 0, false, 1);
        assertThat(ofNotKnown.get("skipped").booleanValue()).isTrue();
        assertThat(result.get("correct").intValue()).isEqualTo(3);
        assertThat(result.get("points").doubleValue()).isCloseTo(1 + 1.0 / 3 + 0.8 + 0.5 + 0.8, within(1e-9));
        JsonNode skill = result.get("skills")
                .valueStream()
                .filter(one -> one.get("skill").textValue().equals("kafka.offsets"))
                .findFirst()
                .orElseThrow();
        assertThat(skill.get("name").textValue())
                .isEqualTo(Objects.requireNonNull(BANK.skill("kafka.offsets")).name());
        assertThat(skill.get("answered").intValue()).isEqualTo(2);
        assertThat(skill.get("correct").intValue()).isEqualTo(1);
        assertThat(skill.get("points").doubleValue()).isEqualTo(0.8 + 0.5);
        assertThat(requireCard(learner, "bank:kafka-rounds-of-exactly-once")
                        .state()
                        .lastGrade())
                .isEqualTo(2);
        assertStateFollowsFromTheLog();
    }

    private static JsonNode result(JsonNode result, String questionId) {
        for (JsonNode answer : result.get("answers")) {
            if (answer.get("questionId").textValue().equals("bank:" + questionId)) {
                return answer;
            }
        }
        throw new AssertionError(result + " has no " + questionId);
    }

    private static void assertGraded(JsonNode answer, double share, boolean correct, int grade) {
        assertThat(answer.get("share").doubleValue()).isCloseTo(share, within(1e-12));
        assertThat(answer.get("correct").booleanValue()).isEqualTo(correct);
        assertThat(answer.get("grade").intValue()).isEqualTo(grade);
        assertThat(answer.get("dueAt").textValue()).isNotBlank();
    }

    @Test
    void oneEventLeavesForEachAnswerAndSaysAllThatIsKnown() {
        String learner = newLearner("events");
        JsonNode quiz = generate(learner, "{\"skills\":[\"sql.joins\"],\"size\":2}");
        awaitQuiet();
        double duplicates = counted(QUIZ, "duplicate");
        try (Tail sent = new Tail(topics, QUIZ)) {
            ObjectNode first = right(quiz.get("questions").get(0)).put("responseTimeMs", 4200);
            ObjectNode second = JSON.createObjectNode()
                    .put("questionId", quiz.get("questions").get(1).get("id").textValue())
                    .put("skipped", true);
            submit(learner, quiz, first, second);

            List<ConsumerRecord<byte[], byte[]>> events = sent.await(2);
            awaitQuiet();

            assertThat(sent.all()).hasSize(2);
            Question question = question(quiz.get("questions").get(0));
            JsonNode event = json(new String(events.getFirst().value(), StandardCharsets.UTF_8));
            for (ConsumerRecord<byte[], byte[]> record : events) {
                assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(learner);
                assertThat(TestTopics.header(record, "ce_type")).isEqualTo(QUIZ);
            }
            assertThat(event.get("item").textValue()).isEqualTo("bank:" + question.id());
            assertThat(event.get("correct").booleanValue()).isTrue();
            assertThat(event.get("grade").intValue()).isEqualTo(3);
            assertThat(event.get("quiz")).isEqualTo(quiz.get("id"));
            assertThat(event.get("strategy"))
                    .isEqualTo(quiz.get("questions").get(0).get("strategy"));
            assertThat(event.get("source").textValue()).isEqualTo("quiz");
            assertThat(event.get("responseTimeMs").intValue()).isEqualTo(4200);
            assertThat(event.get("bloom").textValue())
                    .isEqualTo(question.bloom().wire());
            assertThat(event.get("difficulty").doubleValue()).isEqualTo(question.difficulty());
            assertThat(event.get("skills").valueStream().map(JsonNode::textValue))
                    .containsExactlyElementsOf(question.skills());
            assertThat(counted(QUIZ, "duplicate") - duplicates)
                    .as("its own events come back as repeats")
                    .isEqualTo(2);
            assertThat(text(
                            "SELECT detail::json ->> 'strategy' FROM entry JOIN learner ON learner_id = id WHERE sub = ? AND item = ?",
                            learner,
                            "bank:" + question.id()))
                    .isEqualTo(event.get("strategy").textValue());
            assertThat(entries(learner)).isEqualTo(2);
        }
    }

    @Test
    void submittingTwiceGradesOnce() {
        String learner = newLearner("twice");
        JsonNode quiz = generate(learner, "{\"skills\":[\"git\"],\"size\":5}");
        List<ObjectNode> answers = new ArrayList<>();
        quiz.get("questions").forEach(question -> answers.add(right(question)));
        JsonNode first = submit(learner, quiz, answers.toArray(ObjectNode[]::new));
        assertThat(first.get("state").textValue()).isEqualTo("done");

        JsonNode second = submit(learner, quiz, answers.toArray(ObjectNode[]::new));

        assertThat(second.get("repeated").booleanValue()).isTrue();
        assertThat(((ObjectNode) second).put("repeated", false)).isEqualTo(first);
        assertThat(entries(learner)).isEqualTo(5);
    }

    @Test
    void ofManyRequestsAtOnceOneGrades() throws InterruptedException, ExecutionException {
        String learner = newLearner("race");
        JsonNode quiz = generate(learner, "{\"skills\":[\"java\"],\"size\":4}");
        List<ObjectNode> answers = new ArrayList<>();
        quiz.get("questions").forEach(question -> answers.add(right(question)));
        String body = submission(quiz, answers.toArray(ObjectNode[]::new));
        as(learner);
        awaitQuiet();
        List<JsonNode> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Tail sent = new Tail(topics, QUIZ)) {
            List<Future<JsonNode>> requests = new ArrayList<>();
            Callable<JsonNode> request = () -> ok(post(learner, SUBMIT, body));
            for (int i = 0; i < 6; i++) {
                requests.add(threads.submit(request));
            }
            for (Future<JsonNode> one : requests) {
                results.add(one.get());
            }
            awaitQuiet();
            assertThat(sent.all()).hasSize(4);
        }
        assertThat(results.stream().filter(result -> !result.get("repeated").booleanValue()))
                .hasSize(1);
        assertThat(results.stream().map(result -> result.get("answers")).distinct())
                .hasSize(1);
        assertThat(entries(learner)).isEqualTo(4);
    }

    @Test
    void aPartlyAnsweredQuizIsTakenUpAgain() {
        String learner = newLearner("partly");
        JsonNode quiz = generate(learner, "{\"skills\":[\"testing\"],\"size\":3}");
        JsonNode questions = quiz.get("questions");

        JsonNode first = submit(learner, quiz, right(questions.get(1)));

        assertThat(first.get("state").textValue()).isEqualTo("open");
        assertThat(first.get("open").valueStream().map(JsonNode::textValue))
                .containsExactly(
                        questions.get(0).get("id").textValue(),
                        questions.get(2).get("id").textValue());
        JsonNode resumed =
                get(learner, "/api/learning/quiz/{id}", quiz.get("id").textValue());
        assertThat(resumed.get("answered").intValue()).isEqualTo(1);
        assertThat(resumed.get("questions").get(0).has("result")).isFalse();
        assertThat(resumed.get("questions").get(1).get("result"))
                .isEqualTo(first.get("answers").get(0));
        assertThat(resumed.get("questions").get(0)).isEqualTo(questions.get(0));
        JsonNode last =
                submit(learner, quiz, right(questions.get(0)), right(questions.get(1)), right(questions.get(2)));
        assertThat(last.get("state").textValue()).isEqualTo("done");
        assertThat(last.get("correct").intValue()).isEqualTo(3);
        assertThat(last.get("answers").get(1)).isEqualTo(first.get("answers").get(0));
        assertThat(entries(learner)).isEqualTo(3);
    }

    @Test
    void anotherAnswerToAGradedQuestionIsRefusedAndWithItAllThatCameWithIt() {
        String learner = newLearner("changed");
        JsonNode quiz = generate(learner, "{\"skills\":[\"python\"],\"types\":[\"single-choice\"],\"size\":2}");
        JsonNode questions = quiz.get("questions");
        submit(learner, quiz, right(questions.get(0)));
        ObjectNode changed = JSON.createObjectNode()
                .put("questionId", questions.get(0).get("id").textValue())
                .put("skipped", true);

        Response refused = post(learner, SUBMIT, submission(quiz, right(questions.get(1)), changed));

        problem(refused, 409, "already-graded");
        assertThat(entries(learner)).isEqualTo(1);
        assertThat(get(learner, "/api/learning/quiz/{id}", quiz.get("id").textValue())
                        .get("answered")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void anExpiredQuizTakesNothingNewAndStillShowsWhatItGave() {
        String learner = newLearner("expired");
        JsonNode quiz = generate(learner, "{\"skills\":[\"git\"],\"size\":2}");
        JsonNode untouched = generate(learner, "{\"skills\":[\"git\"],\"size\":2}");
        JsonNode questions = quiz.get("questions");
        JsonNode first = submit(learner, quiz, right(questions.get(0)));
        clock.moveTo(Duration.ofDays(7).plusMinutes(1));

        problem(post(learner, SUBMIT, submission(quiz, right(questions.get(1)))), 409, "quiz-expired");
        JsonNode again = submit(learner, quiz, right(questions.get(0)));
        assertThat(again.get("answers")).isEqualTo(first.get("answers"));
        assertThat(again.get("state").textValue()).isEqualTo("expired");
        generate(learner, "{\"skills\":[\"git\"],\"size\":1}");
        problem(as(learner).get("/api/learning/quiz/{id}", untouched.get("id").textValue()), 404, "not-found");
        assertThat(get(learner, QUIZZES).get("total").intValue())
                .as("what expired unanswered is gone")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"questionId\":\"bank:no-such\",\"skipped\":true}",
                "{\"skipped\":true}",
                "{\"questionId\":\"%s\"}",
                "{\"questionId\":\"%s\",\"text\":\"b\"}",
                "{\"questionId\":\"%s\",\"choices\":[\"z\"]}",
                "{\"questionId\":\"%s\",\"choices\":[\"a\",\"a\"]}",
                "{\"questionId\":\"%s\",\"choices\":[null]}",
                "{\"questionId\":\"%s\",\"choices\":[\"a\"],\"skipped\":true}",
                "{\"questionId\":\"%s\",\"choices\":[\"a\"],\"text\":\"b\"}",
                "{\"questionId\":\"%s\",\"choices\":[\"a\"],\"responseTimeMs\":-1}",
                "{\"questionId\":\"%s\",\"choices\":[\"a\"],\"responseTimeMs\":86400001}",
                "{\"questionId\":\"%s\",\"choices\":[\"a\",\"b\",\"c\",\"d\",\"a\",\"b\",\"c\"]}",
                "{\"questionId\":\"%s\",\"choices\":[\"a\"]},{\"questionId\":\"%s\",\"choices\":[\"a\"]}",
                "null",
                "{\"questionId\":\"%s\",\"choices\":\"a\"}",
            })
    void anAnswerThatIsNoneIsRefused(String answer) {
        String learner = newLearner("refused");
        JsonNode quiz = generate(learner, "{\"types\":[\"single-choice\"],\"size\":1}");
        String question = quiz.get("questions").get(0).get("id").textValue();

        problem(
                post(
                        learner,
                        SUBMIT,
                        "{\"quizId\":" + quiz.get("id") + ",\"answers\":[" + answer.replace("%s", question) + "]}"),
                400,
                "invalid-request");

        assertThat(entries(learner)).isZero();
    }

    @Test
    void aSubmissionNamesItsQuizAndHasAnswers() {
        String learner = newLearner("refused");
        JsonNode quiz = generate(learner, "{\"size\":1}");

        problem(post(learner, SUBMIT, ""), 400, "invalid-request");
        problem(post(learner, SUBMIT, "{\"answers\":[{\"skipped\":true}]}"), 400, "invalid-request");
        problem(post(learner, SUBMIT, "{\"quizId\":" + quiz.get("id") + "}"), 400, "invalid-request");
        problem(post(learner, SUBMIT, "{\"quizId\":" + quiz.get("id") + ",\"answers\":[]}"), 400, "invalid-request");
        problem(
                post(
                        learner,
                        SUBMIT,
                        "{\"quizId\":" + quiz.get("id") + ",\"answers\":[" + "{\"skipped\":true},".repeat(50)
                                + "{\"skipped\":true}]}"),
                413,
                "too-large");
        problem(post(learner, SUBMIT, "{\"quizId\":\"mine\",\"answers\":[{\"skipped\":true}]}"), 404, "not-found");
    }

    @Test
    void somebodyElsesQuizIsNotFound() {
        String owner = newLearner("owner");
        String other = newLearner("other");
        JsonNode quiz = generate(owner, "{\"size\":1}");
        String id = quiz.get("id").textValue();

        problem(as(other).get("/api/learning/quiz/{id}", id), 404, "not-found");
        problem(post(other, SUBMIT, submission(quiz, right(quiz.get("questions").get(0)))), 404, "not-found");
        generate(other, "{\"size\":1}");
        problem(as(other).get("/api/learning/quiz/{id}", id), 404, "not-found");
        problem(post(other, SUBMIT, submission(quiz, right(quiz.get("questions").get(0)))), 404, "not-found");
        assertThat(get(owner, "/api/learning/quiz/{id}", id).get("answered").intValue())
                .isZero();
    }

    // Choice

    @Test
    void whatIsDueComesFirstAndWhatWasJustAskedNotAgain() {
        String learner = newLearner("due");
        JsonNode quiz = generate(learner, "{\"skills\":[\"kafka\"],\"types\":[\"single-choice\"],\"size\":4}");
        JsonNode questions = quiz.get("questions");
        ObjectNode wrong = JSON.createObjectNode()
                .put("questionId", questions.get(2).get("id").textValue())
                .put("skipped", true);
        submit(learner, quiz, right(questions.get(0)), right(questions.get(1)), wrong, right(questions.get(3)));
        List<String> asked = questions.findValuesAsText("id").stream()
                .filter(id -> id.startsWith("bank:"))
                .toList();

        JsonNode next = generate(learner, "{\"skills\":[\"kafka\"],\"types\":[\"single-choice\"],\"size\":4}");
        assertThat(texts(next.get("questions"), "id")).doesNotContainAnyElementsOf(asked);

        clock.moveTo(Duration.ofMinutes(11));
        next = generate(
                learner,
                "{\"skills\":[\"kafka\"],\"types\":[\"single-choice\"],\"size\":4,\"strategy\":\"due-review\"}");
        assertThat(next.get("questions")).hasSize(1);
        assertThat(next.get("note").textValue())
                .isEqualTo("The strategy due-review has 1 of the 4 questions wanted: nothing more is due.");
        assertThat(next.get("questions").get(0).get("id"))
                .isEqualTo(questions.get(2).get("id"));
        assertThat(next.get("questions").get(0).get("strategy").textValue()).isEqualTo("due-review");
        assertThat(next.get("questions").get(0).get("reason").textValue()).contains("due");
        JsonNode none = generate(
                newLearner("quiz"), "{\"skills\":[\"kafka\"],\"size\":4,\"strategy\":\"due-review\",\"minutes\":10}");
        assertThat(none.get("questions")).isEmpty();
        assertThat(none.get("note").textValue()).startsWith("The strategy due-review has 0 of the 4 questions");
    }

    // Own texts

    @Test
    void aTextOfOnesOwnBecomesAQuizThatComesUpForReview() {
        String learner = newLearner("own");
        ObjectNode request = JSON.createObjectNode()
                .put("text", TEXT)
                .put("title", "My notes")
                .put("size", 4);
        request.putArray("skills").add("kafka.partitions");

        JsonNode quiz = generate(learner, request.toString());

        assertThat(quiz.get("madeFrom").textValue()).isEqualTo("text");
        assertThat(quiz.get("title").textValue()).isEqualTo("My notes");
        assertThat(quiz.get("questions")).hasSize(4).allSatisfy(question -> {
            assertThat(question.get("id").textValue()).matches("own:[0-9a-f]{32}");
            assertThat(question.get("type").textValue()).isIn("fill-in", "single-choice", "multiple-choice");
            assertThat(question.get("skills").toString()).isEqualTo("[\"kafka.partitions\"]");
        });
        assertThat(texts(generate(learner, request.toString()).get("questions"), "id"))
                .as("the same text asks the same")
                .isEqualTo(texts(quiz.get("questions"), "id"));
        JsonNode first = quiz.get("questions").get(0);
        JsonNode result = submit(
                learner,
                quiz,
                JSON.createObjectNode()
                        .put("questionId", first.get("id").textValue())
                        .put("skipped", true));
        JsonNode answer = result.get("answers").get(0);
        assertThat(answer.get("explanation").textValue()).startsWith("> A partition is an ordered log");
        assertThat(answer.get("source").toString()).isEqualTo("{\"title\":\"My notes\"}");
        assertThat(requireCard(learner, first.get("id").textValue()).skills()).containsExactly("kafka.partitions");

        clock.moveTo(Duration.ofMinutes(11));
        JsonNode review = generate(learner, "{\"size\":2}");
        assertThat(review.get("questions").get(0).get("id")).isEqualTo(first.get("id"));
        assertThat(review.get("questions").get(0).get("strategy").textValue()).isEqualTo("due-review");
        assertThat(review.get("questions").get(1).get("id").textValue()).startsWith("bank:");
    }

    @Test
    void aClozeTakesItsAnswerHoweverItIsWritten() {
        String learner = newLearner("cloze");
        ObjectNode request = JSON.createObjectNode().put("text", TEXT).put("size", 3);
        request.putArray("types").add("fill-in");
        JsonNode quiz = generate(learner, request.toString());
        JsonNode first = quiz.get("questions").get(0);
        assertThat(first.get("prompt").textValue())
                .isEqualTo(
                        "What is missing here?\n\n> A _____ is an ordered log of records that only grows at its end.\n\n(begins with"
                                + " “p”, 9 letters)");
        ObjectNode answer =
                JSON.createObjectNode().put("questionId", first.get("id").textValue());
        answer.putArray("blanks").add("  “PARTITION”. ");

        JsonNode graded = submit(learner, quiz, answer).get("answers").get(0);

        assertThat(graded.get("share").doubleValue()).isEqualTo(1);
        assertThat(graded.get("blanks").get(0).get("correct").booleanValue()).isTrue();
    }

    @Test
    void aTextThatGivesTooFewSaysSo() {
        JsonNode quiz = generate(
                newLearner("few"),
                JSON.createObjectNode().put("text", TEXT).put("size", 50).toString());

        assertThat(quiz.get("questions").size()).isBetween(5, 49);
        assertThat(quiz.get("note").textValue())
                .startsWith("The text gives " + quiz.get("questions").size() + " of the 50 questions wanted");
        assertThat(problem(
                        post(newLearner("few"), GENERATE, "{\"text\":\"It was nice there. We should go again.\"}"),
                        400,
                        "invalid-request"))
                .startsWith("the text gives no question. The text gives 0 of the 10 questions wanted");
    }

    // Lists

    @Test
    void quizzesAreListedNewestFirstPageByPage() {
        String learner = newLearner("pages");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(generate(learner, "{\"size\":1,\"title\":\"Quiz " + i + "\"}")
                    .get("id")
                    .textValue());
        }

        JsonNode first = get(learner, QUIZZES + "?limit=2");
        JsonNode second =
                get(learner, QUIZZES + "?limit=2&cursor={c}", first.get("next").textValue());
        JsonNode third =
                get(learner, QUIZZES + "?limit=2&cursor={c}", second.get("next").textValue());

        List<String> seen = new ArrayList<>(texts(first.get("items"), "id"));
        seen.addAll(texts(second.get("items"), "id"));
        seen.addAll(texts(third.get("items"), "id"));
        assertThat(seen).isEqualTo(made);
        assertThat(third.get("next").isNull()).isTrue();
        assertThat(first.get("total").intValue()).isEqualTo(5);
        assertThat(first.get("items").get(0).get("title").textValue()).isEqualTo("Quiz 4");
        assertThat(Instant.parse(first.get("items").get(0).get("expiresAt").textValue()))
                .isEqualTo(
                        Instant.parse(first.get("items").get(0).get("createdAt").textValue())
                                .plus(Duration.ofDays(7)));
        assertThat(texts(first.get("ready"), "title"))
                .hasSizeGreaterThanOrEqualTo(10)
                .startsWith("Backend Mastery");
        problem(as(learner).get(QUIZZES + "?limit=0"), 400, "invalid-request");
        problem(as(learner).get(QUIZZES + "?cursor=nonsense"), 400, "invalid-request");
    }
}
