package dev.devmentor.events;

/** How far a pattern is to be relied on. */
public enum PatternState implements WireName {
    CANDIDATE("candidate"),
    ACTIVE("active"),
    STALE("stale"),
    RETIRED("retired");

    private final String wire;

    PatternState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
