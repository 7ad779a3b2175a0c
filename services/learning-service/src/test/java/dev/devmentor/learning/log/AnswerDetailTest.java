package dev.devmentor.learning.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerDetailTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | none | none",
                "none | {\"x\":2.50} | {\"x\":2.50}",
                "due-review | none | {\"strategy\":\"due-review\"}",
                "due-review | {} | {\"strategy\":\"due-review\"}",
                "due-review | {\"x\":[1,2.5]} | {\"strategy\":\"due-review\",\"x\":[1,2.5]}",
                "a\"b | {\"x\":1} | {\"strategy\":\"a\\\"b\",\"x\":1}",
            })
    void keepsTheStrategyBesideFieldsThatTheSchemaDoesNotName(String strategy, String extra, String detail) {
        assertThat(AnswerDetail.of(strategy, extra)).isEqualTo(detail);
        assertThat(AnswerDetail.strategy(detail)).isEqualTo(strategy);
    }
}
