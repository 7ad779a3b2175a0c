package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which patterns a list shows.
 *
 * @param kinds all if empty
 * @param sinceMicros last seen then or later, microseconds since 1970-01-01T00:00Z
 * @param untilMicros last seen before
 * @param text in the title, in lower case
 */
record PatternFilter(
        Set<PatternKind> kinds,
        Set<LifeState> states,
        @Nullable Double minConfidence,
        @Nullable Long sinceMicros,
        @Nullable Long untilMicros,
        @Nullable String repository,
        @Nullable String text) {
    private static final int LONGEST_REPOSITORY = 256;
    private static final int LONGEST_TEXT = 200;
    private static final Set<LifeState> PRESENT = EnumSet.of(LifeState.CANDIDATE, LifeState.ACTIVE, LifeState.STALE);

    /**
     * The filter of a query; what is null does not filter, but retired patterns are only shown if asked for.
     *
     * @param kinds with commas between
     * @param states with commas between
     * @throws ProblemException 400 if one of them can't be read
     */
    static PatternFilter parse(
            @Nullable String kinds,
            @Nullable String states,
            @Nullable String minConfidence,
            @Nullable String since,
            @Nullable String until,
            @Nullable String repository,
            @Nullable String text) {
        return new PatternFilter(
                kinds(kinds),
                states(states),
                minConfidence == null ? null : confidence(minConfidence),
                since == null ? null : micros("since", since),
                until == null ? null : micros("until", until),
                repository == null ? null : limited("repository", repository, LONGEST_REPOSITORY),
                text == null ? null : limited("text", text, LONGEST_TEXT).toLowerCase(Locale.ROOT));
    }

    private static Set<PatternKind> kinds(@Nullable String text) {
        Set<PatternKind> kinds = EnumSet.noneOf(PatternKind.class);
        if (text != null) {
            for (String name : text.split(",", -1)) {
                kinds.add(kind(name));
            }
        }
        return kinds;
    }

    private static PatternKind kind(String name) {
        for (PatternKind kind : PatternKind.values()) {
            if (kind.wireName().equals(name)) {
                return kind;
            }
        }
        throw ProblemException.invalid(
                "'kind' is one or more, with commas between, of template, error, sequence, related-files, mistake,"
                        + " confusion, rhythm");
    }

    private static Set<LifeState> states(@Nullable String text) {
        if (text == null) {
            return PRESENT;
        }
        Set<LifeState> states = EnumSet.noneOf(LifeState.class);
        for (String name : text.split(",", -1)) {
            states.add(
                    switch (name) {
                        case "candidate" -> LifeState.CANDIDATE;
                        case "active" -> LifeState.ACTIVE;
                        case "stale" -> LifeState.STALE;
                        case "retired" -> LifeState.RETIRED;
                        default ->
                            throw ProblemException.invalid(
                                    "'state' is one or more, with commas between, of candidate, active, stale, retired");
                    });
        }
        return states;
    }

    private static double confidence(String text) {
        try {
            double number = Double.parseDouble(text);
            if (number >= 0 && number <= 1) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Same answer as for a number out of range.
        }
        throw ProblemException.invalid("'minConfidence' is a number from 0 to 1");
    }

    private static long micros(String name, String text) {
        try {
            return Micros.of(Micros.requireInReach(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException unreadable) {
            throw ProblemException.invalid("'" + name
                    + "' is RFC 3339 with an offset, such as 2026-03-01T10:00:00Z, in the years 1970 to 2200");
        }
    }

    private static String limited(String name, String text, int longest) {
        if (text.isEmpty() || text.length() > longest || text.indexOf('\0') >= 0) {
            throw ProblemException.invalid("'" + name + "' has 1 to " + longest + " characters");
        }
        return text;
    }
}
