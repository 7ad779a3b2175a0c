package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The PBML service's instances, and what must be true of what they stored and said. */
final class PbmlSystem extends ServiceSystem {
    private static final List<String> CONSUMED = List.of(
            "quiz.answered",
            "task.created",
            "task.completed",
            "memory.updated",
            "code.changed",
            "error.observed",
            "user.erased");
    private static final List<String> PRODUCED =
            List.of("pattern.learned", "pattern.drifted", "user.erasure-completed");
    private static final ObjectMapper JSON = new ObjectMapper();

    PbmlSystem(TestPlatform platform) {
        super(platform, "pbml-service", CONSUMED, PRODUCED);
    }

    PbmlSystem(ServiceSystem beside) {
        super(beside, "pbml-service", CONSUMED, PRODUCED);
    }

    long observations() {
        return number("SELECT count(*) FROM observation");
    }

    /** Waits until every record was consumed, every log is folded and everything to say was said. */
    void awaitFolded() {
        awaitSettled();
        Conditions.await("every log folded", Counts.HANGS, () -> number("""
                        SELECT count(*) FROM owner w LEFT JOIN fold f ON f.owner_id = w.id
                        WHERE w.observations IS DISTINCT FROM f.observations""") == 0);
        awaitSettled();
    }

    /** Every pattern of every owner, to the last bit, by owner and id. */
    Map<String, String> patterns() {
        return query("""
                SELECT w.name || ' ' || p.pattern_id, concat_ws(' ', p.kind, p.state, p.lower, p.mean, p.support, p.first_us,
                    p.last_us, p.since_us, p.title, p.detail)
                FROM pattern p JOIN owner w ON w.id = p.owner_id""", rows -> {
            Map<String, String> patterns = new TreeMap<>();
            while (rows.next()) {
                patterns.put(rows.getString(1), rows.getString(2));
            }
            return patterns;
        });
    }

    /** Observations are there once, owners are counted right, nothing was refused, and the service's own check finds nothing. */
    void assertHolds(Activity activity, LocalService asked) {
        assertNoDeadLetters();
        assertThat(number("SELECT count(DISTINCT (source, event_id)) FROM observation"))
                .as("different events in the log")
                .isEqualTo(activity.events());
        assertThat(observations()).as("observations").isEqualTo(activity.events());
        assertThat(number("""
                SELECT count(*) FROM owner w
                WHERE w.observations <> (SELECT count(*) FROM observation o WHERE o.owner_id = w.id)""")).as("owners that are miscounted").isZero();
        assertVerifies(asked);
    }

    /** The service's own check finds nothing. */
    void assertVerifies(LocalService asked) {
        HttpResponse<String> response =
                post(asked, "/api/pbml/verify", platform().tokens().operator());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String last = response.body().strip().lines().reduce((_, line) -> line).orElse("");
        assertThat(last).contains("\"done\":true", "\"mismatches\":0");
    }

    /**
     * What was said of each pattern: versions from 1 on without a gap, a repeated one with the same event id, and the last one
     * says the state that is stored.
     */
    void assertAnnounced() {
        Map<String, Map<Integer, String>> said = new HashMap<>();
        Map<String, String> lastState = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : platform().topics().readAll("pattern.learned")) {
            JsonNode data = parse(record.value());
            String name =
                    data.path("scopeId").asText() + " " + data.path("patternId").asText();
            Map<Integer, String> versions = said.computeIfAbsent(name, _ -> new TreeMap<>());
            int version = data.path("version").asInt();
            String before = versions.put(version, id(record));
            assertThat(before == null || before.equals(id(record)))
                    .as("version %d of %s is one event", version, name)
                    .isTrue();
            if (version == versions.size()) {
                lastState.put(name, data.path("state").asText());
            }
        }
        said.forEach((name, versions) -> assertThat(new ArrayList<>(versions.keySet()))
                .as("versions of %s", name)
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, versions.size())
                        .boxed()
                        .toList()));
        Map<String, String> active = query("""
                SELECT w.name || ' ' || p.pattern_id, p.state FROM pattern p JOIN owner w ON w.id = p.owner_id
                WHERE w.kind = 1 AND p.state = 1""", rows -> {
            Map<String, String> patterns = new TreeMap<>();
            while (rows.next()) {
                patterns.put(rows.getString(1), "active");
            }
            return patterns;
        });
        assertThat(active).isNotEmpty();
        active.forEach((name, state) -> assertThat(lastState.get(name))
                .as("what was said of %s last", name)
                .isEqualTo(state));
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("ce_id");
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static JsonNode parse(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
