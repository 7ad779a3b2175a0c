package dev.devmentor.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object as UTF-8. */
final class JsonOutput {
    private static final int KEPT = 16 * 1024;

    private byte[] out = new byte[384];
    private int at;
    private boolean first = true;

    JsonOutput() {
        out[at++] = '{';
    }

    /** Begins anew; a buffer that grew for a long text is not kept. */
    void reset() {
        if (out.length > KEPT) {
            out = new byte[384];
        }
        at = 0;
        first = true;
        out[at++] = '{';
    }

    /** The object as a text. */
    String finishText() {
        room(1);
        out[at++] = '}';
        return new String(out, 0, at, StandardCharsets.UTF_8);
    }

    byte[] finish() {
        room(1);
        out[at++] = '}';
        return Arrays.copyOf(out, at);
    }

    void string(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            quote(value);
        }
    }

    void wire(String name, @Nullable WireName value) {
        if (value != null) {
            string(name, value.wire());
        }
    }

    void bool(String name, boolean value) {
        name(name);
        ascii(value ? "true" : "false");
    }

    void integer(String name, long value) {
        name(name);
        ascii(value);
    }

    void integer(String name, @Nullable Integer value) {
        if (value != null) {
            integer(name, value.longValue());
        }
    }

    void number(String name, @Nullable Double value) {
        if (value == null) {
            return;
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is not finite");
        }
        name(name);
        ascii(Double.toString(value));
    }

    void instant(String name, @Nullable Instant value) {
        if (value != null) {
            name(name);
            room(30);
            out[at++] = '"';
            at = Rfc3339.write(out, at, value.getEpochSecond(), value.getNano() / 1000);
            out[at++] = '"';
        }
    }

    /** Leaves an empty list out. */
    void strings(String name, List<String> values) {
        if (!values.isEmpty()) {
            requiredStrings(name, values);
        }
    }

    void requiredStrings(String name, List<String> values) {
        name(name);
        room(2);
        out[at++] = '[';
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                room(1);
                out[at++] = ',';
            }
            quote(values.get(i));
        }
        room(1);
        out[at++] = ']';
    }

    /** Leaves an empty list out. */
    void integers(String name, List<Integer> values) {
        if (values.isEmpty()) {
            return;
        }
        name(name);
        for (int i = 0; i < values.size(); i++) {
            room(1);
            out[at++] = (byte) (i == 0 ? '[' : ',');
            ascii(values.get(i).longValue());
        }
        room(1);
        out[at++] = ']';
    }

    /** Leaves an empty list out. {@code members} writes the members of one object. */
    <V> void objects(String name, List<V> values, BiConsumer<JsonOutput, V> members) {
        if (values.isEmpty()) {
            return;
        }
        name(name);
        boolean outer = first;
        for (int i = 0; i < values.size(); i++) {
            room(2);
            out[at++] = (byte) (i == 0 ? '[' : ',');
            out[at++] = '{';
            first = true;
            members.accept(this, values.get(i));
            room(1);
            out[at++] = '}';
        }
        first = outer;
        room(1);
        out[at++] = ']';
    }

    void counts(String name, Map<String, Long> counts) {
        name(name);
        room(1);
        out[at++] = '{';
        boolean outer = first;
        first = true;
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            integer(count.getKey(), count.getValue().longValue());
        }
        first = outer;
        room(1);
        out[at++] = '}';
    }

    /** A value that is JSON already. */
    void json(String name, byte[] value) {
        name(name);
        room(value.length);
        System.arraycopy(value, 0, out, at, value.length);
        at += value.length;
    }

    /** The members of a JSON object beside those that were written. */
    void extra(@Nullable String object) {
        if (object == null || object.length() <= 2) {
            return;
        }
        byte[] members = object.substring(1, object.length() - 1).getBytes(StandardCharsets.UTF_8);
        room(members.length + 1);
        if (!first) {
            out[at++] = ',';
        }
        first = false;
        System.arraycopy(members, 0, out, at, members.length);
        at += members.length;
    }

    private void name(String name) {
        room(1);
        if (!first) {
            out[at++] = ',';
        }
        first = false;
        quote(name);
        room(1);
        out[at++] = ':';
    }

    private void quote(String text) {
        int length = text.length();
        // Room for a text that stands for itself, as nearly all do; what does not asks for more when it comes.
        room(length + 2);
        out[at++] = '"';
        int i = plain(text, 0);
        while (i < length) {
            // At most six bytes for this character (an escape), one for each behind it, and the quote.
            room(length - i + 6);
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += wide(text, i, c);
            } else if (c == '"' || c == '\\') {
                out[at++] = '\\';
                out[at++] = (byte) c;
            } else {
                escape(c);
            }
            i = plain(text, i + 1);
        }
        out[at++] = '"';
    }

    /** Writes what stands for itself, for which there is room, and returns where that ends. */
    private int plain(String text, int from) {
        byte[] to = out;
        int next = at;
        int i = from;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
                break;
            }
            to[next++] = (byte) c;
        }
        at = next;
        return i;
    }

    /** Returns how many further chars were taken. */
    private int wide(String text, int index, char c) {
        if (c < 0x800) {
            out[at++] = (byte) (0xC0 | c >> 6);
            out[at++] = (byte) (0x80 | c & 0x3F);
            return 0;
        }
        if (!Character.isSurrogate(c)) {
            out[at++] = (byte) (0xE0 | c >> 12);
            out[at++] = (byte) (0x80 | c >> 6 & 0x3F);
            out[at++] = (byte) (0x80 | c & 0x3F);
            return 0;
        }
        if (!Character.isHighSurrogate(c)
                || index + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(index + 1))) {
            throw new IllegalArgumentException("an unpaired surrogate has no UTF-8 form");
        }
        int point = Character.toCodePoint(c, text.charAt(index + 1));
        out[at++] = (byte) (0xF0 | point >> 18);
        out[at++] = (byte) (0x80 | point >> 12 & 0x3F);
        out[at++] = (byte) (0x80 | point >> 6 & 0x3F);
        out[at++] = (byte) (0x80 | point & 0x3F);
        return 1;
    }

    private void escape(char c) {
        ascii("\\u00");
        out[at++] = (byte) Character.forDigit(c >> 4, 16);
        out[at++] = (byte) Character.forDigit(c & 0xF, 16);
    }

    private void ascii(String text) {
        room(text.length() + 2);
        for (int i = 0; i < text.length(); i++) {
            out[at++] = (byte) text.charAt(i);
        }
    }

    private void ascii(long number) {
        if (number < 0) {
            ascii(Long.toString(number));
            return;
        }
        room(20);
        int width = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            width++;
        }
        long rest = number;
        for (int i = at + width - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at += width;
    }

    private void room(int bytes) {
        if (at + bytes > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, at + bytes));
        }
    }
}
