package dev.devmentor.cli.patterns;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** Lengths, ages and names of things, as they are shown and stored. */
final class Texts {
    private Texts() {}

    /** How many columns a terminal needs for it; marks that stand over others need none, wide characters two. */
    static int width(String text) {
        return text.codePoints().map(Texts::columns).sum();
    }

    private static int columns(int c) {
        if (c < 0x20 || c == 0x7f) {
            return 0;
        }
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = c >= 0x1100 && c <= 0x115f
                || c >= 0x2e80 && c <= 0xa4cf
                || c >= 0xac00 && c <= 0xd7a3
                || c >= 0xf900 && c <= 0xfaff
                || c >= 0xfe30 && c <= 0xfe6f
                || c >= 0xff00 && c <= 0xff60
                || c >= 0xffe0 && c <= 0xffe6
                || c >= 0x1f300 && c <= 0x1f64f
                || c >= 0x1f900 && c <= 0x1f9ff
                || c >= 0x20000 && c <= 0x3fffd;
        return wide ? 2 : 1;
    }

    /** At most so many columns; what is too long loses its middle, since both ends of a line say more. */
    static String cutMiddle(String text, int columns, String ellipsis) {
        if (width(text) <= columns) {
            return text;
        }
        int room = Math.max(0, columns - width(ellipsis));
        int left = (room * 3 + 4) / 5;
        String head = head(text, left);
        return head + ellipsis + tail(text, room - width(head));
    }

    private static String head(String text, int columns) {
        int used = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            used += columns(c);
            if (used > columns) {
                break;
            }
            i += Character.charCount(c);
        }
        return text.substring(0, i);
    }

    private static String tail(String text, int columns) {
        int used = 0;
        int i = text.length();
        while (i > 0) {
            int c = text.codePointBefore(i);
            used += columns(c);
            if (used > columns) {
                break;
            }
            i -= Character.charCount(c);
        }
        return text.substring(i);
    }

    /** At most so many characters; never half of a surrogate pair. */
    static String cutEnd(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
        return text.substring(0, end);
    }

    /** The beginning and the end of a long text: a stack trace says at its end what caused it. */
    static String cutInside(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int tail = characters / 4;
        int from = text.length() - tail;
        if (Character.isLowSurrogate(text.charAt(from))) {
            from++;
        }
        return cutEnd(text, characters - tail - 5) + "\n...\n" + text.substring(from);
    }

    /** {@code just now}, {@code 2 min ago}, {@code 3 h ago}, {@code yesterday}, {@code 12 days ago}. */
    static String ago(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.toSeconds() < 5) {
            return "just now";
        }
        if (age.toSeconds() < 60) {
            return age.toSeconds() + " s ago";
        }
        if (age.toMinutes() < 60) {
            return age.toMinutes() + " min ago";
        }
        if (age.toHours() < 24) {
            return age.toHours() + " h ago";
        }
        return age.toDays() == 1 ? "yesterday" : age.toDays() + " days ago";
    }

    /** {@code 1 time}, {@code 3 times}. */
    static String times(long n) {
        return of(n, "time");
    }

    /** {@code 1 file}, {@code 3 files}. */
    static String of(long n, String thing) {
        return n + " " + thing + (n == 1 ? "" : "s");
    }

    /** The first 16 hexadecimal digits of SHA-256 over the parts. */
    static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
