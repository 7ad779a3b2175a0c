package dev.devmentor.learning.engine.text;

import dev.devmentor.learning.engine.text.TextQuestion.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes questions of a text in English or German. The same text always gives the same questions.
 *
 * <p>A question asks for nothing but what the text says, in a sentence that is understood by itself. What is missing in a
 * sentence stands nowhere else in it, in no form. Wrong options are of the same kind as the right one and from the same text;
 * none is another name for it, and none fits into the sentence by what the text says elsewhere.
 */
public final class TextQuestions {
    private static final double WORST = 0.2;

    private TextQuestions() {}

    /**
     * Makes questions.
     *
     * @param text plain or Markdown
     * @param wanted at most so many
     * @param kinds which kinds of questions; others are not made
     */
    public static MadeQuestions of(String text, int wanted, Set<Kind> kinds) {
        Sentences sentences = Sentences.of(text);
        Language language = Language.of(sentences.list());
        List<Term> terms = Terms.of(sentences, language);
        QuestionMaker maker = new QuestionMaker(sentences.list(), language, terms);
        List<TextQuestion> candidates = new ArrayList<>(maker.make());
        candidates.removeIf(question -> !kinds.contains(question.kind()) || question.quality() < WORST);
        candidates.sort(Comparator.comparingDouble(TextQuestion::quality)
                .reversed()
                .thenComparingInt(TextQuestion::sentence)
                .thenComparing(TextQuestion::key)
                .thenComparing(TextQuestion::kind)
                .thenComparing(TextQuestion::about)
                .thenComparing(TextQuestion::prompt));
        List<TextQuestion> chosen = choose(candidates, wanted);
        chosen.sort(Comparator.comparingInt(TextQuestion::sentence).thenComparing(TextQuestion::key));
        String shortage = chosen.size() >= wanted
                ? null
                : String.format(
                        Locale.ROOT,
                        "The text gives %d of the %d questions wanted: %d of its %d sentences can be understood and asked"
                                + " about by themselves, and it has %d key terms.",
                        chosen.size(),
                        wanted,
                        maker.usable(),
                        sentences.list().size(),
                        terms.size());
        return new MadeQuestions(language, chosen, sentences.list().size(), terms.size(), shortage);
    }

    /** The best ones, at first one of each sentence and of each thing asked for, then a second one of another kind. */
    private static List<TextQuestion> choose(List<TextQuestion> candidates, int wanted) {
        List<TextQuestion> chosen = new ArrayList<>();
        Map<Integer, List<TextQuestion>> bySentence = new HashMap<>();
        Map<String, List<TextQuestion>> byKey = new HashMap<>();
        Map<Kind, Integer> ofKind = new EnumMap<>(Kind.class);
        for (int round = 1; round <= 2; round++) {
            List<TextQuestion> left = new ArrayList<>(candidates);
            while (chosen.size() < wanted && !left.isEmpty()) {
                // Of the two best that are left, the one whose kind is rarer so far.
                TextQuestion next = left.getFirst();
                if (left.size() > 1
                        && ofKind.getOrDefault(left.get(1).kind(), 0) + 1 < ofKind.getOrDefault(next.kind(), 0)
                        && left.get(1).quality() > 0.8 * next.quality()) {
                    next = left.get(1);
                }
                left.remove(next);
                List<TextQuestion> sameSentence = bySentence.computeIfAbsent(next.sentence(), _ -> new ArrayList<>());
                List<TextQuestion> sameKey = byKey.computeIfAbsent(next.key(), _ -> new ArrayList<>());
                if (sameSentence.size() < round && sameKey.size() < round && differs(next, sameSentence, sameKey)) {
                    chosen.add(next);
                    sameSentence.add(next);
                    sameKey.add(next);
                    ofKind.merge(next.kind(), 1, Integer::sum);
                }
            }
        }
        return chosen;
    }

    private static boolean differs(TextQuestion next, List<TextQuestion> sameSentence, List<TextQuestion> sameKey) {
        return sameSentence.stream().noneMatch(other -> other.key().equals(next.key()))
                && sameKey.stream().noneMatch(other -> other.kind() == next.kind() && other.about() == next.about());
    }

    /**
     * Whether an answer to a cloze is one of the right ones. Case, white space, quotation marks and a full stop at the end do
     * not count, nor do marks over letters.
     */
    public static boolean accepts(List<String> answers, String typed) {
        Set<String> right = new HashSet<>();
        answers.forEach(answer -> right.add(normalised(answer)));
        String given = normalised(typed);
        return right.contains(given)
                || right.contains(given.replace("ae", "a").replace("oe", "o").replace("ue", "u"));
    }

    private static String normalised(String text) {
        String bare = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("^[\"'“”„‘’`«»]+|[\"'“”„‘’`«».!?]+$", "")
                .replaceAll("\\s+", " ")
                .strip();
        // Of signs alone nothing would be left.
        return Stems.folded(bare.isEmpty() ? text.strip() : bare);
    }
}
