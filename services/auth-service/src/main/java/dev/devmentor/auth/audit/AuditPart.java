package dev.devmentor.auth.audit;

import dev.devmentor.auth.secret.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says of a person in one respect.
 *
 * @param value null if it says nothing, or if it was redacted
 * @param salt null likewise
 * @param seal HMAC-SHA-256 of the value under the salt; null if the entry says nothing
 * @param redactedBy the entry that tells of the erasure
 */
record AuditPart(
        @Nullable String value,
        byte @Nullable [] salt,
        byte @Nullable [] seal,
        @Nullable Long redactedBy) {
    /** The parts in the order in which they are hashed. */
    enum Name {
        SUBJECT,
        ACTOR,
        ORIGIN
    }

    static final AuditPart ABSENT = new AuditPart(null, null, null, null);

    static AuditPart sealed(Name name, String value, byte[] salt) {
        return new AuditPart(value, salt, sealOf(name, value, salt), null);
    }

    boolean isRedacted() {
        return seal != null && salt == null;
    }

    /** What is wrong with it by itself; null if nothing is. */
    @Nullable String flaw(Name name) {
        if (seal == null) {
            return value == null && salt == null && redactedBy == null ? null : "has a value without a seal";
        }
        if (salt == null) {
            return value == null && redactedBy != null ? null : "is neither there nor redacted";
        }
        if (value == null || redactedBy != null) {
            return "is neither there nor redacted";
        }
        return MessageDigest.isEqual(seal, sealOf(name, value, salt)) ? null : "is not what was recorded";
    }

    private static byte[] sealOf(Name name, String value, byte[] salt) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return Secrets.mac(
                salt,
                ByteBuffer.allocate(1 + text.length)
                        .put((byte) name.ordinal())
                        .put(text)
                        .array());
    }
}
