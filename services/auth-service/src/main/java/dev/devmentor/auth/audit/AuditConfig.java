package dev.devmentor.auth.audit;

import io.smallrye.config.ConfigMapping;

/** Settings of the log. */
@ConfigMapping(prefix = "devmentor.auth.audit")
interface AuditConfig {
    /**
     * At least 32 bytes in hex, the same for all instances, and nowhere in the database: it seals the end of the chain. With
     * another one the log goes on, and says that its head differs.
     */
    String key();
}
