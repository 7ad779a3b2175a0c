package dev.devmentor.learning.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.parts.issuer.TokenMinter.Claims;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class XpIT extends LearningIT {
    private static final String ADD = "/api/learning/xp/add";

    private Response add(String token, String key, String body) {
        return with(token).header("Idempotency-Key", key).body(body).post(ADD);
    }

    private static String grant(String learner, int amount) {
        return "{\"learner\":\"%s\",\"amount\":%d,\"reason\":\"review-of-a-pull-request\"}".formatted(learner, amount);
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    @Test
    void aGrantCountsOncePerKey() {
        String learner = newLearner("xp");
        String key = newKey();
        JsonNode first = ok(add(tokens.service(), key, grant(learner, 120)));
        assertThat(first.toString())
                .isEqualTo("{\"learner\":\"" + learner + "\",\"repeated\":false,\"points\":120,\"level\":2}");
        JsonNode second = ok(add(tokens.service(), key, grant(learner, 120)));
        assertThat(second.get("repeated").booleanValue()).isTrue();
        assertThat(second.get("points").intValue()).isEqualTo(120);
        problem(add(tokens.service(), key, grant(learner, 121)), 409, "conflicting-duplicate");
        assertThat(entries(learner)).isEqualTo(1);
        assertThat(ok(add(tokens.operator(), key, grant(learner, 5)))
                        .get("points")
                        .intValue())
                .as("a key is its caller's own")
                .isEqualTo(125);
        assertStateFollowsFromTheLog();
    }

    @Test
    void aDayOfALearnerHasALimit() {
        String learner = newLearner("xp");
        for (int i = 0; i < 3; i++) {
            add(tokens.service(), newKey(), grant(learner, 400));
        }
        JsonNode progress = get(learner, "/api/learning/progress/{u}", learner);
        assertThat(progress.get("xp").toString())
                .isEqualTo("{\"points\":1000,\"today\":1000,\"level\":5,\"levelFrom\":1000,\"nextLevelFrom\":1500}");
        assertThat(progress.get("streak").get("days").intValue())
                .as("no effort of one's own")
                .isZero();
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        String learner = newLearner("xp");
        for (String body : List.of(
                grant(learner, 0),
                grant(learner, 501),
                grant(learner, -5),
                grant("x".repeat(65), 5),
                grant("", 5),
                "{\"learner\":\"" + learner + "\",\"amount\":5}",
                "{\"learner\":\"" + learner + "\",\"amount\":5,\"reason\":\"" + "x".repeat(129) + "\"}",
                "{\"learner\":\"" + learner + "\",\"amount\":5,\"reason\":\"a\\u0000b\"}")) {
            problem(add(tokens.service(), newKey(), body), 400, "invalid-request");
        }
        problem(add(tokens.service(), "k".repeat(129), grant(learner, 5)), 400, "invalid-request");
        problem(with(tokens.service()).body(grant(learner, 5)).post(ADD), 400, "invalid-request");
        assertThat(number("SELECT count(*) FROM learner WHERE sub = ?", learner))
                .isZero();
    }

    @Test
    void aRoleWithoutItsScopeIsNotEnough() {
        String learner = newLearner("xp");
        String other = tokens.with(Claims.service("some-service").withScope("learning:read"));
        problem(add(other, newKey(), grant(learner, 5)), 403, "forbidden");
        problem(add(tokens.learner(learner), newKey(), grant(learner, 5)), 403, "forbidden");
    }
}
