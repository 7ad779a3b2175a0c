package dev.devmentor.gateway.identity;

import java.security.interfaces.RSAPublicKey;

/** A key of the issuer. Tokens that it verified are believed for as long as the issuer publishes it. */
final class SigningKey {
    private final String id;
    private final RSAPublicKey key;
    private volatile boolean isWithdrawn;

    SigningKey(String id, RSAPublicKey key) {
        this.id = id;
        this.key = key;
    }

    String id() {
        return id;
    }

    RSAPublicKey key() {
        return key;
    }

    /** Whether the issuer no longer publishes it. */
    boolean isWithdrawn() {
        return isWithdrawn;
    }

    void withdraw() {
        isWithdrawn = true;
    }
}
