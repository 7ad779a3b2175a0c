package dev.devmentor.learning.log;

import org.jspecify.annotations.Nullable;

/** Where an answer was given, as far as it matters what it is worth: the {@code source} of its event, kept as its origin. */
public final class AnswerOrigin {
    /** A review in Anki. */
    public static final String ANKI = "anki";

    /** Practice in a filtered deck of Anki that moved no due date. */
    public static final String ANKI_FILTERED = "anki-filtered";

    private AnswerOrigin() {}

    /** Whether it was practice beside the plan. */
    public static boolean isPractice(@Nullable String origin) {
        return ANKI_FILTERED.equals(origin);
    }
}
