package dev.devmentor.pbml.engine.embedding;

import java.text.Normalizer;

/** Characters without their finery: é is e, ﬁ is fi, full-width letters are plain ones. Upper case stays: it cuts words. */
final class Folding {

    private static final int PIECE = 1_024;

    private Folding() {}

    /** At most {@link Embedder#MOST_CHARACTERS} characters, the first three quarters and the last quarter of a longer text. */
    static String fold(CharSequence text) {
        String cut = cut(text);
        if (isAscii(cut)) {
            return cut;
        }
        StringBuilder folded = new StringBuilder(cut.length());
        int from = 0;
        while (from < cut.length() && folded.length() < Embedder.MOST_CHARACTERS) { // one character can become eighteen
            int to = Math.min(cut.length(), from + PIECE);
            if (to < cut.length() && Character.isHighSurrogate(cut.charAt(to - 1))) {
                to++;
            }
            // marks first: sorting a long run of them, as the normal form wants, takes its length squared
            String plain = withoutMarks(cut.substring(from, to));
            folded.append(withoutMarks(Normalizer.normalize(plain, Normalizer.Form.NFKD)));
            from = to;
        }
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
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (c < 128 || !isMark(c)) {
                plain.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return plain.toString();
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT;
    }
}
