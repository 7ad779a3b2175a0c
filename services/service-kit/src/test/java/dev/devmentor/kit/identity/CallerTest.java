package dev.devmentor.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.kit.problem.ProblemException;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerTest {
    private record Token(Map<String, Object> claims) implements JsonWebToken {
        @Override
        public String getName() {
            return "somebody";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> @Nullable T getClaim(String name) {
            return (T) claims.get(name);
        }
    }

    private static Caller caller(Map<String, Object> claims) {
        return new Caller(
                new Token(claims),
                QuarkusSecurityIdentity.builder().setAnonymous(true).build());
    }

    private static Caller of(Object teams) {
        return caller(Map.of("teams", teams));
    }

    @Test
    void teamsAreThoseOfTheTokenEachOnce() {
        assertThat(of(Json.createArrayBuilder()
                                .add("core")
                                .add("web")
                                .add("core")
                                .build())
                        .teams())
                .containsExactly("core", "web");
        assertThat(of(List.of("core")).teams()).containsExactly("core");
    }

    @Test
    void aTokenWithoutTheClaimBelongsToNoTeam() {
        assertThat(caller(Map.of()).teams()).isEmpty();
        assertThat(of(List.of()).teams()).isEmpty();
    }

    @Test
    void refusesTeamsThatAreNoListOfTexts() {
        for (Object teams : List.of(
                "core",
                Json.createArrayBuilder().add(1).build(),
                List.of(""),
                List.of("x".repeat(65)),
                Json.createArrayBuilder().addNull().build(),
                Collections.nCopies(65, "core"))) {
            assertThatThrownBy(() -> of(teams).teams())
                    .as(teams.toString())
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem().status()).isEqualTo(403));
        }
    }

    @Test
    void takesTheLongestNameAndTheMostTeams() {
        List<String> most = java.util.stream.IntStream.range(0, 64)
                .mapToObj(i -> "%064d".formatted(i))
                .toList();
        assertThat(of(most).teams()).isEqualTo(most);
    }
}
