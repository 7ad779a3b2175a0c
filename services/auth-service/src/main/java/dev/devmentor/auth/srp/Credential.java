package dev.devmentor.auth.srp;

import java.math.BigInteger;
import java.util.Base64;

/** A verifier and how the client makes the secret that belongs to it. */
record Credential(byte[] salt, int iterations, BigInteger verifier) {
    String saltText() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(salt);
    }
}
