package dev.devmentor.kit.identity;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Holds a token to its scope: a program that asked for less than its person could give does less. A role whose scope is not there
 * does not count for the request, so that every route that asks for the role refuses it. A token that names none of the platform's scopes is
 * not narrowed: its issuer does not know them, and says by roles alone what somebody may do.
 */
@ApplicationScoped
class ScopedRoles implements SecurityIdentityAugmentor {
    private static final String API = "/api/";

    private final ScopeConfig config;

    ScopedRoles(ScopeConfig config) {
        this.config = config;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity);
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        if (request == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        Object scope = token.getClaim("scope");
        Set<String> roles = roles(
                identity.getRoles(),
                scope == null ? null : scope.toString(),
                request.request().method(),
                request.normalizedPath());
        return Uni.createFrom().item(roles.equals(identity.getRoles()) ? identity : with(identity, roles));
    }

    /**
     * The roles that count.
     *
     * @param scope names with blanks between; null if the token has no such claim
     */
    Set<String> roles(Set<String> given, @Nullable String scope, HttpMethod method, String path) {
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        boolean open =
                reads && config.always().map(paths -> paths.contains(path)).orElse(false);
        if (scope == null || open || !path.startsWith(API)) {
            return given;
        }
        Set<String> names = Set.copyOf(Arrays.asList(scope.split(" ")));
        if (names.stream().noneMatch(PlatformScopes.ALL::contains)) {
            return given;
        }
        Set<String> roles = new HashSet<>(given);
        roles.removeIf(role -> {
            ScopeConfig.Access access = config.roles().get(role);
            return access != null
                    && (reads ? access.read() : access.write()).stream().noneMatch(names::contains);
        });
        return roles;
    }

    private static SecurityIdentity with(SecurityIdentity identity, Set<String> roles) {
        QuarkusSecurityIdentity.Builder narrowed = QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(roles)
                .addAttributes(identity.getAttributes());
        identity.getCredentials().forEach(narrowed::addCredential);
        return narrowed.build();
    }
}
