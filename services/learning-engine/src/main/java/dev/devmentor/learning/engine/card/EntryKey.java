package dev.devmentor.learning.engine.card;

/**
 * The place of an entry in the order in which a card is folded: event time, then source, then id. Strings compare by
 * the bytes of their UTF-8 form, which is the order of PostgreSQL's collation "C".
 *
 * @param atMicros event time, microseconds since 1970-01-01T00:00Z
 * @param source the source of the event
 * @param id the id of the event, unique within its source
 */
public record EntryKey(long atMicros, String source, String id) implements Comparable<EntryKey> {

    @Override
    public int compareTo(EntryKey other) {
        return compare(atMicros, source, id, other.atMicros, other.source, other.id);
    }

    static int compare(long at, String source, String id, long otherAt, String otherSource, String otherId) {
        int byTime = Long.compare(at, otherAt);
        if (byTime != 0) {
            return byTime;
        }
        int bySource = compareUtf8(source, otherSource);
        return bySource != 0 ? bySource : compareUtf8(id, otherId);
    }

    /** The order of the UTF-8 bytes, which is that of the code points, without encoding anything. */
    static int compareUtf8(String left, String right) {
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
