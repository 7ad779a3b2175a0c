package dev.devmentor.events;

/** Where a card stands in its life. */
public enum CardState implements WireName {
    NEW("new"),
    LEARNING("learning"),
    REVIEW("review"),
    RELEARNING("relearning"),
    SUSPENDED("suspended");

    private final String wire;

    CardState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
