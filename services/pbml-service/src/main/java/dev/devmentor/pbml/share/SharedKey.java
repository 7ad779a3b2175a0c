package dev.devmentor.pbml.share;

import java.util.Comparator;

/**
 * Which pattern of whom.
 *
 * @param scopeId the team; empty for everyone
 */
record SharedKey(SharedScope scope, String scopeId, String pattern) implements Comparable<SharedKey> {
    private static final Comparator<SharedKey> ORDER = Comparator.comparing(SharedKey::scope)
            .thenComparing(SharedKey::scopeId)
            .thenComparing(SharedKey::pattern);

    static SharedKey ofTeam(String team, String pattern) {
        return new SharedKey(SharedScope.TEAM, team, pattern);
    }

    static SharedKey ofEveryone(String pattern) {
        return new SharedKey(SharedScope.EVERYONE, "", pattern);
    }

    @Override
    public int compareTo(SharedKey other) {
        return ORDER.compare(this, other);
    }
}
