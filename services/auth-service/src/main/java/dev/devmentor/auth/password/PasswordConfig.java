package dev.devmentor.auth.password;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of passwords. The defaults are OWASP's first choice for Argon2id. */
@ConfigMapping(prefix = "devmentor.auth.password")
interface PasswordConfig {
    /** Memory of one hash in KiB. */
    @WithDefault("19456")
    int memoryKib();

    /** Passes over it. */
    @WithDefault("2")
    int iterations();

    /** Lanes. */
    @WithDefault("1")
    int parallelism();

    /** Most hashes at once; each needs the memory above. */
    @WithDefault("4")
    int atOnce();

    /** How long one waits for its turn; after that the answer is 503. */
    @WithDefault("PT5S")
    Duration patience();

    /** Most that wait for their turn; those above are answered at once with 503. */
    @WithDefault("64")
    int mostWaiting();
}
