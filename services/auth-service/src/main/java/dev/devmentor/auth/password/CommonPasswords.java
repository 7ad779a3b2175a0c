package dev.devmentor.auth.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Passwords that many people have, from breaches: some 49 000, in lower case, sorted; and phrases that everybody knows, without what stands
 * between their words, for the list of breaches has mostly short ones. Half a megabyte in memory.
 */
final class CommonPasswords {
    private final byte[] text;
    private final int[] starts;

    private final Set<String> phrases;

    private CommonPasswords(byte[] text, Set<String> phrases) {
        this.text = text;
        this.phrases = phrases;
        int lines = 0;
        for (byte b : text) {
            lines += b == '\n' ? 1 : 0;
        }
        this.starts = new int[lines + 1];
        int line = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                starts[++line] = i + 1;
            }
        }
    }

    static CommonPasswords bundled() {
        try (InputStream packed = CommonPasswords.class.getResourceAsStream("/passwords/common.txt.gz");
                InputStream phrases = CommonPasswords.class.getResourceAsStream("/passwords/phrases.txt")) {
            if (packed == null || phrases == null) {
                throw new IllegalStateException("the list of common passwords is not in the program");
            }
            try (InputStream plain = new GZIPInputStream(packed)) {
                return new CommonPasswords(
                        plain.readAllBytes(),
                        Set.of(new String(phrases.readAllBytes(), StandardCharsets.UTF_8)
                                .strip()
                                .split("\n")));
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    int size() {
        return starts.length - 1;
    }

    boolean contains(String word) {
        if (phrases.contains(word)) {
            return true;
        }
        byte[] wanted = word.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, wanted);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private int compare(int line, byte[] wanted) {
        return java.util.Arrays.compareUnsigned(text, starts[line], starts[line + 1] - 1, wanted, 0, wanted.length);
    }
}
