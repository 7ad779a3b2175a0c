package dev.devmentor.auth.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done or refused, for the log that is kept of it.
 *
 * @param action what, such as {@code login.succeeded}; one of those that docs/security.md lists
 * @param subject whose account, service account or client it concerns; null if there is none of that name
 * @param actor who did it, where that is not the subject
 * @param address from where, as the gateway or the socket says; null for where the request comes from that is being answered, and for nowhere
 *     where the service does it by itself
 * @param details short texts that help who investigates; never a secret, never a password, not even a wrong one
 */
public record AuditEntry(
        String action,
        @Nullable String subject,
        @Nullable String actor,
        @Nullable String address,
        Map<String, String> details) {
    public AuditEntry {
        details = Map.copyOf(details);
    }

    /** Done by the subject itself. */
    public static AuditEntry of(String action, @Nullable String subject, @Nullable String address) {
        return new AuditEntry(action, subject, null, address, Map.of());
    }

    /** The same with one more detail. */
    public AuditEntry with(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(details);
        more.put(name, value);
        return new AuditEntry(action, subject, actor, address, more);
    }

    /** The same, done by somebody else. */
    public AuditEntry by(String other) {
        return new AuditEntry(action, subject, other, address, details);
    }
}
