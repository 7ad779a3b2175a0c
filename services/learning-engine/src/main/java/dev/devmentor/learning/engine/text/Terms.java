package dev.devmentor.learning.engine.text;

import dev.devmentor.learning.engine.text.Term.Occurrence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the key terms of a text. Candidates are what stands between small words, verbs and marks, as in RAKE (S. Rose et al.,
 * "Automatic keyword extraction from individual documents", 2010), kept where the text shows that they are nouns; they are
 * ranked by TextRank (R. Mihalcea, P. Tarau, "TextRank: bringing order into texts", EMNLP 2004): PageRank over the graph of
 * terms that stand in one sentence.
 */
final class Terms {
    private static final double DAMPING = 0.85;
    private static final int ITERATIONS = 30;
    private static final int LONGEST_NAME = 4;
    private static final int MOST_TERMS = 400;

    private static final Set<String> DETERMINERS = Set.of(
            "a", "an", "the", "each", "every", "its", "their", "this", "these", "those", "no", "any", "some", "of",
            "another", "one", "two", "three", "many", "several", "our", "your", "in", "by", "with", "called", "named");
    private static final Set<String> AFTER_NOUNS = Set.of(
            "is", "are", "was", "were", "has", "have", "of", "that", "which", "can", "must", "may", "should", "will");
    private static final Set<String> BEFORE_VERBS = Set.of(
            "to", "can", "will", "must", "may", "should", "would", "could", "might", "cannot", "it", "they", "we",
            "you", "who", "that", "which", "not", "does", "do", "did");
    private static final List<String> GERMAN_NOUN_ENDINGS = List.of(
            "ung",
            "ungen",
            "heit",
            "heiten",
            "keit",
            "keiten",
            "schaft",
            "schaften",
            "tion",
            "tionen",
            "tät",
            "täten",
            "nis",
            "nisse",
            "tum",
            "ment",
            "mente",
            "ling",
            "ismus",
            "eur",
            "ator",
            "atoren");

    private final List<Sentence> sentences;
    private final Set<String> headings;
    private final Language language;
    private final Stems stems;
    private final Map<String, double[]> evidence = new HashMap<>();
    private final Map<String, Integer> capitalised = new HashMap<>();
    private final Map<String, Integer> pairs = new HashMap<>();

    private Terms(Sentences text, Language language) {
        this.sentences = text.list();
        this.headings = text.headings();
        this.language = language;
        this.stems = new Stems(language);
    }

    /** Terms with the highest scores first; equal ones in the order of their keys. */
    static List<Term> of(Sentences text, Language language) {
        return new Terms(text, language).find();
    }

