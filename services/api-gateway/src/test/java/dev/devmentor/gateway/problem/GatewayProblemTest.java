package dev.devmentor.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewayProblemTest {
    @Test
    void whatIsSaidIsEscaped() {
        assertThat(GatewayProblem.malformed("a \"b\" \\ \n c").json())
                .isEqualTo(
                        "{\"type\":\"https://devmentor.dev/problems/malformed-request\",\"title\":\"The request is malformed\","
                                + "\"status\":400,\"detail\":\"a \\\"b\\\" \\\\   c\"}");
    }
}
