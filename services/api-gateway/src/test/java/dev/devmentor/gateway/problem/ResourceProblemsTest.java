package dev.devmentor.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.oidc.OIDCException;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;

class ResourceProblemsTest {
    private final ResourceProblems problems = new ResourceProblems();

    @Test
    void anIssuerThatIsAwayIsNoFaultOfTheGateway() {
        Response answer = problems.issuerAway(new OIDCException("OIDC Server is not available"));
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("1");
        assertThat(answer.getMediaType()).hasToString("application/problem+json");
        assertThat((String) answer.getEntity())
                .contains("/problems/unavailable")
                .doesNotContain("OIDC");
    }

    @Test
    void whatNobodyExpectedIsAProblemThatTellsNothing() {
        Response answer = problems.fault(new IllegalStateException("secret"));
        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getMediaType()).hasToString("application/problem+json");
        assertThat((String) answer.getEntity())
                .contains("/problems/internal-error")
                .doesNotContain("secret");
    }
}
