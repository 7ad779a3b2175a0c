package dev.devmentor.pbml.owner;

/**
 * An owner as the world outside names them.
 *
 * @param name id of the person, or name of the repository
 */
public record OwnerName(OwnerKind kind, String name) {
    /** The name of a person. */
    public static OwnerName person(String sub) {
        return new OwnerName(OwnerKind.PERSON, sub);
    }

    /** The name of a repository. */
    public static OwnerName repository(String name) {
        return new OwnerName(OwnerKind.REPOSITORY, name);
    }
}
