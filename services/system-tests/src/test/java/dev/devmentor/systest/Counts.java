package dev.devmentor.systest;

import java.time.Duration;
import java.util.List;

/**
 * How much of everything. The smaller counts find a mistake made today and fit into every build; those of {@code
 * -Ddevmentor.long=true} are the ones that the project promises.
 */
final class Counts {
    static final boolean LONG = Boolean.getBoolean("devmentor.long");

    static final int HISTORIES = LONG ? 10_000 : 1_000;

    static final int KILL_EVENTS = LONG ? 200_000 : 20_000;
    static final int KILLS = LONG ? 12 : 3;

    static final int REBALANCE_EVENTS = LONG ? 200_000 : 20_000;
    static final int REBALANCE_STEPS = LONG ? 16 : 4;

    static final int ONE_LEARNER_EVENTS = LONG ? 50_000 : 5_000;

    /** The first, and which later time a crash point ends the process. */
    static final List<Integer> CRASHES = LONG ? List.of(1, 2, 3, 5, 8, 13) : List.of(2);

    static final int CRASH_EVENTS = LONG ? 3_000 : 1_000;

    static final int OUTAGE_EVENTS = LONG ? 200_000 : 10_000;

    /** How long a part stays away after its absence was noticed. */
    static final Duration OUTAGE = LONG ? Duration.ofSeconds(20) : Duration.ofSeconds(2);

    static final int RELAY_EVENTS = LONG ? 100_000 : 8_000;
    static final int RELAY_ROUNDS = LONG ? 15 : 3;

    /** Between which steps a leader falls asleep. */
    static final List<String> SLEEPS = LONG
            ? List.of("outbox.before-send", "outbox.after-send", "outbox.after-kafka-commit", "outbox.after-delete")
            : List.of("outbox.before-send", "outbox.after-send");

    static final int LONG_CARD_EVENTS = LONG ? 200_000 : 20_000;

    /** What a long card may take; in the small tier it only bounds how long a broken build hangs. */
    static final Duration LONG_CARD_LIMIT = Duration.ofSeconds(60);

    /** After so long a build is broken and does not merely take its time. */
    static final Duration HANGS = LONG ? Duration.ofMinutes(20) : Duration.ofMinutes(3);

    private Counts() {}
}
