package dev.devmentor.pbml.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.pbml.HttpIT;
import dev.devmentor.pbml.model.Days;
import dev.devmentor.testkit.Conditions;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LearnIT extends HttpIT {
    private static final String LEARN = "/api/pbml/learn";
    private static final String NDJSON = "application/x-ndjson";

    @Inject
    LearnJobs jobs;

    /** Lines of a made-up life, as whoever lives it would send them. */
    private static String lines(int seed, int size) {
        StringBuilder lines = new StringBuilder();
        for (ProducerRecord<byte[], byte[]> event : Days.of("nobody", seed, size)) {
            ObjectNode data = (ObjectNode) json(utf8(event.value()));
            data.remove("learner");
            ObjectNode line = JSON.createObjectNode().put("type", event.topic());
            line.set("data", data);
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    private static String commits(int count) {
        StringBuilder lines = new StringBuilder();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < count; i++) {
            lines.append("{\"type\":\"code.changed\",\"data\":{\"changeId\":\"c")
                    .append(i)
                    .append("\",\"repository\":\"acme/shop\",\"changedAt\":\"")
                    .append(at.plusSeconds(60L * i))
                    .append("\",\"origin\":\"save\",\"files\":[{\"path\":\"src/F")
                    .append(i % 50)
                    .append(".java\",\"change\":\"modified\"}]}}\n");
        }
        return lines.toString();
    }

    private Response post(String person, String lines) {
        return as(person).contentType(NDJSON).body(utf8(lines)).post(LEARN);
    }

    private String start(String person, String lines) {
        Response response = post(person, lines);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
        String id = json(response.asString()).get("id").textValue();
        assertThat(response.header("Location")).isEqualTo(LEARN + "/" + id);
        return id;
    }

    private JsonNode ended(String person, String id) {
        Conditions.await(
                "job " + id + " is over",
                () -> List.of("done", "failed", "cancelled")
                        .contains(ok(as(person).get(LEARN + "/{id}", id))
                                .get("state")
                                .textValue()));
        return ok(as(person).get(LEARN + "/{id}", id));
    }

    private List<String> patternsOf(String person) {
        return rows("""
                SELECT concat_ws(' ', p.pattern_id, p.support, p.title) FROM pattern p
                JOIN owner w ON w.id = p.owner_id WHERE w.kind = 1 AND w.name = ? ORDER BY 1""", person);
    }

    /** While it is open nothing can be appended to the log, so a job that has begun does not end. */
    private final class Standstill implements AutoCloseable {
        private final Connection connection;

        Standstill() throws SQLException {
            connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLE observation IN EXCLUSIVE MODE");
            }
        }

        @Override
        public void close() throws SQLException {
            try (connection) {
                connection.rollback();
            }
        }
    }

    private static long files() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("devmentor-learn-"))
                    .count();
        }
    }

    @Test
    void aBatchIsRecordedAndFoldedAndWhatIsNoEventIsNamed() {
        String person = fresh("learn");
        String batch = "not JSON\n" + lines(31, 300) + "\n{\"type\":\"code.changed\"}\n[]\n"
                + "{\"type\":\"pattern.learned\",\"data\":{}}\n{\"type\":\"task.created\",\"data\":{\"learner\":\"else\"}}\n"
                + "{\"type\":\"task.created\",\"data\":{}}\n{\"type\":\"task.created\",\"data\":{},\"source\":\"x\"}";

        JsonNode done = ended(person, start(person, batch));

        assertThat(done.get("state").textValue()).isEqualTo("done");
        assertThat(done.get("lines").longValue()).isEqualTo(308);
        assertThat(done.get("added").longValue()).isEqualTo(300);
        assertThat(done.get("repeated").longValue()).isZero();
        assertThat(done.get("refused").longValue()).isEqualTo(7);
        assertThat(done.get("folded").longValue()).isEqualTo(300);
        assertThat(done.get("created").longValue())
                .isEqualTo(patternsOf(person).size())
                .isPositive();
        assertThat(done.get("updated").longValue()).isZero();
        List<String> reasons = new ArrayList<>();
        done.get("reasons")
                .forEach(reason -> reasons.add(reason.get("line").asText() + ": "
                        + reason.get("reason").asText()));
        assertThat(reasons.subList(0, 5))
                .containsExactly(
                        "1: not JSON",
                        "303: 'data' is missing",
                        "304: not a JSON object",
                        "305: 'type' is code.changed, error.observed, quiz.answered, task.created, task.completed or"
                                + " memory.updated",
                        "306: 'data' names a learner; it is whoever sends it");
        assertThat(reasons.get(5)).startsWith("307: ").contains("required");
        assertThat(reasons.get(6)).isEqualTo("308: a line has 'type', 'id' and 'data', and nothing else");
        assertThat(observations(person)).isEqualTo(300);
        assertThat(list(person, "scope=person").get("patterns")).isNotEmpty();
    }

    @Test
    void trainingAgainChangesNothing() {
        String person = fresh("twice");
        String batch = lines(32, 250);
        ended(person, start(person, batch));
        List<String> log = log(person);
        List<String> patterns = patternsOf(person);

        JsonNode again = ended(person, start(person, batch));

        assertThat(again.get("repeated").longValue()).isEqualTo(250);
        assertThat(again.get("added").longValue()).isZero();
        assertThat(again.get("created").longValue()).isZero();
        assertThat(again.get("updated").longValue()).isZero();
        assertThat(log(person)).isEqualTo(log);
        assertThat(patternsOf(person)).isEqualTo(patterns);
    }

    @Test
    void anotherEventUnderTheSameIdIsRefused() {
        String person = fresh("contradicts");
        String first =
                "{\"type\":\"task.created\",\"id\":\"t\",\"data\":{\"taskId\":\"t\",\"project\":\"shop\",\"skills\":[],\"title\":\"A\",\"createdAt\":\"2026-03-01T10:00:00Z\"}}\n";

        assertThat(ended(person, start(person, first)).get("added").longValue()).isEqualTo(1);
        JsonNode second = ended(person, start(person, first + first.replace("\"A\"", "\"B\"")));

        assertThat(second.get("repeated").longValue()).isEqualTo(1);
        assertThat(second.get("refused").longValue()).isEqualTo(1);
        assertThat(second.get("reasons").get(0).get("line").longValue()).isEqualTo(2);
    }

    @Test
    void whatIsAheadOfItsTimeIsRefused() {
        String person = fresh("future");
        String line =
                "{\"type\":\"task.created\",\"data\":{\"taskId\":\"t\",\"project\":\"shop\",\"skills\":[],\"title\":\"A\",\"createdAt\":\""
                        + clock.instant().plusSeconds(600) + "\"}}";

        assertThat(ended(person, start(person, line))
                        .get("reasons")
                        .get(0)
                        .get("reason")
                        .textValue())
                .isEqualTo("it is more than 5 minutes ahead");
    }

    @Test
    void aLineThatIsTooLongIsRefusedAloneAndReasonsAreBounded() {
        String person = fresh("long");
        StringBuilder batch = new StringBuilder("x".repeat(300 * 1024)).append('\n');
        batch.append("{\n".repeat(30)).append(commits(1));

        JsonNode done = ended(person, start(person, batch.toString()));

        assertThat(done.get("refused").longValue()).isEqualTo(31);
        assertThat(done.get("added").longValue()).isEqualTo(1);
        assertThat(done.get("reasons")).hasSize(20);
        assertThat(done.get("reasons").get(0).get("reason").textValue()).isEqualTo("longer than 263168 bytes");
    }

    @Test
    void progressIsAStreamThatEnds() throws SQLException {
        String person = fresh("stream");
        String id;
        try (Standstill standstill = new Standstill()) {
            id = start(person, commits(2_000));
            Conditions.await(
                    "it has begun",
                    () -> ok(as(person).get(LEARN + "/{id}", id))
                            .get("state")
                            .textValue()
                            .equals("recording"));
        }

        Response events = as(person).accept("text/event-stream").get(LEARN + "/{id}/progress", id);

        assertThat(events.contentType()).startsWith("text/event-stream");
        List<JsonNode> steps = events.asString()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> json(line.substring(5)))
                .toList();
        assertThat(steps.getLast().get("state").textValue()).isEqualTo("done");
        assertThat(steps.getLast().get("folded").longValue()).isEqualTo(2_000);
        assertThat(steps)
                .allMatch(step -> step.get("id").textValue().equals(id))
                .doesNotHaveDuplicates();
        assertThat(steps.stream().map(step -> step.get("lines").longValue()).toList())
                .isSorted();
    }

    @Test
    void aCancelledJobEndsKeepsWhatItTookAndCanBeCompleted() throws SQLException {
        String person = fresh("cancel");
        String batch = commits(3_000);
        String id;
        try (Standstill standstill = new Standstill()) {
            id = start(person, batch);
            Conditions.await(
                    "it has begun",
                    () -> ok(as(person).get(LEARN + "/{id}", id))
                            .get("state")
                            .textValue()
                            .equals("recording"));
            ok(as(person).delete(LEARN + "/{id}", id));
        }
        JsonNode ended = ended(person, id);

        assertThat(ended.get("state").textValue()).isEqualTo("cancelled");
        assertThat(ended.get("added").longValue()).isEqualTo(500);
        assertThat(observations(person)).isEqualTo(500);
        ok(as(person).delete(LEARN + "/{id}", id));
        JsonNode completed = ended(person, start(person, batch));
        assertThat(completed.get("state").textValue()).isEqualTo("done");
        assertThat(completed.get("repeated").longValue()).isEqualTo(500);
        assertThat(observations(person)).isEqualTo(3_000);
    }

    @Test
    void onePersonHasOneJobAndAnInstanceSixAndThoseThatWaitEndAtOnce() throws SQLException, IOException {
        List<String> people = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (Standstill standstill = new Standstill()) {
            for (int i = 0; i < 6; i++) {
                String person = fresh("busy");
                people.add(person);
                ids.add(start(person, commits(10)));
            }
            problem(post(people.getFirst(), commits(1)), 409, "learning-under-way");
            problem(post(people.getLast(), commits(1)), 409, "learning-under-way");
            Response refused = post(fresh("seventh"), commits(1));
            problem(refused, 503, "unavailable");
            assertThat(files()).isEqualTo(6);

            JsonNode cancelled = ok(as(people.getLast()).delete(LEARN + "/{id}", ids.getLast()));

            assertThat(cancelled.get("state").textValue()).isEqualTo("cancelled");
        }
        for (int i = 0; i < 5; i++) {
            assertThat(ended(people.get(i), ids.get(i)).get("state").textValue())
                    .isEqualTo("done");
        }
        assertThat(observations(people.getLast())).isZero();
        Conditions.await("files are removed", () -> files() == 0);
    }

    @Test
    void aJobWhoseInstanceDiedIsSaidToBeInterrupted() throws SQLException {
        String person = fresh("died");
        ended(person, start(person, commits(1)));
        UUID atStart = orphan(person);
        jobs.start(new StartupEvent());
        assertThat(rows("SELECT state FROM learn_job WHERE id = '" + atStart + "'"))
                .containsExactly("failed");
        UUID asked = orphan(person);

        JsonNode view = ok(as(person).get(LEARN + "/{id}", asked.toString()));

        assertThat(view.get("state").textValue()).isEqualTo("failed");
        assertThat(view.get("error").textValue()).isEqualTo("interrupted, send it again: what was taken in stays");
        UUID inTheWay = orphan(person);
        assertThat(ended(person, start(person, commits(2))).get("state").textValue())
                .isEqualTo("done");
        assertThat(rows("SELECT state FROM learn_job WHERE id = '" + inTheWay + "'"))
                .containsExactly("failed");
    }

    /** A job that nobody says is going on. */
    private UUID orphan(String person) {
        UUID id = UUID.randomUUID();
        long beat = (clock.instant().getEpochSecond() - 31) * 1_000_000;
        execute("INSERT INTO learn_job (id, owner_id, state, started_us, beat_us) SELECT '" + id
                + "', w.id, 'recording', " + beat + ", " + beat + " FROM owner w WHERE w.name = '" + person + "'");
        return id;
    }

    @Test
    void aJobBelongsToWhoStartedIt() {
        String owner = fresh("owner");
        String other = fresh("other");
        String id = start(owner, commits(1));

        problem(as(other).get(LEARN + "/{id}", id), 404, "not-found");
        problem(as(other).get(LEARN + "/{id}/progress", id), 404, "not-found");
        problem(as(other).delete(LEARN + "/{id}", id), 404, "not-found");
        problem(as(other).get(LEARN + "/none"), 404, "not-found");
        assertThat(ended(owner, id).get("state").textValue()).isEqualTo("done");
    }

    @Test
    void refusesWhatIsEmptyTooLargeOrOfAnotherKind() throws IOException, InterruptedException {
        String person = fresh("bad");
        problem(post(person, ""), 400, "invalid-request");
        problem(as(person).contentType("application/json").body("{}").post(LEARN), 415, "unsupported-media-type");
        HttpResponse<String> refused = sendLines(person, 50L * 1024 * 1024 + 1);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(json(refused.body()).get("type").textValue()).isEqualTo("https://devmentor.dev/problems/too-large");
        assertThat(number("SELECT count(*) FROM owner WHERE name = ?", person)).isZero();
        Conditions.await("files are removed", () -> files() == 0);
    }

    /** So many empty lines, made while they are sent. */
    private HttpResponse<String> sendLines(String person, long bytes) throws IOException, InterruptedException {
        byte[] some = new byte[64 * 1024];
        Arrays.fill(some, (byte) '\n');
        InputStream body = new InputStream() {
            private long left = bytes;

            @Override
            public int read() {
                return left-- > 0 ? '\n' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int count = (int) Math.min(Math.min(length, some.length), left);
                System.arraycopy(some, 0, into, offset, count);
                left -= count;
                return count;
            }
        };
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + LEARN))
                            .header("Authorization", "Bearer " + tokens.learner(person))
                            .header("Content-Type", NDJSON)
                            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void anErasureEndsTheJob() throws SQLException {
        String person = fresh("erased");
        ended(person, start(person, commits(3)));
        sendAndAwait(event(
                EventTypes.USER_ERASED,
                "erase-" + person,
                new UserErased(person, Instant.parse("2026-03-10T00:00:00Z"), "self", null)));

        problem(post(person, commits(3)), 404, "not-found");
        assertThat(
                        number(
                                "SELECT count(*) FROM learn_job j WHERE NOT EXISTS (SELECT 1 FROM owner w WHERE w.id = j.owner_id)"))
                .isZero();
    }
}
