package dev.devmentor.auth.secret;

/** Secrets without a service. */
public final class SecretsForTests {
    private SecretsForTests() {}

    public static Secrets secrets() {
        return new Secrets(() -> "00".repeat(32));
    }
}
