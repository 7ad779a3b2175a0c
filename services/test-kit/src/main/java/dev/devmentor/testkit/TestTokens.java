package dev.devmentor.testkit;

import dev.devmentor.parts.issuer.IssuerKey;
import dev.devmentor.parts.issuer.LocalIssuer;
import dev.devmentor.parts.issuer.TokenMinter;
import dev.devmentor.parts.issuer.TokenMinter.Claims;
import java.time.Clock;
import java.time.Duration;

/** Bearer tokens for tests, good ones and bad ones. */
public final class TestTokens {
    private final LocalIssuer issuer;
    private final TokenMinter minter;

    TestTokens(LocalIssuer issuer) {
        this.issuer = issuer;
        this.minter = issuer.minter();
    }

    /** The tokens of the platform of this JVM. */
    public static TestTokens shared() {
        return TestPlatform.shared().tokens();
    }

    public String learner(String id) {
        return minter.mint(Claims.learner(id));
    }

    public String operator() {
        return minter.mint(Claims.operator("operator"));
    }

    public String service() {
        return minter.mint(Claims.service("some-service"));
    }

    /** A learner's token that ended an hour ago. */
    public String expired() {
        return minter.mint(Claims.learner("demo").withLifetime(Duration.ofHours(-1)));
    }

    /** A learner's token that is meant for another platform. */
    public String wrongAudience() {
        return minter.mint(Claims.learner("demo").withAudience("somebody-else"));
    }

    /** A learner's token that was signed by a key which the issuer does not publish. */
    public String wrongKey() {
        return new TokenMinter(IssuerKey.generate(), issuer.url(), Clock.systemUTC()).mint(Claims.learner("demo"));
    }

    /** A learner's token, rightly signed, that names another issuer. */
    public String wrongIssuer() {
        return new TokenMinter(issuer.key(), "http://127.0.0.1:1", Clock.systemUTC()).mint(Claims.learner("demo"));
    }

    /** Any claims. */
    public String with(Claims claims) {
        return minter.mint(claims);
    }
}
