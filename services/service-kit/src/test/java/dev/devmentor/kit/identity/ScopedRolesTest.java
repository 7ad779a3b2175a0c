package dev.devmentor.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScopedRolesTest {
    private static final Set<String> PERSON = Set.of("learner", "operator");
    private static final String PATH = "/api/garden/beds";

    private record Access(Set<String> read, Set<String> write) implements ScopeConfig.Access {}

    private record Config(Map<String, ScopeConfig.Access> roles, Optional<Set<String>> always) implements ScopeConfig {}

    private static final ScopedRoles ROLES = new ScopedRoles(new Config(
            Map.of("learner", new Access(Set.of("learning:read", "read"), Set.of("learning:write"))),
            Optional.of(Set.of("/api/who"))));

    private static Set<String> roles(@Nullable String scope, HttpMethod method, String path) {
        return ROLES.roles(PERSON, scope, method, path);
    }

    @Test
    void aRoleCountsForWhatTheScopeNames() {
        assertThat(roles("learning:read account", HttpMethod.GET, PATH)).isEqualTo(PERSON);
        assertThat(roles("learning:read account", HttpMethod.HEAD, PATH)).isEqualTo(PERSON);
        assertThat(roles("read", HttpMethod.GET, PATH)).isEqualTo(PERSON);
        assertThat(roles("learning:read learning:write", HttpMethod.POST, PATH)).isEqualTo(PERSON);
        for (HttpMethod method :
                new HttpMethod[] {HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE}) {
            assertThat(roles("learning:read read", method, PATH)).containsExactly("operator");
        }
        assertThat(roles("learning:write", HttpMethod.GET, PATH)).containsExactly("operator");
        assertThat(roles("learning:reader account", HttpMethod.GET, PATH)).containsExactly("operator");
    }

    @Test
    void whoseIssuerKnowsNoScopesOfOursIsNotNarrowed() {
        assertThat(roles(null, HttpMethod.POST, PATH)).isEqualTo(PERSON);
        assertThat(roles("", HttpMethod.GET, PATH)).isEqualTo(PERSON);
        assertThat(roles("openid profile email", HttpMethod.POST, PATH)).isEqualTo(PERSON);
        assertThat(roles("openid patterns:read", HttpMethod.POST, PATH)).containsExactly("operator");
    }

    @Test
    void someThingsNeedNoScope() {
        assertThat(roles("account", HttpMethod.GET, "/personal-data")).isEqualTo(PERSON);
        assertThat(roles("account", HttpMethod.GET, "/api/who")).isEqualTo(PERSON);
        assertThat(roles("account", HttpMethod.PATCH, "/api/who")).containsExactly("operator");
    }
}
