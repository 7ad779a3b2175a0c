package dev.devmentor.learning.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.kit.fold.Touched;
import dev.devmentor.learning.LearningConfig;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.testkit.Conditions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The worker that is off in all other tests, beside the running service. */
@QuarkusTest
class FitInBackgroundIT extends LearningIT {
    private static final int LEAST = 200;
    private static final int CARDS = 25;

    @Inject
    FitWeights fitWeights;

    @Inject
    FitTable table;

    @Inject
    Touched touched;

    private FitInBackground worker() {
        LearningConfig.Fit fit = new LearningConfig.Fit() {
            @Override
            public boolean background() {
                return true;
            }

            @Override
            public Duration poll() {
                return Duration.ofMillis(50);
            }

            @Override
            public int leastReviews() {
                return LEAST;
            }

            @Override
            public double growth() {
                return 1.25;
            }
        };
        LearningConfig config = (LearningConfig) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LearningConfig.class}, (_, method, _) -> {
                    if (method.getName().equals("fit")) {
                        return fit;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        return new FitInBackground(fitWeights, table, touched, dataSource, config);
    }

    /** Rounds of answers of somebody who forgets every second time, four days apart. */
    private void answers(String learner, int fromRound, int rounds) {
        SplittableRandom random = new SplittableRandom(fromRound);
        for (int round = fromRound; round < fromRound + rounds; round++) {
            List<String> answers = new ArrayList<>();
            Instant day = Instant.parse("2026-01-01T10:00:00Z").plus(round * 4L, ChronoUnit.DAYS);
            for (int card = 0; card < CARDS; card++) {
                answers.add("{\"item\":\"c" + card + "\",\"grade\":" + (random.nextBoolean() ? 3 : 1)
                        + ",\"answeredAt\":\"" + day.plusSeconds(card * 30L) + "\"}");
            }
            ok(post(learner, "/api/learning/reviews/batch", "{\"answers\":[" + String.join(",", answers) + "]}"));
        }
    }

    private long fitted(String learner, String column) {
        return number(
                "SELECT coalesce(max(" + column + "), 0) FROM fit JOIN learner ON learner_id = id WHERE sub = ?",
                learner);
    }

    @Test
    void logsAreFittedWhenTheyAreLongEnoughAndAgainWhenTheyHaveGrown() throws InterruptedException {
        String learner = newLearner("background");
        String shorter = newLearner("shorter");
        answers(learner, 0, 16);
        answers(shorter, 0, 4);
        FitInBackground worker = worker();
        worker.start(new StartupEvent());
        try {
            Conditions.await("a fit", () -> fitted(learner, "entries") > 0);
            assertThat(Thread.getAllStackTraces().keySet())
                    .as("arithmetic, on a thread of its own")
                    .anyMatch(thread -> thread.getName().equals("fit-weights") && !thread.isVirtual());
            long first = fitted(learner, "entries");
            assertThat(first).isEqualTo(400);
            Conditions.await("an offset", () -> fitted(learner, "offset_entries") > 0);

            answers(learner, 16, 2);
            Conditions.await("the offset follows", () -> fitted(learner, "offset_entries") >= 450);
            assertThat(fitted(learner, "entries"))
                    .as("an eighth more is no reason to fit again")
                    .isEqualTo(first);

            answers(learner, 18, 3);
            Conditions.await("another fit", () -> fitted(learner, "entries") > first);
            assertThat(fitted(shorter, "entries")).as("100 answers are too few").isZero();
        } finally {
            worker.stop(new ShutdownEvent());
        }
        assertStateFollowsFromTheLog();
    }
}
