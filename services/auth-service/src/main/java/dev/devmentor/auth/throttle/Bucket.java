package dev.devmentor.auth.throttle;

/**
 * What is remembered of one thing that is counted. Times are milliseconds of the service's clock. The script in Redis does the
 * same with the same numbers.
 *
 * @param failures as of {@code since}
 * @param since when they began to be forgotten
 * @param last when somebody last tried
 * @param open attempts that were let in and of which nobody has said yet how they ended
 * @param openUntil when those are taken to have ended without a result
 * @param asked when somebody first asked who has to ask before; 0 if nobody has
 */
record Bucket(long failures, long since, long last, long open, long openUntil, long asked) {
    /** Who was let in has so long to say how it ended. Until then it counts as a failure, so that many at once gain nothing. */
    static final long OPEN_FOR = 10_000;
    /** Who asked and does not come for so long has to ask again. */
    static final long ASKED_FOR = 60_000;

    /** So far a clock may be behind another. */
    static final long SKEW = 60_000;

    static final Bucket EMPTY = new Bucket(0, 0, 0, 0, 0, 0);

    /** The same at a later time. */
    Bucket at(long now, Rule rule) {
        // A clock that was set back must not make anybody wait for it to catch up.
        long begun = Math.min(since, now);
        long leaked = Math.floorDiv(now - begun, rule.leak());
        long left = Math.max(0, failures - leaked);
        // Instances' clocks differ a little, and what was read first can come last.
        boolean stillOpen = now < openUntil && openUntil - now <= OPEN_FOR + SKEW;
        return new Bucket(
                left,
                left == 0 ? now : begun + leaked * rule.leak(),
                Math.min(last, now),
                stillOpen ? open : 0,
                stillOpen ? openUntil : 0,
                Math.min(asked, now));
    }

    /** Milliseconds until the next attempt; 0 if it may be made now. */
    long wait(long now, Rule rule) {
        return Math.max(0, last + rule.delay(failures + open) - now);
    }

    /** Milliseconds until the next attempt of who has to ask so long before. */
    long waitAfterAsking(long now, long delay) {
        if (delay == 0) {
            return 0;
        }
        boolean fresh = asked > 0 && now - asked <= delay + ASKED_FOR;
        return fresh ? Math.max(0, asked + delay - now) : delay;
    }

    /** Asked now, unless that was done before. */
    Bucket asking(long now, long delay) {
        boolean fresh = asked > 0 && now - asked <= delay + ASKED_FOR;
        return delay == 0 || fresh ? this : new Bucket(failures, since, last, open, openUntil, now);
    }

    /** Let in. */
    Bucket entered(long now) {
        return new Bucket(failures, since, now, open + 1, now + OPEN_FOR, 0);
    }

    /** One failure more. */
    Bucket failed(long now, Rule rule) {
        return new Bucket(Math.min(rule.most(), failures + 1), since, now, Math.max(0, open - 1), openUntil, asked);
    }

    /** One attempt has ended well: it counts no longer. */
    Bucket ended() {
        return new Bucket(failures, since, last, Math.max(0, open - 1), openUntil, asked);
    }

    /** One attempt has ended well, and with that the guessing. */
    Bucket forgiven(long now) {
        return new Bucket(0, now, last, Math.max(0, open - 1), openUntil, asked);
    }

    /** Milliseconds after which nothing of it is left. */
    long lifetime(Rule rule) {
        return failures * rule.leak() + rule.longest() + OPEN_FOR + ASKED_FOR;
    }
}
