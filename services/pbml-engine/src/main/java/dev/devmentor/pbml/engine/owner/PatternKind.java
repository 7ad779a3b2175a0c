package dev.devmentor.pbml.engine.owner;

/** What a pattern is of. The order is that of the bytes in a snapshot: new ones go to the end. */
public enum PatternKind {
    /** What lines of a log have in common. */
    TEMPLATE("template"),
    /** An error that is known again. */
    ERROR("error"),
    /** An action that follows another. */
    SEQUENCE("sequence"),
    /** A file that changes with another. */
    RELATED_FILES("related-files"),
    /** Questions or skills that are missed together. */
    MISTAKE("mistake"),
    /** Questions that a person takes for one another. */
    CONFUSION("confusion"),
    /** When, and for how long, a person learns well. */
    RHYTHM("rhythm");

    private final String wireName;

    PatternKind(String wireName) {
        this.wireName = wireName;
    }

    /** The name in events and answers. */
    public String wireName() {
        return wireName;
    }
}
