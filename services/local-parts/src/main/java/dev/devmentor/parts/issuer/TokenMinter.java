package dev.devmentor.parts.issuer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Signs access tokens with the claims that services of the platform rely on (contract 18). */
public final class TokenMinter {
    public static final String AUDIENCE = "devmentor";
    public static final Duration LIFETIME = Duration.ofMinutes(15);
    /** What a person's programs have. */
    private static final String SCOPE = "learning:read learning:write patterns:read patterns:write account";

    private static final JsonMapper JSON = new JsonMapper();

    private final IssuerKey key;
    private final String issuer;
    private final Clock clock;

    /** @param issuer the URL at which services find the discovery document, without a slash at the end */
    public TokenMinter(IssuerKey key, String issuer, Clock clock) {
        this.key = key;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * What a token says.
     *
     * @param subject the learner's id, at most 64 characters
     * @param scope names with blanks between
     */
    public record Claims(
            String subject,
            List<String> roles,
            String scope,
            String tier,
            List<String> teams,
            String audience,
            Duration lifetime) {

        public static Claims learner(String id) {
            return new Claims(id, List.of("learner"), SCOPE, "free", List.of(), AUDIENCE, LIFETIME);
        }

        public static Claims operator(String id) {
            return new Claims(id, List.of("operator"), "operate", "free", List.of(), AUDIENCE, LIFETIME);
        }

        public static Claims service(String name) {
            return new Claims(name, List.of("service"), "service", "premium", List.of(), AUDIENCE, LIFETIME);
        }

        public Claims withAudience(String other) {
            return new Claims(subject, roles, scope, tier, teams, other, lifetime);
        }

        public Claims withTeams(String... names) {
            return new Claims(subject, roles, scope, tier, List.of(names), audience, lifetime);
        }

        public Claims withTier(String name) {
            return new Claims(subject, roles, scope, name, teams, audience, lifetime);
        }

        public Claims withScope(String names) {
            return new Claims(subject, roles, names, tier, teams, audience, lifetime);
        }

        /** A negative lifetime makes a token that has expired. */
        public Claims withLifetime(Duration other) {
            return new Claims(subject, roles, scope, tier, teams, audience, other);
        }
    }

    public String mint(Claims claims) {
        if (claims.subject().isBlank() || claims.subject().length() > 64) {
            throw new IllegalArgumentException("a learner's id has 1 to 64 characters");
        }
        Instant now = clock.instant();
        ObjectNode token = JSON.createObjectNode();
        token.put("iss", issuer);
        token.put("aud", claims.audience());
        token.put("sub", claims.subject());
        token.put(
                "iat",
                Math.min(now.getEpochSecond(), now.plus(claims.lifetime()).getEpochSecond()));
        token.put("exp", now.plus(claims.lifetime()).getEpochSecond());
        token.put("jti", UUID.randomUUID().toString());
        array(token, "roles", claims.roles());
        token.put("scope", claims.scope());
        token.put("tier", claims.tier());
        array(token, "teams", claims.teams());
        return key.sign(token.toString());
    }

    private static void array(ObjectNode token, String name, List<String> values) {
        ArrayNode array = token.putArray(name);
        values.forEach(array::add);
    }
}
