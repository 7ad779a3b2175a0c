package dev.devmentor.learning.engine.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence that says what something is.
 *
 * @param sentence its index
 * @param term what is defined, as it is written there
 * @param start place of the term in the sentence
 * @param meaning what it is said to be, without the full stop
 */
record Definition(int sentence, String term, int start, String meaning) {
    private static final String NAME =
            "(?<term>[`\\p{L}][\\p{L}\\p{N}`.()#+/_-]*(?: [\\p{L}`][\\p{L}\\p{N}`.()#+/_-]*){0,3}?)";
    private static final String ASIDE = "(?: \\([^()]{1,60}\\)|, (?:also called|auch|or|oder) [^,]{1,60},)?";

    private static final List<Pattern> ENGLISH = List.of(
            Pattern.compile("^(?:In [^,]{1,60}, )?(?:(?:[Aa]n?|[Tt]he) )?" + NAME + ASIDE
                    + " (?:is|are) (?<meaning>(?:an?|the|any|one of|those) .+)[.!]$"),
            Pattern.compile("^(?:(?:[Aa]n?|[Tt]he|[Tt]he term) )?" + NAME + ASIDE
                    + " (?:means|denotes|refers to|stands for|describes) (?<meaning>.+)[.!]$"));
    private static final List<Pattern> GERMAN = List.of(
            Pattern.compile("^(?:(?:[Ee]ine?|[Dd]er|[Dd]ie|[Dd]as) )?" + NAME + ASIDE
                    + " (?:ist|sind) (?<meaning>(?:eine?|einer|der|die|das|jede[rs]?) .+)[.!]$"),
            Pattern.compile("^(?:(?:[Ee]ine?|[Dd]er|[Dd]ie|[Dd]as|[Dd]er Begriff) )?" + NAME + ASIDE
                    + " (?:bezeichnet|bedeutet|beschreibt|steht für) (?<meaning>.+)[.!]$"),
            Pattern.compile("^Unter (?:(?:einem|einer|dem|der) )?" + NAME + " versteht man (?<meaning>.+)[.!]$"),
            Pattern.compile("^Als " + NAME + " bezeichnet man (?<meaning>.+)[.!]$"));

    /** Where a definition is followed by something else about the same thing. */
    private static final Pattern AND_MORE =
            Pattern.compile("(?:, (?:and|but|so) (?:it|they) |, (?:und|aber) (?:er|sie|es) |; ).*$");

    private static final int SHORTEST = 15;
    private static final int LONGEST = 220;

    static Optional<Definition> of(Sentence sentence, Language language) {
        for (Pattern pattern : language == Language.GERMAN ? GERMAN : ENGLISH) {
            Matcher matcher = pattern.matcher(sentence.text());
            if (matcher.matches() && isTerm(matcher.group("term"), language)) {
                String meaning = AND_MORE.matcher(matcher.group("meaning")).replaceFirst("");
                if (meaning.length() >= SHORTEST && meaning.length() <= LONGEST) {
                    return Optional.of(
                            new Definition(sentence.index(), matcher.group("term"), matcher.start("term"), meaning));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isTerm(String term, Language language) {
        String[] words = term.replace("`", "").split(" ");
        for (String word : words) {
            boolean linking = word.equals("of") && words.length > 2;
            if (word.isEmpty() || (language.isStop(word) && !linking) || language.isPointing(word)) {
                return false;
            }
        }
        String last = words[words.length - 1];
        boolean noun =
                language == Language.ENGLISH || term.startsWith("`") || Character.isUpperCase(last.codePointAt(0));
        return noun && (words.length > 1 || !language.isVague(last)) && !last.endsWith(".");
    }

    /** The place after the term in the sentence. */
    int end() {
        return start + term.length();
    }
}
