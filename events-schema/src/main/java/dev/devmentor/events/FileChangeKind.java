package dev.devmentor.events;

/** What became of a file. */
public enum FileChangeKind implements WireName {
    ADDED("added"),
    MODIFIED("modified"),
    DELETED("deleted"),
    RENAMED("renamed");

    private final String wire;

    FileChangeKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
