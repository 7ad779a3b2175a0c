package dev.devmentor.learning.interview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.testkit.ProgramLog;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InterviewIT extends LearningIT {
    private static final String INTERVIEWS = "/api/learning/interviews";
    private static final String PDF = "application/pdf";
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static final String JOB = """
            Senior engineer

            Requirements:
            - 5+ years with Kafka partitions
            - window functions
            Nice to have:
            - Kafka Streams""";

    private static final String CV = """
            Jane Doe
            Work experience
            01/2024 - present | Developer
            Strong with window functions""";

    @BeforeEach
    void itIsTheMorningOfNovember24th2026() {
        clock.moveTo(Duration.between(Instant.now(), Instant.parse("2026-11-24T10:00:00Z")));
    }

    @AfterEach
    void setTheClockRight() {
        clock.moveTo(Duration.ZERO);
    }

    private RequestSpecification form(String learner, String date) {
        return as(learner).contentType("multipart/form-data").multiPart("date", date);
    }

    private JsonNode prepare(String learner, String date) {
        return ok(form(learner, date)
                .multiPart("cvText", CV)
                .multiPart("jobDescriptionText", JOB)
                .multiPart("title", "Example")
                .multiPart("minutesPerDay", "60")
                .post(INTERVIEWS));
    }

    private static Map<String, JsonNode> bySkill(JsonNode interview) {
        Map<String, JsonNode> skills = new TreeMap<>();
        interview.get("skills").forEach(skill -> skills.put(skill.get("skill").textValue(), skill));
        return skills;
    }

    private static List<String> activities(JsonNode interview) {
        List<String> activities = new ArrayList<>();
        interview
                .get("plan")
                .get("days")
                .forEach(day -> day.get("activities")
                        .forEach(activity -> activities.add(day.get("date").textValue() + " "
                                + activity.get("kind").textValue() + " "
                                + activity.get("skill").asText() + " "
                                + activity.get("minutes").intValue())));
        return activities;
    }

    @Test
    void countsOnTheMinutesOfTheSettingsUnlessToldOtherwise() {
        String learner = newLearner("interview");
        assertThat(minutesOfAnInterview(learner)).isEqualTo(20);
        ok(as(learner).body("{\"minutesPerDay\":45}").put("/api/learning/settings"));
        assertThat(minutesOfAnInterview(learner)).isEqualTo(45);
        ok(as(learner).body("{\"minutesPerDay\":5}").put("/api/learning/settings"));
        assertThat(minutesOfAnInterview(learner))
                .as("a plan needs ten minutes a day")
                .isEqualTo(10);
    }

    private int minutesOfAnInterview(String learner) {
        return ok(form(learner, "2026-12-04")
                        .multiPart("jobDescriptionText", JOB)
                        .post(INTERVIEWS))
                .get("minutesPerDay")
                .intValue();
    }

    // What comes out

    @Test
    void findsSkillsWithTheLinesThatSayThem() {
        JsonNode interview = prepare(newLearner("interview"), "2026-12-04");

        assertThat(interview.get("title").textValue()).isEqualTo("Example");
        assertThat(interview.get("date").textValue()).isEqualTo("2026-12-04");
        assertThat(interview.get("minutesPerDay").intValue()).isEqualTo(60);
        assertThat(interview.get("createdAt").textValue()).startsWith("2026-11-24T10:00:");
        assertThat(interview.get("seniority").textValue()).isEqualTo("senior");
        assertThat(interview.get("seniorityStated").booleanValue()).isTrue();
        assertThat(interview.get("experienceMonths").intValue()).isEqualTo(35);
        Map<String, JsonNode> skills = bySkill(interview);
        assertThat(skills.keySet())
                .contains("kafka.partitions", "sql.windows", "kafka.streams", "kafka.topics", "sql.aggregation");
        JsonNode partitions = skills.get("kafka.partitions");
        assertThat(partitions.get("need").textValue()).isEqualTo("required");
        assertThat(partitions.get("wantedLevel").doubleValue()).isEqualTo(0.8);
        assertThat(partitions.get("level").doubleValue()).isEqualTo(0.3);
        assertThat(partitions.get("confidence").doubleValue()).isZero();
        assertThat(partitions.get("basis").textValue()).isEqualTo("nothing");
        assertThat(partitions.get("gap").doubleValue()).isEqualTo(0.5);
        assertThat(partitions.get("studyMinutes").intValue()).isEqualTo(125);
        assertThat(partitions.get("yearsWanted").intValue()).isEqualTo(5);
        assertThat(partitions.get("claimedLevel").isNull()).isTrue();
        assertThat(partitions.get("wantedBecause").toString())
                .isEqualTo(
                        "[{\"line\":3,\"term\":\"Kafka partitions\",\"text\":\"- 5+ years with Kafka partitions\"}]");
        assertThat(partitions.get("claimedBecause").toString()).isEqualTo("[]");
        JsonNode windows = skills.get("sql.windows");
        assertThat(windows.get("basis").textValue()).isEqualTo("claimed");
        assertThat(windows.get("claimedLevel").doubleValue()).isEqualTo(0.72);
        assertThat(windows.get("claimedMonths").intValue()).isEqualTo(35);
        assertThat(windows.get("level").doubleValue()).as("(.3 + 3 × .72) / 4").isEqualTo(0.615);
        assertThat(windows.get("claimedBecause").get(0).get("text").textValue())
                .isEqualTo("Strong with window functions");
        JsonNode streams = skills.get("kafka.streams");
        assertThat(streams.get("need").textValue()).isEqualTo("optional");
        assertThat(streams.get("wantedLevel").doubleValue()).isEqualTo(0.7);
        assertThat(skills.get("kafka.topics").get("neededFor").textValue()).isEqualTo("kafka.partitions");
        assertThat(skills.get("kafka.topics").get("wantedLevel").doubleValue()).isEqualTo(0.7);
        assertThat(skills.get("sql.aggregation").get("basis").textValue()).isEqualTo("implied");
    }

    @Test
    void plansEveryDayUntilTheDateWithPrerequisitesFirst() {
        JsonNode interview = prepare(newLearner("interview"), "2026-12-04");

        JsonNode days = interview.get("plan").get("days");
        assertThat(texts(days, "date"))
                .containsExactly(
                        "2026-11-24",
                        "2026-11-25",
                        "2026-11-26",
                        "2026-11-27",
                        "2026-11-28",
                        "2026-11-29",
                        "2026-11-30",
                        "2026-12-01",
                        "2026-12-02",
                        "2026-12-03");
        assertThat(texts(days, "buffer"))
                .containsExactly(
                        "false", "false", "false", "false", "false", "false", "false", "false", "false", "true");
        assertThat(days).allMatch(day -> day.get("minutes").intValue() <= 60);
        assertThat(activities(interview))
                .startsWith(
                        "2026-11-24 study kafka.topics 60",
                        "2026-11-25 study kafka.topics 40",
                        "2026-11-25 study kafka.partitions 20",
                        "2026-11-26 review kafka.topics 5",
                        "2026-11-26 study kafka.partitions 55")
                .contains(
                        "2026-11-29 check sql.windows 10",
                        "2026-11-29 study sql.windows 15",
                        "2026-11-30 mock null 45",
                        "2026-12-02 mock null 45")
                .endsWith(
                        "2026-12-03 review kafka.partitions 5",
                        "2026-12-03 review sql.filtering 5",
                        "2026-12-03 review kafka.topics 5",
                        "2026-12-03 review sql.aggregation 5",
                        "2026-12-03 review sql.windows 5");
        JsonNode plan = interview.get("plan");
        assertThat(plan.get("feasible").booleanValue()).isFalse();
        assertThat(texts(plan.get("leftOut"), "skill"))
                .containsExactly("kafka.streams", "kafka.compaction", "kafka.consumers");
        assertThat(texts(plan.get("leftOut"), "reason")).containsExactly("prerequisite-left-out", "no-time", "no-time");
        assertThat(plan.get("summary").textValue())
                .startsWith("5 of 8 gaps are closed in time. Left out: ")
                .contains("(optional), ");
        assertThat(prepare(newLearner("interview"), "2026-12-04").get("plan")).isEqualTo(plan);
    }

    @Test
    void withTimeEnoughEverythingFits() {
        JsonNode interview = prepare(newLearner("interview"), "2027-01-31");

        assertThat(interview.get("plan").get("feasible").booleanValue()).isTrue();
        assertThat(interview.get("plan").get("leftOut")).isEmpty();
        assertThat(interview.get("plan").get("summary").textValue()).isEqualTo("All 8 gaps are closed in time.");
    }

    @Test
    void readsPdfDocxAndTextFiles() throws IOException {
        String learner = newLearner("interview");
        JsonNode expected = prepare(learner, "2026-12-04").get("skills");

        JsonNode ofFiles = ok(form(learner, "2026-12-04")
                .multiPart("cv", "cv.docx", docx(CV), DOCX)
                .multiPart("jobDescription", "job.pdf", pdf(JOB), PDF)
                .post(INTERVIEWS));
        JsonNode ofUnknown = ok(form(learner, "2026-12-04")
                .multiPart("cv", "cv", pdf(CV), "application/octet-stream")
                .multiPart(
                        "jobDescription", "job.txt", JOB.getBytes(StandardCharsets.UTF_16), "text/plain; charset=utf-8")
                .post(INTERVIEWS));

        assertThat(ofFiles.get("skills")).isEqualTo(expected);
        assertThat(ofUnknown.get("skills")).isEqualTo(expected);
    }

    @Test
    void withoutACvNothingIsClaimed() {
        JsonNode interview = ok(form(newLearner("interview"), "2026-12-04")
                .multiPart("jobDescriptionText", "Kafka Streams")
                .post(INTERVIEWS));

        assertThat(interview.get("title").textValue()).isEqualTo("Interview");
        assertThat(interview.get("experienceMonths").isNull()).isTrue();
        assertThat(interview.get("seniorityStated").booleanValue()).isFalse();
        assertThat(texts(interview.get("skills"), "basis")).containsOnly("nothing");
    }

    @Test
    void aQuizForItAsksForOpenGapsFirst() {
        String learner = newLearner("interview");
        JsonNode interview = prepare(learner, "2026-12-04");
        String id = interview.get("id").textValue();

        JsonNode wanted = interview.get("quiz");
        assertThat(wanted.get("skills").get(0).textValue()).isEqualTo("kafka.partitions");
        assertThat(wanted.get("size").intValue()).isEqualTo(20);
        assertThat(wanted.get("minutes").intValue()).isEqualTo(25);

        JsonNode quiz = ok(post(learner, INTERVIEWS + "/{id}/quiz", "{}", id));

        assertThat(quiz.get("title").textValue()).isEqualTo("Example");
        assertThat(quiz.get("minutes").intValue()).isLessThanOrEqualTo(25);
        assertThat(quiz.get("questions")).hasSizeBetween(5, 20);
        List<String> skills = new ArrayList<>();
        wanted.get("skills").forEach(skill -> skills.add(skill.textValue()));
        assertThat(quiz.get("questions")).allMatch(question -> {
            List<String> tested = new ArrayList<>();
            question.get("skills").forEach(skill -> tested.add(skill.textValue()));
            return tested.stream().anyMatch(skills::contains);
        });
        assertThat(get(learner, "/api/learning/quiz/{id}", quiz.get("id").textValue())
                        .get("questions"))
                .isEqualTo(quiz.get("questions"));
        problem(post(learner, INTERVIEWS + "/{id}/quiz", "{\"minutes\":4}", id), 400, "invalid-request");
    }

    // Replanning

    @Test
    void whatIsMeasuredCountsMoreThanWhatIsClaimed() {
        String learner = newLearner("interview");
        String id = prepare(learner, "2026-12-04").get("id").textValue();
        for (int i = 0; i < 8; i++) {
            answer(learner, "partition-" + i, 3, "2026-11-24T09:00:00Z", "kafka.partitions");
            answer(learner, "window-" + i, 1, "2026-11-24T09:00:00Z", "sql.windows");
        }
        JsonNode before = get(learner, INTERVIEWS + "/{id}", id);

        JsonNode interview = ok(post(learner, INTERVIEWS + "/{id}/replan", "{\"minutesPerDay\":90}", id));

        Map<String, JsonNode> skills = bySkill(interview);
        JsonNode partitions = skills.get("kafka.partitions");
        JsonNode windows = skills.get("sql.windows");
        assertThat(partitions.get("basis").textValue()).isEqualTo("measured");
        assertThat(partitions.get("level").doubleValue())
                .isGreaterThan(windows.get("level").doubleValue() + 0.05);
        assertThat(windows.get("basis").textValue()).isEqualTo("measured");
        assertThat(windows.get("level").doubleValue())
                .as("the CV claims .72")
                .isLessThan(bySkill(before).get("sql.windows").get("level").doubleValue() - 0.1);
        assertThat(partitions.get("confidence").doubleValue()).isBetween(0.1, 0.5);
        assertThat(partitions.get("studyMinutes").intValue())
                .isLessThan(windows.get("studyMinutes").intValue());
        assertThat(interview.get("minutesPerDay").intValue()).isEqualTo(90);
        assertThat(get(learner, INTERVIEWS + "/{id}", id)).isEqualTo(interview);
    }

    @Test
    void anAnswerThatWasTakenBackMeasuresNothing() {
        String learner = newLearner("interview");
        String id = prepare(learner, "2026-12-04").get("id").textValue();
        answer(learner, "p", 3, "2026-11-24T09:00:00Z", "kafka.partitions");
        ok(post(learner, "/api/learning/cards/p/actions", "{\"action\":\"undo\"}"));

        JsonNode interview = ok(as(learner).post(INTERVIEWS + "/{id}/replan", id));

        assertThat(bySkill(interview).get("kafka.partitions").get("basis").textValue())
                .isEqualTo("nothing");
    }

    @Test
    void aPlanIsMadeAnewFromTheDayOnWhichSomebodyAsks() {
        String learner = newLearner("interview");
        String id = prepare(learner, "2026-12-04").get("id").textValue();
        clock.moveTo(Duration.between(Instant.now(), Instant.parse("2026-12-01T10:00:00Z")));

        JsonNode later = ok(as(learner).post(INTERVIEWS + "/{id}/replan", id));
        assertThat(later.get("plan").get("firstDay").textValue()).isEqualTo("2026-12-01");
        assertThat(later.get("plan").get("days")).hasSize(3);
        JsonNode moved = ok(post(learner, INTERVIEWS + "/{id}/replan", "{\"date\":\"2026-12-10\"}", id));
        assertThat(moved.get("plan").get("days")).hasSize(9);
        clock.moveTo(Duration.between(Instant.now(), Instant.parse("2026-12-11T10:00:00Z")));
        assertThat(problem(as(learner).post(INTERVIEWS + "/{id}/replan", id), 400, "invalid-request"))
                .isEqualTo("the date of the interview is over; send a new 'date'");
    }

    // What is kept

    @Test
    void linesAreKeptOnlyAsLongAsThePersonWantsThem() {
        String learner = newLearner("interview");
        JsonNode kept = prepare(learner, "2026-12-04");
        String id = kept.get("id").textValue();
        assertThat(kept.get("evidence").booleanValue()).isTrue();
        assertThat(number(
                        "SELECT count(*) FROM interview WHERE findings LIKE '%Strong with%' AND id = ?",
                        UUID.fromString(id)))
                .isEqualTo(1);

        JsonNode forgotten = ok(post(learner, INTERVIEWS + "/{id}/replan", "{\"evidence\":false}", id));
        JsonNode never = ok(form(learner, "2026-12-04")
                .multiPart("minutesPerDay", "60")
                .multiPart("cvText", CV)
                .multiPart("jobDescriptionText", JOB)
                .multiPart("evidence", "false")
                .post(INTERVIEWS));
        JsonNode again = ok(post(learner, INTERVIEWS + "/{id}/replan", "{\"evidence\":true}", id));

        for (JsonNode interview : List.of(forgotten, never, again)) {
            assertThat(interview.get("evidence").booleanValue()).isFalse();
            assertThat(interview.get("skills"))
                    .allMatch(skill -> skill.get("wantedBecause").isEmpty());
            assertThat(interview.get("skills"))
                    .allMatch(skill -> skill.get("claimedBecause").isEmpty());
        }
        assertThat(never.get("plan")).isEqualTo(kept.get("plan"));
        assertThat(number(
                        "SELECT count(*) FROM interview i JOIN learner l ON l.id = learner_id WHERE sub = ? AND i::text LIKE '%Strong with%'",
                        learner))
                .isZero();
    }

    @Test
    void ofTheDocumentsNothingButTheLinesThatNameSkillsIsStored() {
        String learner = newLearner("interview");
        ok(form(learner, "2026-12-04")
                .multiPart("cvText", "Zanzibar Street 7\nmarker-of-cv\nKafka Streams")
                .multiPart("jobDescriptionText", "marker-of-job\nKafka Streams")
                .post(INTERVIEWS));

        assertThat(number(
                        "SELECT count(*) FROM interview i JOIN learner l ON l.id = learner_id WHERE sub = ?"
                                + " AND (i::text LIKE '%Zanzibar%' OR i::text LIKE '%marker-of%')",
                        learner))
                .isZero();
    }

    @Test
    void nothingOfADocumentIsLoggedOrQuoted() throws IOException {
        String learner = newLearner("interview");
        List<String> logged;
        List<String> answers = new ArrayList<>();
        try (ProgramLog log = ProgramLog.open()) {
            byte[] broken = Arrays.copyOf(pdf("marker-in-pdf"), 300);
            answers.add(form(learner, "2026-12-04")
                    .multiPart("cv", "marker-in-name.pdf", broken, PDF)
                    .multiPart("jobDescriptionText", JOB)
                    .post(INTERVIEWS)
                    .asString());
            answers.add(form(learner, "2026-12-04")
                    .multiPart("cv", "marker-in-name.docx", docx("marker-in-docx"), PDF)
                    .multiPart("jobDescriptionText", JOB)
                    .post(INTERVIEWS)
                    .asString());
            answers.add(form(learner, "2026-12-04")
                    .multiPart("jobDescriptionText", "marker-without-skills")
                    .post(INTERVIEWS)
                    .asString());
            answers.add(form(learner, "marker-in-date")
                    .multiPart("jobDescriptionText", "marker-in-text")
                    .post(INTERVIEWS)
                    .asString());
            answers.add(form(learner, "2026-12-04")
                    .multiPart("cv", "marker-in-name.docx", docx("marker-in-good"), DOCX)
                    .multiPart("jobDescriptionText", JOB + "\nmarker-in-job")
                    .post(INTERVIEWS)
                    .asString());
            logged = log.lines();
        }

        assertThat(logged).noneMatch(line -> line.contains("marker-"));
        assertThat(answers).hasSize(5).noneMatch(answer -> answer.contains("marker-"));
    }

    // The list, and whose it is

    @Test
    void theListIsPagedNewestFirst() {
        String learner = newLearner("interview");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(prepare(learner, "2026-12-04").get("id").textValue());
        }

        JsonNode first = get(learner, INTERVIEWS + "?limit=2");
        JsonNode second = get(
                learner, INTERVIEWS + "?limit=2&cursor={c}", first.get("next").textValue());
        JsonNode third = get(
                learner, INTERVIEWS + "?limit=2&cursor={c}", second.get("next").textValue());

        List<String> seen = new ArrayList<>();
        for (JsonNode page : List.of(first, second, third)) {
            seen.addAll(texts(page.get("interviews"), "id"));
        }
        assertThat(seen).isEqualTo(ids);
        assertThat(third.get("next").isNull()).isTrue();
        assertThat(first.get("interviews").get(0).get("title").textValue()).isEqualTo("Example");
        assertThat(get(newLearner("nobody"), INTERVIEWS).toString()).isEqualTo("{\"interviews\":[],\"next\":null}");
        problem(as(learner).get(INTERVIEWS + "?limit=101"), 400, "invalid-request");
        problem(as(learner).get(INTERVIEWS + "?cursor=x"), 400, "invalid-request");
    }

    @Test
    void somebodyElsesInterviewIsNotFound() {
        String owner = newLearner("owner");
        String other = newLearner("other");
        String id = prepare(owner, "2026-12-04").get("id").textValue();

        problem(as(other).get(INTERVIEWS + "/{id}", id), 404, "not-found");
        problem(post(other, INTERVIEWS + "/{id}/replan", "{}", id), 404, "not-found");
        problem(post(other, INTERVIEWS + "/{id}/quiz", "{}", id), 404, "not-found");
        problem(as(other).delete(INTERVIEWS + "/{id}", id), 404, "not-found");
        problem(as(owner).get(INTERVIEWS + "/no-id"), 404, "not-found");
        assertThat(get(owner, INTERVIEWS + "/{id}", id).get("id").textValue()).isEqualTo(id);
    }

    @Test
    void whatIsDeletedIsGone() {
        String learner = newLearner("interview");
        String id = prepare(learner, "2026-12-04").get("id").textValue();

        assertThat(as(learner).delete(INTERVIEWS + "/{id}", id).statusCode()).isEqualTo(204);

        problem(as(learner).get(INTERVIEWS + "/{id}", id), 404, "not-found");
        problem(as(learner).delete(INTERVIEWS + "/{id}", id), 404, "not-found");
        assertThat(number("SELECT count(*) FROM interview WHERE id = ?", UUID.fromString(id)))
                .isZero();
    }

    @Test
    void withAnIdempotencyKeyARetryMakesNoSecondOne() {
        String learner = newLearner("interview");
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            answers.add(ok(form(learner, "2026-12-04")
                    .header("Idempotency-Key", "k-1")
                    .multiPart("jobDescriptionText", JOB)
                    .post(INTERVIEWS)));
        }

        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        assertThat(get(learner, INTERVIEWS).get("interviews")).hasSize(1);
    }

    @Test
    void nobodyHasMoreThanFifty() {
        String learner = newLearner("interview");
        String id = prepare(learner, "2026-12-04").get("id").textValue();
        execute(
                "INSERT INTO interview SELECT learner_id, gen_random_uuid(), created_us, planned_us, title, interview_day,"
                        + " minutes_per_day, evidence, format, findings, plan FROM interview, generate_series(1, 49) WHERE id = '"
                        + id + "'");

        Response refused =
                form(learner, "2026-12-04").multiPart("jobDescriptionText", JOB).post(INTERVIEWS);

        assertThat(problem(refused, 409, "limit-reached")).isEqualTo("you have 50 interviews; delete one that is over");
    }

    // What is refused

    @Test
    void refusesFormsThatAreNotAsDocumented() {
        String learner = newLearner("interview");
        Map<String, RequestSpecification> forms = new TreeMap<>();
        forms.put("no date", as(learner).contentType("multipart/form-data").multiPart("jobDescriptionText", JOB));
        forms.put("no day", form(learner, "tomorrow").multiPart("jobDescriptionText", JOB));
        forms.put("over", form(learner, "2026-11-23").multiPart("jobDescriptionText", JOB));
        forms.put("too far", form(learner, "2027-11-26").multiPart("jobDescriptionText", JOB));
        forms.put("no job", form(learner, "2026-12-04").multiPart("cvText", CV));
        forms.put(
                "minutes",
                form(learner, "2026-12-04").multiPart("jobDescriptionText", JOB).multiPart("minutesPerDay", "9"));
        forms.put(
                "more minutes",
                form(learner, "2026-12-04").multiPart("jobDescriptionText", JOB).multiPart("minutesPerDay", "721"));
        forms.put(
                "no minutes",
                form(learner, "2026-12-04").multiPart("jobDescriptionText", JOB).multiPart("minutesPerDay", "x"));
        forms.put(
                "evidence",
                form(learner, "2026-12-04").multiPart("jobDescriptionText", JOB).multiPart("evidence", "maybe"));
        forms.put(
                "title",
                form(learner, "2026-12-04").multiPart("jobDescriptionText", JOB).multiPart("title", "x".repeat(121)));
        forms.put(
                "both",
                form(learner, "2026-12-04")
                        .multiPart("jobDescriptionText", JOB)
                        .multiPart("jobDescription", "job.txt", JOB.getBytes(StandardCharsets.UTF_8), "text/plain"));

        forms.forEach((what, form) -> {
            Response response = form.post(INTERVIEWS);
            assertThat(response.statusCode()).as(what + response.asString()).isEqualTo(400);
            problem(response, 400, "invalid-request");
        });
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
    }

    @Test
    void hostileAndUnreadableFilesGetAClearProblem() throws IOException {
        String learner = newLearner("interview");
        assertThat(problem(upload(learner, Arrays.copyOf(pdf(CV), 400), PDF), 422, "unreadable-document"))
                .isEqualTo("cv: the file is damaged or incomplete");
        assertThat(problem(upload(learner, docx(CV), PDF), 415, "unsupported-media-type"))
                .isEqualTo("cv: the content is not what its media type says");
        assertThat(problem(
                        upload(learner, new byte[] {1, 2, 3}, "application/octet-stream"),
                        415,
                        "unsupported-media-type"))
                .isEqualTo("cv: this is no PDF, DOCX or plain text");
        assertThat(problem(upload(learner, new byte[] {1}, "image/png"), 415, "unsupported-media-type"))
                .startsWith("cv: a file is application/pdf, text/plain or ");
        assertThat(problem(upload(learner, new byte[0], PDF), 422, "unreadable-document"))
                .isEqualTo("cv: the file is empty");
        assertThat(problem(upload(learner, new byte[(5 << 20) + 1], PDF), 413, "too-large"))
                .isEqualTo("cv: the file is too large; at most 5 MiB are read");
        assertThat(problem(upload(learner, pdf(""), PDF), 422, "unreadable-document"))
                .isEqualTo("cv: the file has no text; if it is a scan, send the text instead");
        assertThat(problem(
                        upload(learner, zip("word/media/bomb.png", new byte[70 << 20]), DOCX),
                        422,
                        "unreadable-document"))
                .isEqualTo("cv: the file unpacks to far more than its size");
        assertThat(problem(
                        form(learner, "2026-12-04")
                                .multiPart("jobDescriptionText", "We sell tea")
                                .post(INTERVIEWS),
                        422,
                        "unreadable-document"))
                .startsWith("jobDescription: it asks for no skill that the question bank knows");
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
    }

    private Response upload(String learner, byte[] cv, String mediaType) {
        return form(learner, "2026-12-04")
                .multiPart("cv", "cv", cv, mediaType)
                .multiPart("jobDescriptionText", JOB)
                .post(INTERVIEWS);
    }

    @Test
    void elsewhereABodyStaysSmall() {
        String learner = newLearner("interview");
        String large = "{\"item\":\"" + "x".repeat(1 << 20) + "\"}";

        assertThat(problem(post(learner, "/api/learning/reviews", large), 413, "too-large"))
                .isEqualTo("the body has more bytes than this path takes");
        assertThat(upload(learner, new byte[13 << 20], PDF).statusCode()).isEqualTo(413);
    }

    @Test
    void anotherFormOfBodyIs415() {
        problem(post(newLearner("interview"), INTERVIEWS, "{}"), 415, "unsupported-media-type");
    }

    // Documents

    private static byte[] pdf(String text) {
        StringBuilder content = new StringBuilder("BT /F1 11 Tf 14 TL 50 800 Td\n");
        text.lines().forEach(line -> content.append('(').append(line).append(") Tj T*\n"));
        String stream = content + "ET";
        List<String> objects = List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
                "<< /Length " + stream.length() + " >>\nstream\n" + stream + "\nendstream",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        StringBuilder pdf = new StringBuilder("%PDF-1.7\n");
        StringBuilder table = new StringBuilder("xref\n0 6\n0000000000 65535 f \n");
        for (int i = 0; i < objects.size(); i++) {
            table.append("%010d 00000 n \n".formatted(pdf.length()));
            pdf.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
        }
        int at = pdf.length();
        return pdf.append(table)
                .append("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n")
                .append(at)
                .append("\n%%EOF\n")
                .toString()
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] docx(String text) throws IOException {
        StringBuilder body = new StringBuilder();
        text.lines().forEach(line -> body.append("<w:p><w:r><w:t>").append(line).append("</w:t></w:r></w:p>"));
        return zip(
                "word/document.xml",
                ("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" + body
                                + "</w:body></w:document>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("_rels/.rels"));
            zip.write(
                    ("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
                                    + " Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\""
                                    + " Target=\"word/document.xml\"/></Relationships>")
                            .getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return out.toByteArray();
    }
}
