package dev.devmentor.cli.platform;

import dev.devmentor.parts.issuer.LocalIssuer;
import dev.devmentor.parts.issuer.TokenMinter;
import java.time.Clock;

/** Tokens of the local issuer, signed here with its key file: the issuer itself gives out none. */
public final class Tokens {
    private Tokens() {}

    public static TokenMinter of(Home home) {
        return of(home, RunningState.offset(home));
    }

    public static TokenMinter of(Home home, int offset) {
        return new TokenMinter(home.issuerKey(), LocalIssuer.urlOf(Platform.ISSUER_PORT + offset), Clock.systemUTC());
    }
}
