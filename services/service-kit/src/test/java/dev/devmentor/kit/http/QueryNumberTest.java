package dev.devmentor.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.devmentor.kit.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryNumberTest {
    @Test
    void takesBothEndsOfTheRange() {
        assertThat(QueryNumber.parse("limit", "1", 1, 200)).isEqualTo(1);
        assertThat(QueryNumber.parse("limit", "200", 1, 200)).isEqualTo(200);
        assertThat(QueryNumber.parse("moves", "0", 0, 1_000)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "", " 20", "20.0", "ten", "99999999999"})
    void saysOfWhatItRefusesWhatItTakes(String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> QueryNumber.parse("limit", text, 1, 200))
                .satisfies(refused -> {
                    assertThat(refused.problem().status()).isEqualTo(400);
                    assertThat(refused.problem().detail()).isEqualTo("'limit' is a number from 1 to 200");
                });
    }
}
