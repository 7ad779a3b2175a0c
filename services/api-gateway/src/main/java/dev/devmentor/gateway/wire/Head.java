package dev.devmentor.gateway.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * The head of one message of HTTP/1.1 (RFC 9112), read from octets. One object reads head after head: what it says holds until the
 * next is read. Not thread-safe: there is one for each event loop.
 *
 * <p>Stricter than the RFC where leniency has let others be deceived: no bare line feeds, no folded lines, no repeated or combined
 * lengths, no transfer coding but {@code chunked}.
 */
public final class Head {
    /** What {@link #contentLength} is where none was sent. */
    public static final long NONE = -1;

    private final int maxBytes;
    private final int maxFields;
    private final byte[] octets;
    private final int[] nameStart;
    private final int[] nameEnd;
    private final int[] valueStart;
    private final int[] valueEnd;

    private int count;
    private int end;
    private long contentLength;
    private boolean chunked;
    private boolean hasHost;
    private int connection;

    // of a request
    private int methodEnd;
    private int targetStart;
    private int targetEnd;
    // of an answer
    private int status;
    private boolean http10;

    /**
     * @param maxBytes of a head, all lines and the empty one
     * @param maxFields most lines of fields
     */
    public Head(int maxBytes, int maxFields) {
        this.maxBytes = maxBytes;
        this.maxFields = maxFields;
        octets = new byte[maxBytes];
        nameStart = new int[maxFields];
        nameEnd = new int[maxFields];
        valueStart = new int[maxFields];
        valueEnd = new int[maxFields];
    }

    /**
     * Looks for the end of a head and, if it is there, takes its octets out of the buffer.
     *
     * @param seen octets that an earlier look has been through already
     * @return the length of the head; or, if there is no end yet, minus the number of octets that were looked at (0: none)
     * @throws Malformed 431 if there is more than a head may have, 400 on a line feed without carriage return
     */
    public int take(ByteBuf in, int seen) throws Malformed {
        int readable = Math.min(in.readableBytes(), maxBytes);
        int from = Math.max(0, seen - 3);
        in.getBytes(in.readerIndex() + from, octets, from, readable - from);
        byte[] o = octets;
        for (int i = Math.max(seen, 0); i < readable; i++) {
            if (o[i] == '\n') {
                if (i == from && from > 0 || i == 0 || o[i - 1] != '\r') {
                    throw Malformed.bad("a line does not end with CR LF");
                }
                if (i >= 3 && o[i - 2] == '\n' || i == 1) {
                    int length = i + 1;
                    if (from > 0) {
                        in.getBytes(in.readerIndex(), o, 0, from);
                    }
                    in.skipBytes(length);
                    end = length;
                    return length;
                }
            }
        }
        if (readable == maxBytes) {
            throw new Malformed(431, "the head is larger than " + maxBytes + " bytes");
        }
        return -readable;
    }

    /** Reads what {@link #take} took as the head of a request. */
    public void request(int maxTarget) throws Malformed {
        begin();
        byte[] o = octets;
        int i = 0;
        while (Octets.isToken(o[i])) {
            i++;
        }
        if (i == 0 || o[i] != ' ') {
            throw Malformed.bad("the request line does not begin with a method and one blank");
        }
        methodEnd = i;
        targetStart = ++i;
        while (Octets.isTarget(o[i])) {
            i++;
        }
        targetEnd = i;
        if (targetEnd - targetStart > maxTarget) {
            throw new Malformed(414, "the URI is longer than " + maxTarget + " bytes");
        }
        if (i == targetStart || o[i] != ' ') {
            throw Malformed.bad("the URI is missing, or has a character that must be encoded");
        }
        i = version(i + 1);
        if (o[i] != '\r' || o[i + 1] != '\n') {
            throw Malformed.bad("the request line has more than method, URI and version");
        }
        fields(i + 2);
        if (!hasHost) {
            throw Malformed.bad("Host is missing");
        }
        if (chunked && http10) {
            throw Malformed.bad("Transfer-Encoding has no place in HTTP/1.0");
        }
    }

