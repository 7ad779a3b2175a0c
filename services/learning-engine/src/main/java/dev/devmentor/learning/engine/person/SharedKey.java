package dev.devmentor.learning.engine.person;

/**
 * What a shared difficulty is about.
 *
 * @param id of the skill or the item; empty for everything
 */
public record SharedKey(Kind kind, String id) implements Comparable<SharedKey> {

    /** The levels of difficulty, with the numbers under which they are stored by their order. */
    public enum Kind {
        ROOT,
        SKILL,
        ITEM
    }

    /** What all questions share. */
    public static final SharedKey EVERYTHING = new SharedKey(Kind.ROOT, "");

    /** A skill. */
    public static SharedKey ofSkill(String skill) {
        return new SharedKey(Kind.SKILL, skill);
    }

    /** An item. */
    public static SharedKey ofItem(String item) {
        return new SharedKey(Kind.ITEM, item);
    }

    @Override
    public int compareTo(SharedKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : id.compareTo(other.id);
    }
}
