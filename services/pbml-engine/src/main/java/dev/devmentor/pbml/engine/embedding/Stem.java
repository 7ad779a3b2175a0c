package dev.devmentor.pbml.engine.embedding;

/**
 * Words of English without the endings that change nothing here: plural, -ed, -ing, -ion. The first steps of Porter's stemmer (1980),
 * with fewer conditions: it need not be right, only the same for forms of one word, and n-grams take up the rest.
 */
final class Stem {

    private Stem() {}

    /** @param word in lower case */
    static String of(String word) {
        int length = word.length();
        if (length < 4 || word.charAt(0) >= 128) {
            return word;
        }
        String stem = word;
        if (stem.endsWith("ies") && length > 4) {
            stem = stem.substring(0, length - 3) + "y";
        } else if (stem.endsWith("sses") || stem.endsWith("xes") || stem.endsWith("ches") || stem.endsWith("shes")) {
            stem = stem.substring(0, length - 2);
        } else if (stem.endsWith("s") && !stem.endsWith("ss") && !stem.endsWith("us") && !stem.endsWith("is")) {
            stem = stem.substring(0, length - 1);
        }
        if (stem.endsWith("ing") && stem.length() > 5 && hasVowel(stem, stem.length() - 3)) {
            stem = undoubled(stem.substring(0, stem.length() - 3));
        } else if (stem.endsWith("ed") && stem.length() > 4 && hasVowel(stem, stem.length() - 2)) {
            stem = undoubled(stem.substring(0, stem.length() - 2));
        } else if (stem.endsWith("ation") && stem.length() > 8) {
            stem = stem.substring(0, stem.length() - 3);
        } else if ((stem.endsWith("tion") || stem.endsWith("sion")) && stem.length() > 6) {
            stem = stem.substring(0, stem.length() - 3);
        }
        if (stem.endsWith("e") && stem.length() > 4) {
            stem = stem.substring(0, stem.length() - 1);
        }
        return stem;
    }

    private static boolean hasVowel(String word, int to) {
        for (int i = 0; i < to; i++) {
            if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** stopp → stop, but fall and miss stay. */
    private static String undoubled(String stem) {
        int last = stem.length() - 1;
        boolean doubled =
                last > 1 && stem.charAt(last) == stem.charAt(last - 1) && "lsz".indexOf(stem.charAt(last)) < 0;
        return doubled ? stem.substring(0, last) : stem;
    }
}
