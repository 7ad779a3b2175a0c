package dev.devmentor.pbml.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Comes last: whatever the tests before did, what is kept follows from the log. */
@QuarkusTest
@Order(Integer.MAX_VALUE)
class EverythingFollowsIT extends HttpIT {
    @Test
    void whatAllTestsHaveLeftFollowsFromTheLog() {
        awaitQuiet();
        Response response = asOperator().post("/api/pbml/verify");
        assertThat(json(response.asString().lines().toList().getLast())
                        .get("mismatches")
                        .longValue())
                .isZero();
    }
}
