package dev.devmentor.auth.token;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Signs access tokens with the claims that services of the platform rely on (contract 18). */
@ApplicationScoped
public class AccessTokens {
    /** Who an access token is meant for. */
    public static final String AUDIENCE = "devmentor";

    private final SigningKeys keys;
    private final TokenConfig config;
    private final String issuer;
    private final Clock clock;

    AccessTokens(
            SigningKeys keys,
            TokenConfig config,
            @ConfigProperty(name = "devmentor.auth.issuer") String issuer,
            Clock clock) {
        this.keys = keys;
        this.config = config;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * What a token says.
     *
     * @param id of the person, service or service account, at most 64 characters
     * @param session null without one
     * @param authTime when the person showed who they are; null if nobody did
     */
    public record Subject(
            String id,
            List<String> roles,
            String scope,
            String tier,
            List<String> teams,
            @Nullable String session,
            String clientId,
            @Nullable Instant authTime) {
        public Subject {
            roles = List.copyOf(roles);
            teams = List.copyOf(teams);
        }
    }

    /** For how long a token is good. */
    public Duration lifetime() {
        return config.accessLifetime();
    }

    /** A signed token. */
    public String mint(Subject subject) throws SQLException {
        SigningKey key = keys.current();
        Instant now = clock.instant();
        JwtClaimsBuilder claims = Jwt.claims()
                .issuer(issuer)
                .audience(AUDIENCE)
                .subject(subject.id())
                .issuedAt(now.getEpochSecond())
                .expiresAt(now.plus(config.accessLifetime()).getEpochSecond())
                .claim("jti", UUID.randomUUID().toString())
                .claim("roles", subject.roles())
                .claim("scope", subject.scope())
                .claim("tier", subject.tier())
                .claim("teams", subject.teams())
                .claim("client_id", subject.clientId());
        if (subject.session() != null) {
            claims.claim("sid", subject.session());
        }
        if (subject.authTime() != null) {
            claims.claim("auth_time", subject.authTime().getEpochSecond());
        }
        return claims.jws().keyId(key.kid()).sign(key.privateKey());
    }
}
