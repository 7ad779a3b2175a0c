package dev.devmentor.pbml.engine.embedding;

import java.text.Normalizer;

/** Characters without their finery: é is e, ﬁ is fi, full-width letters are plain ones. Upper case stays: it cuts words. */
final class Folding {

    private Folding() {}

    /** At most {@link Embedder#MOST_CHARACTERS} characters, the first three quarters and the last quarter of a longer text. */
    static String fold(CharSequence text) {
        String cut = cut(text);
        if (isAscii(cut)) {
            return cut;
        }
        // marks first: sorting a long run of them, as the normal form wants, takes its length squared
        String folded = withoutMarks(Normalizer.normalize(withoutMarks(cut), Normalizer.Form.NFKD));
        return cut(folded);
    }

    private static String cut(CharSequence text) {
        int most = Embedder.MOST_CHARACTERS;
        if (text.length() <= most) {
            return text.toString();
        }
        int head = most / 4 * 3;
        // a blank between them, so that no word is made that was not there
        return text.subSequence(0, head) + " " + text.subSequence(text.length() - (most - head - 1), text.length());
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static String withoutMarks(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> false;
                    default -> true;
                })
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
