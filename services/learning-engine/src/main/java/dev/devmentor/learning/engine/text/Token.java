package dev.devmentor.learning.engine.text;

/**
 * A piece of a sentence.
 *
 * @param text as it stands there; of code, without the backticks
 * @param start place in the sentence, of code that of the first backtick
 * @param end place after it
 */
record Token(Kind kind, String text, int start, int end) {
    enum Kind {
        WORD,
        NUMBER,
        CODE,
        MARK
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean is(String mark) {
        return text.equals(mark);
    }

    boolean isCapitalised() {
        return kind == Kind.WORD && Character.isUpperCase(text.codePointAt(0));
    }

    /** Such as TCP or JVMs. */
    boolean isAcronym() {
        long capitals = text.chars().filter(Character::isUpperCase).count();
        return kind == Kind.WORD && capitals >= 2 && capitals + 1 >= text.length();
    }
}
