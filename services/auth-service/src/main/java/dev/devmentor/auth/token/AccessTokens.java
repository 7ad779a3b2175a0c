package dev.devmentor.auth.token;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Signs access tokens with the claims that services of the platform rely on (contract 18). */
@ApplicationScoped
public class AccessTokens {
    /** Who an access token is meant for. */
    public static final String AUDIENCE = "devmentor";

    private static final int LONGEST = 16_384;
    /** RFC 9068 2.1: so that nobody takes it for an ID token, or the other way round. */
    private static final String TYPE = "at+jwt";

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
     * @param amr how, in words of RFC 8176; empty if it has none for it
     */
    public record Subject(
            String id,
            List<String> roles,
            String scope,
            String tier,
            List<String> teams,
            @Nullable String session,
            String clientId,
            @Nullable Instant authTime,
            List<String> amr) {
        public Subject {
            roles = List.copyOf(roles);
            teams = List.copyOf(teams);
            amr = List.copyOf(amr);
        }

        /** Of no session: nobody has shown who they are. */
        public Subject(String id, List<String> roles, String scope, String tier, List<String> teams, String clientId) {
            this(id, roles, scope, tier, teams, null, clientId, null, List.of());
        }
    }

    /**
     * What a token says that is good as far as it says itself.
     *
     * @param id its {@code jti}
     * @param session null without one
     * @param expiresAt seconds of the epoch, as {@code issuedAt}
     */
    public record Read(
            String id,
            String issuer,
            String subject,
            String clientId,
            String scope,
            @Nullable String session,
            long issuedAt,
            long expiresAt) {}

    /** Reads a token of ours; empty if it is none, was changed, has expired, or its key is published no more. */
    public Optional<Read> read(String token) throws SQLException {
        if (token.length() > LONGEST || token.chars().filter(c -> c == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setVerificationKeyResolver(
                            new JwksVerificationKeyResolver(new JsonWebKeySet(keys.jwks()).getJsonWebKeys()))
                    .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
                    .setExpectedIssuer(issuer)
                    .setExpectedAudience(AUDIENCE)
                    .setRequireExpirationTime()
                    .setRequireSubject()
                    .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                    .build()
                    .processToClaims(token);
            return Optional.of(new Read(
                    claims.getJwtId(),
                    issuer,
                    claims.getSubject(),
                    claims.getStringClaimValue("client_id"),
                    claims.getStringClaimValue("scope"),
                    claims.getStringClaimValue("sid"),
                    claims.getIssuedAt().getValue(),
                    claims.getExpirationTime().getValue()));
        } catch (InvalidJwtException | MalformedClaimException | JoseException notGood) {
            return Optional.empty();
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
        if (!subject.amr().isEmpty()) {
            claims.claim("amr", subject.amr());
        }
        return claims.jws().header("typ", TYPE).keyId(key.kid()).sign(key.privateKey());
    }
}
