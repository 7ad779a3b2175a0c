package dev.devmentor.auth.vault;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much a vault holds. */
@ConfigMapping(prefix = "devmentor.auth.vault")
interface VaultConfig {
    /** Most entries of one person. */
    @WithDefault("10000")
    int mostEntries();

    /** Most bytes of ciphertext of one person. */
    @WithDefault("64M")
    MemorySize mostBytes();

    /** Most people that one entry is shared with. */
    @WithDefault("50")
    int mostShares();

    /** Most shares that wait for one person to accept them. */
    @WithDefault("200")
    int mostOffers();

    /** So often one person may ask for other people's keys within an hour. */
    @WithDefault("60")
    int lookupsPerHour();
}
