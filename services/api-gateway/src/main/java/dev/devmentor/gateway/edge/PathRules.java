package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What a path may look like. Whatever two programs read differently is refused, not mended: otherwise the route that the gateway
 * chose would not be the place that the service goes to.
 */
final class PathRules {
    private PathRules() {}

    /**
     * What is wrong with the target of a request, {@code /path?query}.
     *
     * @return null if nothing
     */
    static @Nullable String fault(String target) {
        int length = target.length();
        if (length == 0 || target.charAt(0) != '/') {
            return "the path does not begin with a slash";
        }
        int segment = 1;
        int i = 1;
        for (; i < length; i++) {
            char c = target.charAt(i);
            if (c == '?') {
                break;
            }
            if (c == '/') {
                String fault = segmentFault(target, segment, i);
                if (fault != null) {
                    return fault;
                }
                if (i == segment) {
                    return "the path has an empty segment";
                }
                segment = i + 1;
            } else if (c == '%') {
                int value = octet(target, i);
                if (value < 0) {
                    return "a percent sign does not begin an encoded octet";
                }
                if (value < 0x20 || value == 0x7f || value == '/' || value == '\\' || value == '.' || value == ';') {
                    return "the path has an encoded octet that must not be encoded there";
                }
                int octets = value < 0x80 ? 1 : utf8(target, i, value);
                if (octets < 0) {
                    return "the path has an encoded octet that is none of UTF-8";
                }
                i += 3 * octets - 1;
            } else if (c == ';' || c == '#' || !Octets.isTarget(c)) {
                return "the path has a character that is not allowed";
            }
        }
        String fault = segmentFault(target, segment, i);
        if (fault != null) {
            return fault;
        }
        for (; i < length; i++) {
            char c = target.charAt(i);
            if (c == '%') {
                if (octet(target, i) < 0) {
                    return "a percent sign does not begin an encoded octet";
                }
                i += 2;
            } else if (c == '#' || !Octets.isTarget(c)) {
                return "the query has a character that is not allowed";
            }
        }
        return null;
    }

    private static @Nullable String segmentFault(String target, int from, int to) {
        int length = to - from;
        if (length == 1 && target.charAt(from) == '.'
                || length == 2 && target.charAt(from) == '.' && target.charAt(from + 1) == '.') {
            return "the path has a dot segment";
        }
        return null;
    }

    /** How many encoded octets make up the character that begins here (RFC 3629 section 4); -1 if they don't. */
    private static int utf8(String target, int percent, int first) {
        int length = first < 0xc2 ? -1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : -1;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        for (int i = 1; i < length; i++) {
            int at = percent + 3 * i;
            int octet = at < target.length() && target.charAt(at) == '%' ? octet(target, at) : -1;
            if (octet < least || octet > most) {
                return -1;
            }
            least = 0x80;
            most = 0xbf;
        }
        return length;
    }

    private static int octet(String target, int percent) {
        if (percent + 2 >= target.length()) {
            return -1;
        }
        int high = Octets.hex(target.charAt(percent + 1));
        int low = Octets.hex(target.charAt(percent + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
