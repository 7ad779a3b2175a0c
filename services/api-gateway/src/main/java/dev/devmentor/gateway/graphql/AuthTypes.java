package dev.devmentor.gateway.graphql;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.jspecify.annotations.Nullable;

/** What auth-service says, as GraphQL types. */
final class AuthTypes {
    private AuthTypes() {}

    /** The caller. */
    @RegisterForReflection
    @Description("The caller, as the auth service knows them.")
    public record Me(
            @Nullable @JsonAlias("sub") String id,
            @Nullable String email,
            @Nullable Boolean emailVerified,
            @Nullable String name,
            @Nullable List<String> roles,
            @Description("free or premium") @Nullable String tier,
            @Nullable Instant createdAt) {}

    /** A place where the caller is logged in. */
    @RegisterForReflection
    @Description("A place where the caller is logged in.")
    public record LoginSession(
            @Nullable String id,
            @Nullable String client,
            @Description("how they logged in") @Nullable String method,
            @Nullable Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable String lastAddress,
            @Nullable String userAgent,
            @Nullable Instant expiresAt,
            @Description("whether it is the one that asks") boolean current) {}

    /** All of them. */
    @RegisterForReflection
    public record LoginSessions(
            @Nullable @JsonAlias("items") List<LoginSession> sessions) {}

    /** A team of the caller's. */
    @RegisterForReflection
    @Description("A team of the caller's.")
    public record Team(
            @Nullable String id,
            @Nullable String name,
            @Nullable String role,
            @Nullable Instant createdAt) {}

    /** All of them. */
    @RegisterForReflection
    public record Teams(@Nullable @JsonAlias("items") List<Team> teams) {}
}
