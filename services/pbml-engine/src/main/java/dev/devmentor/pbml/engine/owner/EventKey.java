package dev.devmentor.pbml.engine.owner;

/**
 * The place of an observation in its owner's log, which is folded in this order.
 *
 * @param atMicros when it happened, microseconds since 1970-01-01T00:00Z
 * @param source of its event; texts are compared by their code points, as PostgreSQL does with the collation C
 * @param id among the events of its source
 */
public record EventKey(long atMicros, String source, String id) implements Comparable<EventKey> {

    /** Before everything. */
    public static final EventKey NONE = new EventKey(Long.MIN_VALUE, "", "");

    @Override
    public int compareTo(EventKey other) {
        int byTime = Long.compare(atMicros, other.atMicros);
        if (byTime != 0) {
            return byTime;
        }
        int bySource = compare(source, other.source);
        return bySource != 0 ? bySource : compare(id, other.id);
    }

    /** The order of code points is that of UTF-8 bytes; that of {@link String#compareTo} is not, beyond U+FFFF. */
    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogateX = Character.isSurrogate(x);
                return surrogateX == Character.isSurrogate(y) ? Character.compare(x, y) : surrogateX ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
