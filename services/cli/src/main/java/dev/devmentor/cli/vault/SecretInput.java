package dev.devmentor.cli.vault;

import dev.devmentor.cli.terminal.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret out of a file or the rest of standard input. */
final class SecretInput {
    /** What an entry may hold of it, with some room for the rest (docs/zero-knowledge.md: 65508 bytes in all). */
    private static final int LONGEST = 60_000;

    private SecretInput() {}

    /** The text of a file, {@code -} for standard input; without the line break at its end, which editors add. */
    static String read(String file) throws IOException {
        byte[] bytes;
        if (file.equals("-")) {
            bytes = System.in.readNBytes(LONGEST + 1);
        } else {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                bytes = in.readNBytes(LONGEST + 1);
            } catch (IOException e) {
                throw new Failed("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return text(bytes, file.equals("-") ? "standard input" : file);
    }

    static String text(byte[] bytes, String name) {
        if (bytes.length > LONGEST) {
            throw new Failed(name + " is too long for an entry: at most " + LONGEST + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw new Failed(name + " is no text; a vault keeps text (base64 makes text of it)", e);
        }
    }
}
