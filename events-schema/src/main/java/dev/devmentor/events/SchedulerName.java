package dev.devmentor.events;

/** The algorithm that set a review. */
public enum SchedulerName implements WireName {
    SM2("sm2"),
    FSRS6("fsrs6"),
    FSRS7("fsrs7");

    private final String wire;

    SchedulerName(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