    private List<Term> find() {
        List<List<int[]>> runs = new ArrayList<>();
        for (Sentence sentence : sentences) {
            countCapitals(sentence);
            List<int[]> found = runs(sentence);
            runs.add(found);
            found.forEach(run -> weigh(sentence, run));
        }
        Map<String, List<Occurrence>> places = new TreeMap<>();
        for (Sentence sentence : sentences) {
            for (int[] run : runs.get(sentence.index())) {
                for (Occurrence occurrence : candidates(sentence, run)) {
                    places.computeIfAbsent(key(sentence, occurrence), _ -> new ArrayList<>())
                            .add(occurrence);
                }
            }
        }
        List<String> keys = List.copyOf(places.keySet());
        double[] rank = rank(keys, places);
        double most = 1e-12;
        for (double value : rank) {
            most = Math.max(most, value);
        }
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            terms.add(term(keys.get(i), places.getOrDefault(keys.get(i), List.of()), rank[i] / most));
        }
        terms.sort(Comparator.comparingDouble(Term::score).reversed().thenComparing(Term::key));
        return List.copyOf(terms.subList(0, Math.min(MOST_TERMS, terms.size())));
    }

    private void countCapitals(Sentence sentence) {
        for (int i = 1; i < sentence.tokens().size(); i++) {
            Token token = sentence.tokens().get(i);
            if (token.isCapitalised() && !followsAnOpening(sentence, i)) {
                capitalised.merge(stem(token), 1, Integer::sum);
            }
        }
    }

    /** After a colon or a quotation mark words are written as at the beginning of a sentence. */
    private static boolean followsAnOpening(Sentence sentence, int at) {
        return ":\"'“„»«‘(".contains(sentence.tokens().get(at - 1).text());
    }

    /** Neighbouring words of which none is small, a verb between nouns, or an adverb. */
    private List<int[]> runs(Sentence sentence) {
        List<int[]> runs = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= sentence.tokens().size(); i++) {
            boolean inside = i < sentence.tokens().size() && isContent(sentence, i, start >= 0);
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                runs.add(new int[] {start, i - 1});
                start = -1;
            }
        }
        return runs;
    }

    private boolean isContent(Sentence sentence, int at, boolean afterContent) {
        Token token = sentence.tokens().get(at);
        if (!token.isWord()
                || language.isStop(token.text())
                || !Character.isLetter(token.text().codePointAt(0))) {
            return false;
        }
        if (language == Language.GERMAN) {
            return token.isCapitalised();
        }
        boolean lower = !token.isCapitalised();
        // English nouns before other nouns stand in the singular: after a plural a verb begins.
        boolean afterPlural =
                afterContent && lower && isPlural(sentence.tokens().get(at - 1));
        return !afterPlural
                && !(lower && afterContent && language.isVerb(token.text()))
                && !(lower && token.text().endsWith("ly") && token.text().length() > 4);
    }

    private boolean isPlural(Token token) {
        return !token.isCapitalised() && !stem(token).equals(Stems.folded(token.text()));
    }

    private void weigh(Sentence sentence, int[] run) {
        for (int i = run[0]; i < run[1]; i++) {
            pairs.merge(
                    stem(sentence.tokens().get(i)) + " "
                            + stem(sentence.tokens().get(i + 1)),
                    1,
                    Integer::sum);
        }
        if (language == Language.GERMAN) {
            return;
        }
        String before =
                run[0] == 0 ? "" : sentence.tokens().get(run[0] - 1).text().toLowerCase(Locale.ROOT);
        String after = run[1] + 1 < sentence.tokens().size()
                ? sentence.tokens().get(run[1] + 1).text().toLowerCase(Locale.ROOT)
                : "";
        if (BEFORE_VERBS.contains(before)) {
            evidenceOf(sentence.tokens().get(run[0]))[1] += 1;
            if (run[0] == run[1]) {
                return;
            }
        }
        boolean shown = DETERMINERS.contains(before) || AFTER_NOUNS.contains(after) || language.isVerb(after);
        evidenceOf(sentence.tokens().get(run[1]))[0] += shown ? 1 : 0.5;
        for (int i = run[0]; i <= run[1]; i++) {
            if (i > 0 && sentence.tokens().get(i).isCapitalised() && !followsAnOpening(sentence, i)) {
                evidenceOf(sentence.tokens().get(i))[0] += 2;
            }
        }
    }

    private double[] evidenceOf(Token token) {
        return evidence.computeIfAbsent(stem(token), _ -> new double[2]);
    }

    private List<Occurrence> candidates(Sentence sentence, int[] run) {
        return language == Language.GERMAN ? germanCandidates(sentence, run) : englishCandidates(sentence, run);
    }

    private List<Occurrence> germanCandidates(Sentence sentence, int[] run) {
        List<Occurrence> found = new ArrayList<>();
        int i = run[0];
        while (i <= run[1]) {
            int last = i;
            while (last < run[1] && last - i < LONGEST_NAME - 1 && isRepeatedPair(sentence, last)) {
                last++;
            }
            Token token = sentence.tokens().get(i);
            boolean noun = i > 0
                    || capitalised.containsKey(stem(token))
                    || token.isAcronym()
                    || GERMAN_NOUN_ENDINGS.stream().anyMatch(token.text()::endsWith);
            boolean says = last > i || !language.isVague(token.text());
            if (noun && says && (token.text().length() >= 3 || token.isAcronym())) {
                found.add(new Occurrence(sentence.index(), i, last));
            }
            i = last + 1;
        }
        return found;
    }

    private boolean isRepeatedPair(Sentence sentence, int at) {
        return pairs.getOrDefault(
                        stem(sentence.tokens().get(at)) + " "
                                + stem(sentence.tokens().get(at + 1)),
                        0)
                >= 2;
    }

    private List<Occurrence> englishCandidates(Sentence sentence, int[] run) {
        List<Occurrence> found = new ArrayList<>();
        int last = run[1];
        int head = last;
        // Names of several words: Transmission Control Protocol.
        while (head > run[0]
                && last - head < LONGEST_NAME - 1
                && isName(sentence, head)
                && isName(sentence, head - 1)) {
            head--;
        }
        if (head == last && head > run[0] && isCompound(sentence, head - 1)) {
            head--;
        }
        if (head < last || isNoun(sentence.tokens().get(last))) {
            found.add(new Occurrence(sentence.index(), head, last));
        }
        // A name before something else: "Kafka" in "Kafka brokers".
        for (int i = run[0]; i < head; i++) {
            if (isName(sentence, i) && isNoun(sentence.tokens().get(i))) {
                found.add(new Occurrence(sentence.index(), i, i));
            }
        }
        return found;
    }

    private boolean isName(Sentence sentence, int at) {
        Token token = sentence.tokens().get(at);
        return token.isCapitalised() && (at > 0 || capitalised.getOrDefault(stem(token), 0) > 0);
    }

    /** Whether two neighbours are one noun: both are shown to be nouns, or they come together again. */
    private boolean isCompound(Sentence sentence, int at) {
        Token first = sentence.tokens().get(at);
        Token second = sentence.tokens().get(at + 1);
        if (!isNounLike(second) || looksLikeAdjective(first.text())) {
            return false;
        }
        return isRepeatedPair(sentence, at) || isNoun(first);
    }

    private boolean isNoun(Token token) {
        return isNounLike(token)
                && !language.isVague(token.text())
                && token.text().length() >= 2;
    }

    private boolean isNounLike(Token token) {
        double[] found = evidence.getOrDefault(stem(token), new double[2]);
        String word = token.text().toLowerCase(Locale.ROOT);
        boolean verbal = word.endsWith("ed") || word.endsWith("ing") || looksLikeAdjective(word);
        return found[0] >= (verbal ? 2 : 1) && found[0] > found[1];
    }

    private static boolean looksLikeAdjective(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return word.length() > 5
                && (word.endsWith("ous")
                        || word.endsWith("ful")
                        || word.endsWith("less")
                        || word.endsWith("ible")
                        || word.endsWith("able")
                        || word.endsWith("ive")
                        || word.endsWith("ed"));
    }

    private String key(Sentence sentence, Occurrence occurrence) {
        StringBuilder key = new StringBuilder();
        for (int i = occurrence.first(); i <= occurrence.last(); i++) {
            key.append(key.isEmpty() ? "" : " ").append(stem(sentence.tokens().get(i)));
        }
        return key.toString();
    }

    private String stem(Token token) {
        return stems.of(token.text());
    }

    private double[] rank(List<String> keys, Map<String, List<Occurrence>> places) {
        Map<Integer, List<Integer>> bySentence = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            for (Occurrence place : places.getOrDefault(keys.get(i), List.of())) {
                List<Integer> terms = bySentence.computeIfAbsent(place.sentence(), _ -> new ArrayList<>());
                if (!terms.contains(i)) {
                    terms.add(i);
                }
            }
        }
        double[] degree = new double[keys.size()];
        List<int[]> edges = new ArrayList<>();
        for (List<Integer> terms : bySentence.values()) {
            for (int a : terms) {
                for (int b : terms) {
                    if (a != b) {
                        edges.add(new int[] {a, b});
                        degree[a] += 1;
                    }
                }
            }
        }
        double[] rank = new double[keys.size()];
        java.util.Arrays.fill(rank, 1.0 / Math.max(1, keys.size()));
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] next = new double[keys.size()];
            java.util.Arrays.fill(next, (1 - DAMPING) / Math.max(1, keys.size()));
            for (int[] edge : edges) {
                next[edge[1]] += DAMPING * rank[edge[0]] / degree[edge[0]];
            }
            rank = next;
        }
        return rank;
    }

    private Term term(String key, List<Occurrence> places, double rank) {
        Map<String, Integer> forms = new TreeMap<>();
        int names = 0;
        boolean heading = false;
        for (Occurrence place : places) {
            Sentence sentence = sentences.get(place.sentence());
            String form = sentence.text()
                    .substring(
                            sentence.tokens().get(place.first()).start(),
                            sentence.tokens().get(place.last()).end());
            Token first = sentence.tokens().get(place.first());
            boolean name = isName(sentence, place.first()) && place.first() > 0;
            names += name ? 1 : 0;
            if (place.first() == 0 && language == Language.ENGLISH && !isName(sentence, 0)) {
                form = form.substring(0, 1).toLowerCase(Locale.ROOT) + form.substring(1);
            }
            forms.merge(form, 1, Integer::sum);
            heading |= headings.contains(first.text().toLowerCase(Locale.ROOT));
        }
        String text = forms.entrySet().stream()
                .min(Comparator.<Map.Entry<String, Integer>>comparingInt(form -> -form.getValue())
                        .thenComparingInt(form -> form.getKey().length())
                        .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
        double score = 0.6 * rank + 0.25 * Math.min(1, places.size() / 4.0) + (heading ? 0.15 : 0);
        return new Term(key, text, forms, places, score, language == Language.ENGLISH && names * 2 > places.size());
    }
}
