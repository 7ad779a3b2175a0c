package dev.devmentor.pbml.share;

/** With whom a pattern is shared. */
public enum SharedScope {
    /** The members of a team. */
    TEAM(2),
    /** Everyone. */
    EVERYONE(3);

    private final int code;

    SharedScope(int code) {
        this.code = code;
    }

    /** What the tables have for it. */
    public int code() {
        return code;
    }

    /**
     * The scope of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SharedScope of(int code) {
        return switch (code) {
            case 2 -> TEAM;
            case 3 -> EVERYONE;
            default -> throw new IllegalArgumentException("no scope: " + code);
        };
    }
}
