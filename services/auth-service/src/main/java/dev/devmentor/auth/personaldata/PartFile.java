package dev.devmentor.auth.personaldata;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is written once, up to a size, and knows its digest. */
final class PartFile extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest;
    private final long most;
    private long bytes;

    PartFile(Path path, long most) throws IOException {
        this.out = new java.io.BufferedOutputStream(Files.newOutputStream(path), 64 * 1024);
        this.most = most;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** It would be larger than it may. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int from, int length) throws IOException {
        if (bytes + length > most) {
            throw new TooLarge();
        }
        out.write(buffer, from, length);
        digest.update(buffer, from, length);
        bytes += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    long bytes() {
        return bytes;
    }

    /** In hex; once, when everything is written. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
