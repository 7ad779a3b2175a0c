package dev.devmentor.learning.verify;

import dev.devmentor.learning.LearningIT;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Comes last: whatever the tests before did, what is kept follows from the log. */
@QuarkusTest
@Order(Integer.MAX_VALUE)
class EverythingFollowsIT extends LearningIT {
    @Test
    void whatAllTestsHaveLeftFollowsFromTheLog() {
        awaitQuiet();
        assertStateFollowsFromTheLog();
    }
}