    /** Reads what {@link #take} took as the head of an answer. */
    public void answer() throws Malformed {
        begin();
        byte[] o = octets;
        int i = version(0);
        if (end < i + 6 || o[i] != ' ') {
            throw Malformed.bad("the status line has no status");
        }
        status = 0;
        for (int k = i + 1; k <= i + 3; k++) {
            if (o[k] < '0' || o[k] > '9') {
                throw Malformed.bad("the status is no number of three digits");
            }
            status = status * 10 + (o[k] - '0');
        }
        if (status < 100 || status > 599) {
            throw Malformed.bad("the status is none");
        }
        i += 4;
        if (o[i] == ' ') {
            while (Octets.isValue(o[i])) {
                i++;
            }
        }
        if (o[i] != '\r' || o[i + 1] != '\n') {
            throw Malformed.bad("the status line has something that does not belong there");
        }
        fields(i + 2);
        if (chunked && http10) {
            throw Malformed.bad("Transfer-Encoding has no place in HTTP/1.0");
        }
    }

    /** Reads what {@link #take} took as trailing fields: they are checked. */
    public void trailers() throws Malformed {
        begin();
        if (end == 2) {
            return;
        }
        fields(0);
        if (contentLength != NONE || chunked || hasHost) {
            throw Malformed.bad("a field that belongs in a head stands behind the body");
        }
    }

    private void begin() {
        count = 0;
        contentLength = NONE;
        chunked = false;
        hasHost = false;
        connection = 0;
        http10 = false;
    }

    private int version(int i) throws Malformed {
        byte[] o = octets;
        if (end < i + 10
                || o[i] != 'H'
                || o[i + 1] != 'T'
                || o[i + 2] != 'T'
                || o[i + 3] != 'P'
                || o[i + 4] != '/'
                || o[i + 5] < '0'
                || o[i + 5] > '9'
                || o[i + 6] != '.'
                || o[i + 7] < '0'
                || o[i + 7] > '9') {
            throw Malformed.bad("the version is none of HTTP");
        }
        if (o[i + 5] != '1' || o[i + 7] > '1') {
            throw new Malformed(505, "only HTTP/1.0 and HTTP/1.1 are spoken in this form");
        }
        http10 = o[i + 7] == '0';
        return i + 8;
    }

    private void fields(int start) throws Malformed {
        byte[] o = octets;
        int i = start;
        int last = end - 2;
        while (i < last) {
            if (count == maxFields) {
                throw new Malformed(431, "there are more than " + maxFields + " fields");
            }
            int name = i;
            while (Octets.isToken(o[i])) {
                i++;
            }
            if (i == name || o[i] != ':') {
                throw Malformed.bad("a field's name is empty, has a character that is not allowed, or no colon");
            }
            int nameStop = i++;
            while (o[i] == ' ' || o[i] == '\t') {
                i++;
            }
            int value = i;
            while (Octets.isValue(o[i])) {
                i++;
            }
            if (o[i] != '\r' || o[i + 1] != '\n') {
                throw Malformed.bad("a field's value has a character that is not allowed");
            }
            int valueStop = i;
            while (valueStop > value && (o[valueStop - 1] == ' ' || o[valueStop - 1] == '\t')) {
                valueStop--;
            }
            nameStart[count] = name;
            nameEnd[count] = nameStop;
            valueStart[count] = value;
            valueEnd[count] = valueStop;
            framing(name, nameStop, value, valueStop);
            count++;
            i += 2;
        }
        if (contentLength != NONE && chunked) {
            throw Malformed.bad("there are both Content-Length and Transfer-Encoding");
        }
    }

