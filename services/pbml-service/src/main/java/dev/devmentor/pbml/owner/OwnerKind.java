package dev.devmentor.pbml.owner;

/** Who can own observations. */
public enum OwnerKind {
    /** A learner, by the id that they have everywhere. */
    PERSON(1),
    /** A repository, for errors that were seen in nobody's run. */
    REPOSITORY(2);

    private final int code;

    OwnerKind(int code) {
        this.code = code;
    }

    /** What the table has for it. */
    public int code() {
        return code;
    }

    /**
     * The kind of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static OwnerKind of(int code) {
        return switch (code) {
            case 1 -> PERSON;
            case 2 -> REPOSITORY;
            default -> throw new IllegalArgumentException("no kind of owner: " + code);
        };
    }
}
