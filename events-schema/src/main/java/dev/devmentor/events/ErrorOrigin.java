package dev.devmentor.events;

/** Where an error was seen. */
public enum ErrorOrigin implements WireName {
    BUILD("build"),
    TEST("test"),
    SERVICE("service"),
    EDITOR("editor");

    private final String wire;

    ErrorOrigin(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
