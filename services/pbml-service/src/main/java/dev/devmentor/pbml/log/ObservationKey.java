package dev.devmentor.pbml.log;

/**
 * The place of an observation in the order in which its owner is folded: event time, then source, then id. Strings compare by
 * the bytes of their UTF-8 form, which is the order of PostgreSQL's collation "C".
 *
 * @param atMicros event time, microseconds since 1970-01-01T00:00Z
 * @param source the source of the event
 * @param eventId the id of the event, unique within its source
 */
public record ObservationKey(long atMicros, String source, String eventId) implements Comparable<ObservationKey> {

    @Override
    public int compareTo(ObservationKey other) {
        int byTime = Long.compare(atMicros, other.atMicros);
        if (byTime != 0) {
            return byTime;
        }
        int bySource = compareUtf8(source, other.source);
        return bySource != 0 ? bySource : compareUtf8(eventId, other.eventId);
    }

    /** The order of the UTF-8 bytes, which is that of the code points, without encoding anything. */
    private static int compareUtf8(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return rank(a) - rank(b);
            }
        }
        return left.length() - right.length();
    }

    /** Surrogates stand for code points above all that one char can hold: they go behind U+E000 to U+FFFF. */
    private static int rank(char c) {
        if (c < Character.MIN_SURROGATE) {
            return c;
        }
        return c > Character.MAX_SURROGATE ? c - 0x800 : c + 0x2000;
    }
}
