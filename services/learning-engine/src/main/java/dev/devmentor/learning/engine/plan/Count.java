package dev.devmentor.learning.engine.plan;

/** Numbers in sentences. */
final class Count {
    private Count() {}

    /** "1 card", "2 cards". */
    static String of(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** "is", or "are" for any number but 1. */
    static String is(int number) {
        return number == 1 ? "is" : "are";
    }
}
