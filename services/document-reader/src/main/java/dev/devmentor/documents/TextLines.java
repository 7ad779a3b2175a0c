package dev.devmentor.documents;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects lines of text, clean and within limits: normal form C, no control or invisible characters, single spaces, no
 * empty lines, none longer than {@value #LONGEST_LINE} characters.
 */
public final class TextLines {
    static final int LONGEST_LINE = 1_000;

    private final int mostCharacters;
    private final int mostLines;
    private final List<String> lines = new ArrayList<>();
    private int characters;

    public TextLines(DocumentLimits limits) {
        mostCharacters = limits.characters();
        mostLines = limits.lines();
    }

    /** The lines of a text, for one that needs no reading. */
    public static Outcome of(String text, DocumentLimits limits) {
        try {
            TextLines lines = new TextLines(limits);
            lines.add(text);
            return new Outcome.Text(Format.TEXT, lines.finish(Refusal.EMPTY));
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.reason());
        }
    }

    /**
     * Adds text of one or more lines.
     *
     * @throws RefusedException {@link Refusal#TOO_LONG} if it goes beyond the limits
     */
    public void add(String text) {
        if (text.length() > mostCharacters) {
            // Cleaning only shortens, but white space without end is no document either.
            throw new RefusedException(Refusal.TOO_LONG);
        }
        StringBuilder line = new StringBuilder();
        String normal = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        for (int i = 0; i < normal.length(); ) {
            int c = normal.codePointAt(i);
            i += Character.charCount(c);
            if (endsLine(c)) {
                addLine(line);
            } else if (c == '\t' || Character.isSpaceChar(c)) {
                if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            } else if (isVisible(c)) {
                line.appendCodePoint(c);
            }
        }
        addLine(line);
    }

    private static boolean endsLine(int c) {
        return c == '\n' || c == '\r' || c == '\f' || c == 0x0B || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** Neither a control character nor half of a pair, nor one that only steers the layout of others. */
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private void addLine(StringBuilder line) {
        String text = line.toString().strip();
        line.setLength(0);
        while (text.length() > LONGEST_LINE) {
            int space = text.lastIndexOf(' ', LONGEST_LINE);
            int cut = space > 0 ? space : LONGEST_LINE;
            if (space <= 0 && Character.isHighSurrogate(text.charAt(cut - 1))) {
                cut--;
            }
            put(text.substring(0, cut));
            text = text.substring(cut).strip();
        }
        if (!text.isEmpty()) {
            put(text);
        }
    }

    private void put(String line) {
        characters += line.length();
        if (characters > mostCharacters || lines.size() == mostLines) {
            throw new RefusedException(Refusal.TOO_LONG);
        }
        lines.add(line);
    }

    /**
     * The lines so far.
     *
     * @param ifNone why nothing was read, if there are none
     * @throws RefusedException if there are none
     */
    public List<String> finish(Refusal ifNone) {
        if (lines.isEmpty()) {
            throw new RefusedException(ifNone);
        }
        return List.copyOf(lines);
    }
}
