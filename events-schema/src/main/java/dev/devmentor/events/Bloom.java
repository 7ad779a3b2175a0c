package dev.devmentor.events;

/** The level of Bloom's taxonomy that a question asks for (the revised one of 2001). */
public enum Bloom implements WireName {
    REMEMBER("remember"),
    UNDERSTAND("understand"),
    APPLY("apply"),
    ANALYZE("analyze"),
    EVALUATE("evaluate"),
    CREATE("create");

    private final String wire;

    Bloom(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
