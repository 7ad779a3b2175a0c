package dev.devmentor.gateway.limit;

/**
 * Whether a request may pass, and what is left.
 *
 * @param limit most requests in any 60 s
 * @param left requests left in the window after this one
 * @param moreMillis until one more than that is left, rounded up
 * @param perDay most requests of the UTC day; 0 if there is no such quota
 * @param dayLeft requests left of it
 * @param dayMillis until the day ends, rounded up
 * @param source who decided
 */
record Decision(
        boolean allowed, int limit, int left, long moreMillis, int perDay, int dayLeft, long dayMillis, Source source) {
    /** Who decided. */
    enum Source {
        /** Redis, now. */
        REDIS,
        /** This process, by what Redis said a moment ago; Redis is told. */
        AHEAD,
        /** Redis, when it refused an earlier request of the same caller, with a time that is not over. */
        REMEMBERED,
        /** This process, because Redis did not answer in time. */
        TIMED_OUT,
        /** This process, because Redis is not asked at the moment. */
        UNREACHABLE
    }

    /** Milliseconds until a request may be allowed; of those that are refused. */
    long waitMillis() {
        long wait = left == 0 ? moreMillis : 0;
        return perDay > 0 && dayLeft == 0 ? Math.max(wait, dayMillis) : wait;
    }

    /** Whether it is the day's quota that refuses for longest. */
    boolean dayIsUsedUp() {
        return perDay > 0 && dayLeft == 0 && (left > 0 || dayMillis >= moreMillis);
    }
}
