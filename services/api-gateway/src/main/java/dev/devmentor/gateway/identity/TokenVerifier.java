package dev.devmentor.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.identity.Verification.Reason;
import dev.devmentor.gateway.identity.Verification.Refused;
import dev.devmentor.gateway.identity.Verification.UnknownKey;
import dev.devmentor.gateway.identity.Verification.Verified;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks access tokens (RFC 9068; RFC 8725 for what has to be refused): RS256 with a key that the issuer publishes, its {@code iss}, our
 * {@code aud}, {@code exp} and {@code nbf}, a {@code sub} of 1 to 64 characters.
 */
@Singleton
class TokenVerifier {
    private static final int LONGEST_SUBJECT = 64;
    private static final int LONGEST_SESSION = 128;
    private static final int LONGEST_SCOPE = 2000;
    private static final int LONGEST_ROLE = 64;
    private static final int MOST_ROLES = 32;
    private static final long LATEST_SECONDS = 253_402_300_799L; // the end of year 9999

    private final Function<String, @Nullable SigningKey> keys;
    private final String issuer;
    private final String audience;
    private final long leewayMillis;
    private final Clock clock;

    @jakarta.inject.Inject
    TokenVerifier(SigningKeys keys, IdentityConfig config, Clock clock) {
        this(keys::find, config, clock);
    }

    TokenVerifier(Function<String, @Nullable SigningKey> keys, IdentityConfig config, Clock clock) {
        this.keys = keys;
        this.issuer = config.issuer();
        this.audience = config.audience();
        this.leewayMillis = config.leeway().toMillis();
        this.clock = clock;
    }

    Verification verify(String token) {
        StrictJwt jwt = StrictJwt.read(token);
        if (jwt == null) {
            return new Refused(Reason.MALFORMED);
        }
        SigningKey key = keys.apply(jwt.keyId());
        if (key == null) {
            return new UnknownKey();
        }
        if (!isSigned(jwt, key.key())) {
            return new Refused(Reason.SIGNATURE);
        }
        JsonNode claims = jwt.claims();
        if (!isText(claims.get("iss"), issuer)) {
            return new Refused(Reason.ISSUER);
        }
        if (!isFor(claims.get("aud"))) {
            return new Refused(Reason.AUDIENCE);
        }
        long now = clock.millis();
        Long expires = millis(claims.get("exp"));
        Long notBefore = claims.has("nbf") ? millis(claims.get("nbf")) : Long.valueOf(Long.MIN_VALUE);
        if (expires == null || notBefore == null) {
            return new Refused(Reason.CLAIMS);
        }
        long until = expires + leewayMillis;
        if (now >= until) {
            return new Refused(Reason.EXPIRED);
        }
        if (notBefore != Long.MIN_VALUE && now < notBefore - leewayMillis) {
            return new Refused(Reason.NOT_YET);
        }
        Caller caller = caller(claims);
        return caller == null ? new Refused(Reason.CLAIMS) : new Verified(caller, until, key);
    }

    private static boolean isSigned(StrictJwt jwt, RSAPublicKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(jwt.signed());
            return signature.verify(jwt.signature());
        } catch (GeneralSecurityException e) {
            // Of another length than the key's, or larger than its modulus.
            return false;
        }
    }

    private boolean isFor(@Nullable JsonNode audiences) {
        if (audiences == null || !audiences.isArray()) {
            return isText(audiences, audience);
        }
        for (JsonNode one : audiences) {
            if (isText(one, audience)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(@Nullable JsonNode node, String text) {
        return node != null && node.isTextual() && node.textValue().equals(text);
    }

    /** A NumericDate (RFC 7519, 2): seconds since 1970, perhaps with a fraction. */
    private static @Nullable Long millis(@Nullable JsonNode node) {
        if (node == null || !node.isNumber()) {
            return null;
        }
        double seconds = node.doubleValue();
        return seconds >= 0 && seconds <= LATEST_SECONDS ? (long) (seconds * 1000) : null;
    }

    private static @Nullable Caller caller(JsonNode claims) {
        String subject = text(claims.get("sub"), LONGEST_SUBJECT);
        String session = text(claims.get("sid"), LONGEST_SESSION);
        String scope = text(claims.get("scope"), LONGEST_SCOPE);
        List<String> roles = roles(claims.get("roles"));
        if (subject == null
                || subject.isEmpty()
                || roles == null
                || (session == null && claims.has("sid"))
                || (scope == null && claims.has("scope"))) {
            return null;
        }
        String tier = isText(claims.get("tier"), "premium") ? "premium" : "free";
        return new Caller(Caller.Kind.TOKEN, subject, tier, roles, scope == null ? "" : scope, session, null, 0, 0);
    }

    private static @Nullable String text(@Nullable JsonNode node, int longest) {
        return node != null && node.isTextual() && node.textValue().length() <= longest ? node.textValue() : null;
    }

    private static @Nullable List<String> roles(@Nullable JsonNode node) {
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || node.size() > MOST_ROLES) {
            return null;
        }
        List<String> roles = new ArrayList<>();
        for (JsonNode element : node) {
            String role = text(element, LONGEST_ROLE);
            if (role == null) {
                return null;
            }
            roles.add(role);
        }
        return roles;
    }
}
