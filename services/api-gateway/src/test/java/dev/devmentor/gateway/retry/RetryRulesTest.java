package dev.devmentor.gateway.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRulesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final RetryRules rules =
            new RetryRules(3, List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)), 0.2);

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void triesIdempotentCallsAgainAfterOneTwoAndFourSeconds(String method) {
        assertThat(wait(method, 1, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(wait(method, 2, 0.5)).isEqualTo(Duration.ofSeconds(2));
        assertThat(wait(method, 3, 0.5)).isEqualTo(Duration.ofSeconds(4));
        assertThat(wait(method, 4, 0.5)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "CONNECT", "TRACE", "get", "PROPFIND"})
    void neverTriesOthersAgain(String method) {
        assertThat(wait(method, 1, 0.5)).isNull();
    }

    @Test
    void theJitterIsAFifthEachWay() {
        assertThat(wait("GET", 3, 0)).isEqualTo(Duration.ofMillis(3200));
        assertThat(wait("GET", 3, 0.75)).isEqualTo(Duration.ofMillis(4400));
    }

    @Test
    void doesNotTryAgainWithoutTheBodyOrBeyondTheTimeOfTheRoute() {
        assertThat(rules.next("PUT", 1, false, false, LONG, () -> 0.5)).isNull();
        assertThat(rules.next("PUT", 1, true, false, Duration.ofSeconds(1), () -> 0.5))
                .isNull();
        assertThat(rules.next("PUT", 1, true, false, Duration.ofMillis(1001), () -> 0.5))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(rules.next("PUT", 1, true, true, Duration.ZERO, () -> 0.5)).isNull();
    }

    @Test
    void goesToAnotherInstanceAtOnce() {
        assertThat(rules.next("GET", 1, true, true, LONG, () -> 0.5)).isEqualTo(Duration.ZERO);
    }

    private @Nullable Duration wait(String method, int tries, double random) {
        return rules.next(method, tries, true, false, LONG, () -> random);
    }
}