    private void framing(int name, int nameStop, int value, int valueStop) throws Malformed {
        switch (nameStop - name) {
            case 4 -> {
                if (is(name, "host")) {
                    if (hasHost) {
                        throw Malformed.bad("Host is there twice");
                    }
                    hasHost = true;
                    checkHost(value, valueStop);
                }
            }
            case 10 -> {
                if (is(name, "connection")) {
                    connection++;
                }
            }
            case 14 -> {
                if (is(name, "content-length")) {
                    if (contentLength != NONE) {
                        throw Malformed.bad("Content-Length is there twice");
                    }
                    contentLength = length(value, valueStop);
                }
            }
            case 17 -> {
                if (is(name, "transfer-encoding")) {
                    if (chunked) {
                        throw Malformed.bad("Transfer-Encoding is there twice");
                    }
                    if (valueStop - value != 7 || !is(value, "chunked")) {
                        throw new Malformed(400, "Transfer-Encoding is not chunked");
                    }
                    chunked = true;
                }
            }
            default -> {}
        }
    }

    private void checkHost(int from, int to) throws Malformed {
        for (int i = from; i < to; i++) {
            byte c = octets[i];
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && c != '.' && c != '-' && c != '_' && c != ':' && c != '[' && c != ']') {
                throw Malformed.bad("Host is no name or address");
            }
        }
        if (to == from || to - from > 255) {
            throw Malformed.bad("Host is empty or too long");
        }
    }

    private long length(int from, int to) throws Malformed {
        if (to == from || to - from > 18) {
            throw Malformed.bad("Content-Length is no number");
        }
        long length = 0;
        for (int i = from; i < to; i++) {
            int digit = octets[i] - '0';
            if (digit < 0 || digit > 9) {
                throw Malformed.bad("Content-Length is no number");
            }
            length = length * 10 + digit;
        }
        return length;
    }

    private boolean is(int from, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            byte c = octets[from + i];
            if (c >= 'A' && c <= 'Z') {
                c |= 0x20;
            }
            if (c != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Number of fields. */
    public int count() {
        return count;
    }

    /** The name of a field, in lower case; always the same object for a usual one. */
    public AsciiString name(int field) {
        return FieldNames.of(octets, nameStart[field], nameEnd[field]);
    }

    /** The value of a field without blanks around it; a copy. */
    public AsciiString value(int field) {
        return new AsciiString(Arrays.copyOfRange(octets, valueStart[field], valueEnd[field]), false);
    }

    /** The length that the head says, or {@link #NONE}. */
    public long contentLength() {
        return contentLength;
    }

    /** Whether the body comes in chunks. */
    public boolean isChunked() {
        return chunked;
    }

    /** Whether there is a field {@code Connection}. */
    public boolean hasConnection() {
        return connection > 0;
    }

    /** Whether a field {@code Connection} names an option, which is in lower case. */
    public boolean connectionNames(String option) {
        if (connection == 0) {
            return false;
        }
        for (int field = 0; field < count; field++) {
            if (nameEnd[field] - nameStart[field] == 10 && is(nameStart[field], "connection") && names(field, option)) {
                return true;
            }
        }
        return false;
    }

    private boolean names(int field, String option) {
        int i = valueStart[field];
        int stop = valueEnd[field];
        while (i < stop) {
            int comma = i;
            while (comma < stop && octets[comma] != ',') {
                comma++;
            }
            int from = i;
            int to = comma;
            while (from < to && (octets[from] == ' ' || octets[from] == '\t')) {
                from++;
            }
            while (to > from && (octets[to - 1] == ' ' || octets[to - 1] == '\t')) {
                to--;
            }
            if (to - from == option.length() && is(from, option)) {
                return true;
            }
            i = comma + 1;
        }
        return false;
    }

    /** The method of a request, as it was written. */
    public AsciiString method() {
        return new AsciiString(octets, 0, methodEnd, true);
    }

    /** Whether it is this method. */
    public boolean isMethod(AsciiString method) {
        return method.length() == methodEnd
                && Arrays.equals(
                        method.array(), method.arrayOffset(), method.arrayOffset() + methodEnd, octets, 0, methodEnd);
    }

    /** The target of a request, as it was written. */
    @SuppressWarnings("deprecation") // the quick way for octets that are known to be ASCII
    public String target() {
        return new String(octets, 0, targetStart, targetEnd - targetStart);
    }

    /** Whether the other end speaks HTTP/1.0. */
    public boolean isHttp10() {
        return http10;
    }

    /** The status of an answer. */
    public int status() {
        return status;
    }
}
