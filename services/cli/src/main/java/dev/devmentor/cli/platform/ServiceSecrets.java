package dev.devmentor.cli.platform;

/**
 * Names of the files below secrets/ that services are given the content of. Each is made when it is asked for first and stays
 * for as long as the data: what one of them encrypts or signs is worth nothing without it.
 */
final class ServiceSecrets {
    static final String ERASURE_KEY = "erasure.key";

    /** Of the command line, for the right to act as anybody. */
    static final String LAUNCHER = "auth-launcher.secret";

    /** Of the gateway as a client of the auth service. */
    static final String GATEWAY = "auth-gateway.secret";

    /** Encrypts the keys that sign tokens, where they lie in the database. */
    static final String KEY_ENCRYPTION = "auth-key-encryption.key";

    /** Chains the audit log. */
    static final String AUDIT = "auth-audit.key";

    /** Everything else that only the auth service can make is derived from it: queued mails, device cookies. */
    static final String DERIVATION = "auth-secret.key";

    static final String DEMO_PASSWORD = "demo.password";

    private ServiceSecrets() {}

    static String databasePassword(Home home, ServiceDefinition service) {
        return home.secret(service.name() + ".database-password", 24);
    }
}
