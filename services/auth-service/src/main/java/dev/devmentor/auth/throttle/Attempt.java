package dev.devmentor.auth.throttle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt counts at.
 *
 * @param own where it comes from and whom it is aimed at; null if it is aimed at nobody
 * @param net everything from there; null for a browser that is known
 * @param account everything at the account from browsers that are not known; null if there is none, or for a known one
 * @param holds whether an attempt counts as a failure until somebody says how it ended
 * @param countsAtOnce whether being let in is itself what is counted
 */
record Attempt(
        @Nullable Counted own,
        @Nullable Counted net,
        @Nullable Counted account,
        boolean holds,
        boolean countsAtOnce) {
    /**
     * One thing that is counted.
     *
     * @param key in Redis; says nothing of anybody
     */
    record Counted(String key, Rule rule) {}

    /** All that are there; where one is missing, a null. */
    List<@Nullable Counted> all() {
        return java.util.Arrays.asList(own, net, account);
    }
}
