package dev.devmentor.kit.identity;

import java.util.Set;

/** Names of the platform's scopes (docs/auth.md). */
public final class PlatformScopes {
    public static final String LEARNING_READ = "learning:read";
    public static final String LEARNING_WRITE = "learning:write";
    public static final String PATTERNS_READ = "patterns:read";
    public static final String PATTERNS_WRITE = "patterns:write";
    /** Everything of a person's account. */
    public static final String ACCOUNT = "account";
    /** What operators do. */
    public static final String OPERATE = "operate";
    /** Of a service account that reads for its owner. */
    public static final String READ = "read";
    /** Of a service account that does for its owner whatever they could, but manage their account. */
    public static final String WRITE = "write";
    /** Of a service account that is a service of the platform, such as one that grants points. */
    public static final String SERVICE = "service";

    /** Every one. */
    public static final Set<String> ALL = Set.of(
            LEARNING_READ, LEARNING_WRITE, PATTERNS_READ, PATTERNS_WRITE, ACCOUNT, OPERATE, READ, WRITE, SERVICE);

    private PlatformScopes() {}
}
