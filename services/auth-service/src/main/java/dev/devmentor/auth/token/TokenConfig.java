package dev.devmentor.auth.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Tokens and the keys that sign them. */
@ConfigMapping(prefix = "devmentor.auth.tokens")
public interface TokenConfig {
    /** How long an access token is good for. */
    @WithDefault("PT15M")
    Duration accessLifetime();

    /** 32 bytes in hex: encrypts the private keys in the database. The same for all instances. */
    String keyEncryptionKey();

    /** After how long a new key takes over. */
    @WithDefault("P30D")
    Duration keyAge();

    /** How long a new key is published before it signs: longer than anybody caches the key set. */
    @WithDefault("PT10M")
    Duration keyOverlap();

    /** Bits of a new key's modulus. */
    @WithDefault("2048")
    int keyBits();
}
