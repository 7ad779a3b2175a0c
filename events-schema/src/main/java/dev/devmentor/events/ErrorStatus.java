package dev.devmentor.events;

/** Whether an error was seen, or did not come again. */
public enum ErrorStatus implements WireName {
    SEEN("seen"),
    GONE("gone");

    private final String wire;

    ErrorStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
