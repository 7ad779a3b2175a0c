package dev.devmentor.events;

/** What brought a change of code to notice. */
public enum ChangeOrigin implements WireName {
    COMMIT("commit"),
    SAVE("save"),
    REVIEW("review");

    private final String wire;

    ChangeOrigin(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
