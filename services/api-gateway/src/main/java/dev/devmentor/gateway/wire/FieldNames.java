package dev.devmentor.gateway.wire;

import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** Names of fields that are seen all the time, each once in memory, so that most heads are read without making names. */
public final class FieldNames {
    public static final AsciiString CONNECTION = AsciiString.cached("connection");
    public static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    public static final AsciiString TRANSFER_ENCODING = AsciiString.cached("transfer-encoding");
    public static final AsciiString HOST = AsciiString.cached("host");
    public static final AsciiString UPGRADE = AsciiString.cached("upgrade");
    public static final AsciiString SERVER = AsciiString.cached("server");
    public static final AsciiString CACHE_CONTROL = AsciiString.cached("cache-control");

    private static final String[] KNOWN = {
        "accept",
        "accept-encoding",
        "accept-language",
        "accept-ranges",
        "access-control-allow-origin",
        "age",
        "allow",
        "access-control-request-headers",
        "access-control-request-method",
        "authorization",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-location",
        "content-range",
        "content-security-policy",
        "content-type",
        "cookie",
        "date",
        "dnt",
        "etag",
        "expect",
        "expires",
        "forwarded",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "keep-alive",
        "last-modified",
        "link",
        "location",
        "max-forwards",
        "origin",
        "pragma",
        "priority",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "range",
        "ratelimit",
        "ratelimit-policy",
        "referer",
        "referrer-policy",
        "retry-after",
        "sec-ch-ua",
        "sec-ch-ua-mobile",
        "sec-ch-ua-platform",
        "sec-fetch-dest",
        "sec-fetch-mode",
        "sec-fetch-site",
        "sec-fetch-user",
        "sec-websocket-accept",
        "sec-websocket-extensions",
        "sec-websocket-key",
        "sec-websocket-protocol",
        "sec-websocket-version",
        "set-cookie",
        "strict-transport-security",
        "te",
        "traceparent",
        "tracestate",
        "trailer",
        "upgrade-insecure-requests",
        "user-agent",
        "vary",
        "via",
        "warning",
        "www-authenticate",
        "x-api-key",
        "x-content-type-options",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-frame-options",
        "x-request-id"
    };

    private static final int MASK = 1023;
    private static final AsciiString[] TABLE = new AsciiString[MASK + 1];

    static {
        for (AsciiString name :
                new AsciiString[] {CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING, HOST, UPGRADE, SERVER, CACHE_CONTROL
                }) {
            insert(name);
        }
        for (String name : KNOWN) {
            insert(AsciiString.cached(name));
        }
    }

    private FieldNames() {}

    private static void insert(AsciiString name) {
        byte[] octets = name.array();
        int slot = hash(octets, name.arrayOffset(), name.arrayOffset() + name.length()) & MASK;
        while (TABLE[slot] != null) {
            slot = (slot + 1) & MASK;
        }
        TABLE[slot] = name;
    }

    private static int hash(byte[] octets, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + (octets[i] | 0x20);
        }
        return hash ^ hash >>> 10;
    }

    /** The name in lower case, from memory if it is known. */
    static AsciiString of(byte[] octets, int from, int to) {
        int slot = hash(octets, from, to) & MASK;
        AsciiString candidate = TABLE[slot];
        while (candidate != null) {
            if (isSame(candidate, octets, from, to)) {
                return candidate;
            }
            slot = (slot + 1) & MASK;
            candidate = TABLE[slot];
        }
        return new AsciiString(octets, from, to - from, true).toLowerCase();
    }

    /** A name of that memory; null if it is not there. */
    public static @Nullable AsciiString known(CharSequence name) {
        AsciiString found = of(name);
        return found.array() != null && isKnown(found) ? found : null;
    }

    /** The name in lower case, from memory if it is known. */
    public static AsciiString of(CharSequence name) {
        if (name instanceof AsciiString ascii && isKnown(ascii)) {
            return ascii;
        }
        byte[] octets = new byte[name.length()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) name.charAt(i);
        }
        return of(octets, 0, octets.length);
    }

    private static boolean isKnown(AsciiString name) {
        int slot = hash(name.array(), name.arrayOffset(), name.arrayOffset() + name.length()) & MASK;
        while (TABLE[slot] != null) {
            if (TABLE[slot] == name) {
                return true;
            }
            slot = (slot + 1) & MASK;
        }
        return false;
    }

    private static boolean isSame(AsciiString name, byte[] octets, int from, int to) {
        int length = to - from;
        if (name.length() != length) {
            return false;
        }
        byte[] other = name.array();
        int offset = name.arrayOffset();
        for (int i = 0; i < length; i++) {
            byte octet = octets[from + i];
            if (octet >= 'A' && octet <= 'Z') {
                octet |= 0x20;
            }
            if (other[offset + i] != octet) {
                return false;
            }
        }
        return true;
    }
}
