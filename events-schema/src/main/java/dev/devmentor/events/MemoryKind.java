package dev.devmentor.events;

/** What a memory is. */
public enum MemoryKind implements WireName {
    NOTE("note"),
    DOCUMENT("document"),
    CODE("code"),
    ERROR("error"),
    PATTERN("pattern");

    private final String wire;

    MemoryKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
