package dev.devmentor.learning.engine.text;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says which words are forms of one. Wrong now and then; what depends on it is what counts as the same, never what is right. */
final class Stems {
    private static final List<String> GERMAN_ENDINGS =
            List.of("innen", "nissen", "ern", "en", "er", "es", "em", "e", "n", "s");
    private static final List<String> ENGLISH_ENDINGS = List.of("sses", "shes", "ches", "xes", "zes");

    private final Language language;
    private final Map<String, String> known = new HashMap<>();

    Stems(Language language) {
        this.language = language;
    }

    /** Lower case, without marks over letters: forms of a word with and without umlaut are alike. */
    static String folded(String word) {
        String decomposed = Normalizer.normalize(word, Normalizer.Form.NFKD);
        StringBuilder bare = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                bare.append(c);
            }
        }
        return bare.toString().toLowerCase(Locale.ROOT).replace("ß", "ss");
    }

    /** What the singular, the plural and the cases of a word have in common, roughly. */
    String of(String word) {
        return known.computeIfAbsent(word, this::stem);
    }

    private String stem(String word) {
        String bare = folded(word).replaceAll("['’]s$", "");
        if (language == Language.GERMAN) {
            for (String ending : GERMAN_ENDINGS) {
                if (bare.endsWith(ending) && bare.length() - ending.length() >= 4) {
                    return bare.substring(0, bare.length() - ending.length());
                }
            }
            return bare;
        }
        if (bare.endsWith("ies") && bare.length() > 4) {
            return bare.substring(0, bare.length() - 3) + "y";
        }
        if (ENGLISH_ENDINGS.stream().anyMatch(bare::endsWith)) {
            return bare.substring(0, bare.length() - 2);
        }
        boolean plural = bare.length() > 3
                && bare.endsWith("s")
                && !bare.endsWith("ss")
                && !bare.endsWith("us")
                && !bare.endsWith("is");
        return plural ? bare.substring(0, bare.length() - 1) : bare;
    }

    /**
     * Whether one word gives the other away: the same stem, one inside the other, or the same beginning, as "partition"
     * and "partitioned" have.
     */
    boolean areRelated(String one, String other) {
        String a = of(one);
        String b = of(other);
        if (a.equals(b)) {
            return true;
        }
        String shorter = a.length() <= b.length() ? a : b;
        String longer = a.length() <= b.length() ? b : a;
        if (shorter.length() < 4) {
            return false;
        }
        if (longer.contains(shorter)) {
            return true;
        }
        int common = 0;
        while (common < shorter.length() && shorter.charAt(common) == longer.charAt(common)) {
            common++;
        }
        return common >= 6 && common * 4 >= shorter.length() * 3;
    }
}
