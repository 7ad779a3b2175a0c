package dev.devmentor.events;

/** What a pattern is a pattern of. */
public enum PatternKind implements WireName {
    TEMPLATE("template"),
    ERROR("error"),
    SEQUENCE("sequence"),
    RELATED_FILES("related-files"),
    MISTAKE("mistake"),
    CONFUSION("confusion"),
    RHYTHM("rhythm");

    private final String wire;

    PatternKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
