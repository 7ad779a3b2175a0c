package dev.devmentor.pbml.pattern;

/**
 * A stored pattern of a person, a team or everyone.
 *
 * @param scopeId the team; empty for a person's own and for everyone's
 * @param people how many showed it
 * @param epoch of what is shared; 0 for a person's own
 * @param version of what is shared, that rises whenever it changes; 0 for a person's own
 */
record ScopedPattern(PatternScope scope, String scopeId, StoredPattern pattern, int people, int epoch, int version) {

    static ScopedPattern own(StoredPattern pattern) {
        return new ScopedPattern(PatternScope.PERSON, "", pattern, 1, 0, 0);
    }
}
