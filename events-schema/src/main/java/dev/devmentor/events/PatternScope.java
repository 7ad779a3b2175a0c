package dev.devmentor.events;

/** For whom a pattern or a model holds. */
public enum PatternScope implements WireName {
    PERSON("person"),
    TEAM("team"),
    EVERYONE("everyone");

    private final String wire;

    PatternScope(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
