package dev.devmentor.learning.engine.schedule;

/**
 * The model that decides a learner's intervals. A card carries the memory of every model listed here, so that choosing
 * another one needs no history. A further model is added as: its memory record, its class beside {@link Fsrs7}, a constant
 * at the end of these (their places are stored), a component of the card's state, and one branch where the fold chooses
 * the interval.
 */
public enum Scheduler {
    SM2("sm2"),
    FSRS6("fsrs6"),
    FSRS7("fsrs7");

    private final String wireName;

    Scheduler(String wireName) {
        this.wireName = wireName;
    }

    /** The name in events, in the API and in the database. */
    public String wireName() {
        return wireName;
    }

    /**
     * The scheduler of a wire name.
     *
     * @throws IllegalArgumentException if no scheduler has that name
     */
    public static Scheduler ofWireName(String wireName) {
        for (Scheduler scheduler : values()) {
            if (scheduler.wireName.equals(wireName)) {
                return scheduler;
            }
        }
        throw new IllegalArgumentException("no scheduler is called '" + wireName + "'");
    }
}
