package dev.devmentor.pbml.pattern;

/**
 * Where a list reads from: an owner's patterns, or those of one scope.
 *
 * @param ownerId of a person's own; 0 for what is shared
 * @param scopeId the team; empty for a person's own and for everyone's
 */
record PatternSource(PatternScope scope, String scopeId, long ownerId) {
    static PatternSource own(long ownerId) {
        return new PatternSource(PatternScope.PERSON, "", ownerId);
    }

    static PatternSource team(String team) {
        return new PatternSource(PatternScope.TEAM, team, 0);
    }

    static PatternSource everyone() {
        return new PatternSource(PatternScope.EVERYONE, "", 0);
    }
}
