package dev.devmentor.auth.audit;

import dev.devmentor.auth.secret.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The hashes of the chain. A change here makes all that was written before unreadable: there would have to be a second form. */
final class AuditChain {
    static final int HASH_BYTES = 32;

    private static final String FORM = "devmentor.audit.1";

    private AuditChain() {}

    /** Before the first entry. */
    static byte[] beginning() {
        return new byte[HASH_BYTES];
    }

    /** SHA-256 over the hash before, the number, and everything of the entry, the personal parts as their seals. */
    static byte[] hash(byte[] before, long seq, long atUs, String action, AuditPart... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(FORM);
            out.write(before);
            out.writeLong(seq);
            out.writeLong(atUs);
            byte[] text = action.getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
            for (AuditPart part : parts) {
                byte[] seal = part.seal();
                out.writeBoolean(seal != null);
                if (seal != null) {
                    out.write(seal);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Secrets.sha256(bytes.toByteArray());
    }

    /** HMAC of the end of the chain. */
    static byte[] headSeal(byte[] key, long seq, byte[] hash) {
        return Secrets.mac(
                key,
                (FORM + ".head:" + seq + ":" + java.util.HexFormat.of().formatHex(hash))
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
