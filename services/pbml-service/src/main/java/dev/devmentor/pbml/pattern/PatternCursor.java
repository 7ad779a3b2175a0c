package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.http.PageCursor;
import dev.devmentor.kit.problem.ProblemException;
import java.util.Comparator;

/**
 * A place in a list: everything before it was shown.
 *
 * @param value by which the list is ordered
 */
record PatternCursor(PatternSort sort, double value, String id, PatternScope scope, String scopeId)
        implements Comparable<PatternCursor> {
    private static final int PARTS = 5;
    private static final int LONGEST = 512;
    private static final Comparator<PatternCursor> ORDER = Comparator.comparingDouble(PatternCursor::value)
            .reversed()
            .thenComparing(PatternCursor::id)
            .thenComparing(PatternCursor::scope)
            .thenComparing(PatternCursor::scopeId);

    static PatternCursor of(PatternSort sort, ScopedPattern scoped) {
        return new PatternCursor(
                sort, sort.value(scoped.pattern()), scoped.pattern().id(), scoped.scope(), scoped.scopeId());
    }

    @Override
    public int compareTo(PatternCursor other) {
        return ORDER.compare(this, other);
    }

    /** Whether of patterns with this value and id those of a source come behind this place. */
    boolean isBefore(PatternSource source) {
        int byScope = scope.compareTo(source.scope());
        return byScope != 0 ? byScope < 0 : scopeId.compareTo(source.scopeId()) < 0;
    }

    String encode() {
        return PageCursor.encode(sort.ordinal(), Double.doubleToLongBits(value), id, scope.ordinal(), scopeId);
    }

    /** @throws ProblemException 400 if no list of this order gave it */
    static PatternCursor decode(String text, PatternSort sort) {
        if (text.length() > LONGEST) {
            throw ProblemException.invalid("'cursor' is not one that this list gave");
        }
        return PageCursor.decode(text, PARTS, parts -> {
            double value = Double.longBitsToDouble(Long.parseLong(parts[1]));
            int scope = Integer.parseInt(parts[3]);
            boolean known = Integer.parseInt(parts[0]) == sort.ordinal()
                    && Double.isFinite(value)
                    && scope >= 0
                    && scope < PatternScope.values().length
                    && parts[2].indexOf('\0') < 0
                    && parts[4].indexOf('\0') < 0;
            if (!known) {
                throw new IllegalArgumentException("another list's");
            }
            return new PatternCursor(sort, value, parts[2], PatternScope.values()[scope], parts[4]);
        });
    }
}
