package dev.devmentor.auth.secret;

import io.smallrye.config.ConfigMapping;

/** The secret that everything is derived from which only this service can make. */
@ConfigMapping(prefix = "devmentor.auth.secret")
interface SecretConfig {
    /**
     * At least 32 bytes in hex, the same for all instances. With another one, queued mails, device cookies, stored GitHub tokens
     * and the secrets of second factors are lost; nobody is logged out, and recovery codes still let in.
     */
    String key();
}
