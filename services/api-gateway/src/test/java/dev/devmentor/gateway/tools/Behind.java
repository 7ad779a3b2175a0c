package dev.devmentor.gateway.tools;

import dev.devmentor.parts.LocalRedis;
import dev.devmentor.parts.issuer.TokenMinter;
import java.nio.file.Path;

/** What is behind the gateway in these tests. */
public record Behind(
        FakeService auth, FakeService learning, FakeService pbml, LocalRedis redis, TokenMinter tokens, Path flags) {
    public void reset() {
        auth.reset();
        learning.reset();
        pbml.reset();
    }

    public String operator() {
        return tokens.mint(TokenMinter.Claims.operator("operator"));
    }

    public String learner(String id) {
        return tokens.mint(TokenMinter.Claims.learner(id));
    }
}
