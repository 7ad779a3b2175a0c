package dev.devmentor.cli.patterns;

/**
 * How lines look: with colours and signs for a person, or as plain lines that each begin with the same word for grep.
 *
 * @param colours whether escape sequences may be written
 * @param signs whether the terminal shows more than ASCII
 * @param width columns that a line may have
 */
record Style(boolean colours, boolean signs, int width) {
    /** Columns of a line that no terminal shows. */
    static final int UNBOUNDED = 400;

    static final Style PLAIN = new Style(false, false, UNBOUNDED);

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String cyan(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    String cross() {
        return signs ? "\u2716" : "x";
    }

    String tick() {
        return signs ? "\u2714" : "ok";
    }

    String dash() {
        return signs ? "\u2014" : "-";
    }

    String minus() {
        return signs ? "\u2212" : "-";
    }

    String ellipsis() {
        return signs ? "\u2026" : "...";
    }

    String times() {
        return signs ? "\u00d7" : "x";
    }

    String dot() {
        return signs ? " \u00b7 " : ", ";
    }

    /** What stands before each line: a bar in the colour of what it says, or the word to grep for. */
    String gutter(Tone tone) {
        if (!colours) {
            return "patterns: ";
        }
        String bar = signs ? "\u258c " : "| ";
        return switch (tone) {
            case BAD -> red(bar);
            case GOOD -> green(bar);
            case CALM -> dim(bar);
        };
    }

    int room() {
        return Math.max(20, width - (colours ? 2 : "patterns: ".length()));
    }

    /** What a line says, for its colour. */
    enum Tone {
        BAD,
        GOOD,
        CALM
    }
}
