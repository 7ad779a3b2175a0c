package dev.devmentor.learning.bank;

/**
 * Something that is wrong with a file.
 *
 * @param file its name
 * @param line counted from 1
 * @param message the rule, for the person who mends it
 */
public record Finding(String file, int line, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
