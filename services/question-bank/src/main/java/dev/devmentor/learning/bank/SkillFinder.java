package dev.devmentor.learning.bank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds skills of the bank in texts such as job advertisements, CVs and goals, and shows the lines that say so. Knows the
 * words of {@code skills-aliases.yaml}, the ids of skills, and their names where no other skill shares them; of words that
 * overlap the longer term counts. Nothing is guessed: what isn't written down isn't found.
 *
 * <p>Immutable and deterministic; takes time linear in the text.
 */
public final class SkillFinder {
    private static final String FILE = "skills-aliases.yaml";

    private static final int MOST_EVIDENCE = 5;
    private static final int LONGEST_LINE = 200;

    /** So far away a word about how much is wanted counts. */
    private static final int CONTEXT = 200;

    /** A line without skills and of at most so many words is a heading if a cue or a colon is in it. */
    private static final int HEADING_WORDS = 6;

    /** Letters and digits, with the marks that belong to names: C++, C#. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:\\+\\+|#)?");

    private static final Pattern BETWEEN =
            Pattern.compile("[ \\t\u00a0]{0,8}[-\u2010-\u2013/_'\u2019.&]?[ \\t\u00a0]{0,8}");
    private static final Pattern LINE_END = Pattern.compile("[ \\t\u00a0]{0,40}\\r?\\n[ \\t\u00a0]{0,40}");

    private final Map<String, List<Term>> byFirstWord;
    private final int longest;

    private SkillFinder(Map<String, List<Term>> byFirstWord, int longest) {
        this.byFirstWord = byFirstWord;
        this.longest = longest;
    }

    /** How much a text wants or claims of a skill. */
    public enum Emphasis {
        /** A bonus, or only the basics. */
        OPTIONAL,
        /** Written down, with no word about how much. */
        STATED,
        /** Expert, strong, in depth. */
        DEEP
    }

    /**
     * A place that speaks of a skill.
     *
     * @param line counted from 1
     * @param term the words as they stand there
     * @param text the line, cut to 200 characters around the term
     * @param named whether the term means this skill alone, and not a technology that it belongs to
     */
    public record Evidence(int line, String term, String text, boolean named, Emphasis emphasis) {}

    /**
     * A skill that a text speaks of.
     *
     * @param skill id
     * @param named whether one of the places means this skill alone
     * @param emphasis the strongest of all places
     * @param mentions number of places
     * @param evidence the first places, at most five, those that name the skill before others
     */
    public record Found(String skill, boolean named, Emphasis emphasis, int mentions, List<Evidence> evidence) {
        public Found {
            evidence = List.copyOf(evidence);
        }
    }

    private enum Kind {
        SKILL,
        TECHNOLOGY,
        IGNORED,
        DEEP,
        OPTIONAL,
        NOT_WANTED;

        boolean isCue() {
            return this == DEEP || this == OPTIONAL || this == NOT_WANTED;
        }
    }

    /** Words to look for; compared as they stand if exact, else in small letters. */
    private record Term(List<String> words, boolean exact, Kind kind, List<String> skills) {}

    private record Word(String text, String lower, int start, int end, int line) {}

    private record Match(Term term, int firstWord, int afterWord, int start, int end, int line) {}

    /**
     * The finder that comes with the product.
     *
     * @throws IllegalStateException if its file breaks a rule, which the build does not let pass
     */
    public static SkillFinder shipped(QuestionBank bank) {
        List<Finding> findings = new ArrayList<>();
        SkillFinder finder = of(bank, QuestionBank.resource("/" + FILE), findings);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("the names of skills are broken: " + findings.getFirst());
        }
        return finder;
    }

    /**
     * A finder with names of one's own.
     *
     * @param yaml in the form of {@code skills-aliases.yaml}
     * @param findings receives what is wrong
     */
    public static SkillFinder of(QuestionBank bank, String yaml, List<Finding> findings) {
        Builder builder = new Builder(bank, findings);
        YamlNode root = YamlNode.parse(FILE, yaml, findings);
        YamlNode skills = root.get("skills");
        Set<String> named = Set.copyOf(skills.keys());
        for (String skill : skills.keys()) {
            YamlNode names = skills.get(skill);
            builder.checkSkills(List.of(skill), names);
            builder.add(names, Kind.SKILL, List.of(skill));
        }
        for (Skill skill : bank.skills()) {
            if (!named.contains(skill.id())) {
                skills.wrong("no names for " + skill.id());
            }
        }
        for (YamlNode technology : root.get("technologies").list("technologies")) {
            YamlNode of = technology.get("skills");
            List<String> ids = of.texts("skills");
            builder.checkSkills(ids, of);
            builder.add(technology.get("names"), Kind.TECHNOLOGY, ids);
            technology.endOfKeys();
        }
        builder.add(root.get("ignored"), Kind.IGNORED, List.of());
        YamlNode emphasis = root.get("emphasis");
        builder.add(emphasis.get("deep"), Kind.DEEP, List.of());
        builder.add(emphasis.get("optional"), Kind.OPTIONAL, List.of());
        builder.add(emphasis.get("not-wanted"), Kind.NOT_WANTED, List.of());
        emphasis.endOfKeys();
        root.endOfKeys();
        builder.addIdsAndNames();
        return builder.build();
    }

    private static final class Builder {
        private final QuestionBank bank;
        private final List<Finding> findings;
        private final Map<String, List<Term>> byFirstWord = new HashMap<>();
        private final Set<String> known = new HashSet<>();
        private int longest = 1;

        Builder(QuestionBank bank, List<Finding> findings) {
            this.bank = bank;
            this.findings = findings;
        }

        void checkSkills(List<String> ids, YamlNode at) {
            for (String id : ids) {
                if (bank.skill(id) == null) {
                    at.wrong("no skill " + id);
                }
            }
        }

        void add(YamlNode names, Kind kind, List<String> skills) {
            List<String> texts = names.texts("names");
            if (texts.isEmpty()) {
                names.wrong("a list of names has to stand here");
            }
            for (String text : texts) {
                boolean exact = text.startsWith("=");
                if (!put(exact ? text.substring(1) : text, exact, kind, skills)) {
                    names.wrong("'" + text + "' stands here twice, or has no letter");
                }
            }
        }

        /** Ids, and names of several words that only one skill has, unless the file gives them to somebody. */
        void addIdsAndNames() {
            Map<String, Integer> shared = new HashMap<>();
            for (Skill skill : bank.skills()) {
                shared.merge(skill.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
            for (Skill skill : bank.skills()) {
                put(skill.id(), false, Kind.SKILL, List.of(skill.id()));
                String name = skill.name();
                if (words(name).size() > 1 && shared.getOrDefault(name.toLowerCase(Locale.ROOT), 0) == 1) {
                    put(name, false, Kind.SKILL, List.of(skill.id()));
                }
            }
        }

        private boolean put(String text, boolean exact, Kind kind, List<String> skills) {
            List<String> words = words(text).stream()
                    .map(word -> exact ? word.text() : word.lower())
                    .toList();
            if (words.isEmpty()
                    || !known.add(
                            (kind.isCue() ? "?" : "") + String.join(" ", words).toLowerCase(Locale.ROOT))) {
                return false;
            }
            longest = Math.max(longest, words.size());
            byFirstWord
                    .computeIfAbsent(words.getFirst().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(new Term(words, exact, kind, List.copyOf(skills)));
            return true;
        }

        SkillFinder build() {
            if (findings.isEmpty()) {
                for (List<Term> terms : byFirstWord.values()) {
                    terms.sort(
                            Comparator.comparingInt((Term term) -> term.words().size())
                                    .reversed());
                }
            }
            return new SkillFinder(byFirstWord, longest);
        }
    }

    /**
     * Finds skills.
     *
     * @param text plain text; whoever takes it from outside limits its size
     * @return by the number of mentions, most first, then by id
     */
    public List<Found> find(String text) {
        List<Word> words = words(text);
        List<Match> names = matches(text, words, false);
        List<Match> cues = matches(text, words, true);
        String[] lines = text.split("\n", -1);
        int[] starts = new int[lines.length];
        for (int i = 1; i < lines.length; i++) {
            starts[i] = starts[i - 1] + lines[i - 1].length() + 1;
        }
        Map<Integer, @Nullable Kind> headings = headings(lines, words, names, cues);
        Map<String, Tally> found = new TreeMap<>();
        for (Match match : names) {
            if (match.term().kind() == Kind.IGNORED) {
                continue;
            }
            Emphasis emphasis =
                    emphasis(text, match, near(names, match), near(cues, match), headings.get(match.line()));
            if (emphasis == null) {
                continue;
            }
            Evidence evidence = new Evidence(
                    match.line(),
                    text.substring(match.start(), match.end()).replaceAll("\\s+", " "),
                    around(lines[match.line() - 1], match.start() - starts[match.line() - 1]),
                    match.term().kind() == Kind.SKILL,
                    emphasis);
            for (String skill : match.term().skills()) {
                found.computeIfAbsent(skill, _ -> new Tally()).add(evidence);
            }
        }
        return found.entrySet().stream()
                .map(skill -> skill.getValue().found(skill.getKey()))
                .sorted(Comparator.comparingInt(Found::mentions).reversed().thenComparing(Found::skill))
                .toList();
    }

    /** What is kept of the places that speak of one skill. */
    private static final class Tally {
        private final List<Evidence> named = new ArrayList<>();
        private final List<Evidence> others = new ArrayList<>();
        private Emphasis strongest = Emphasis.OPTIONAL;
        private int mentions;

        void add(Evidence evidence) {
            mentions++;
            strongest = evidence.emphasis().compareTo(strongest) > 0 ? evidence.emphasis() : strongest;
            List<Evidence> kind = evidence.named() ? named : others;
            if (kind.size() < MOST_EVIDENCE) {
                kind.add(evidence);
            }
        }

        Found found(String skill) {
            List<Evidence> first = new ArrayList<>(named);
            first.addAll(others);
            return new Found(
                    skill,
                    !named.isEmpty(),
                    strongest,
                    mentions,
                    first.subList(0, Math.min(MOST_EVIDENCE, first.size())));
        }
    }

    /** Of matches in the order of the text, those in the same line that begin within {@link #CONTEXT} characters. */
    private static List<Match> near(List<Match> matches, Match match) {
        int from = firstFrom(matches, match.start() - CONTEXT);
        int to = firstFrom(matches, match.end() + CONTEXT);
        return matches.subList(from, to).stream()
                .filter(other -> other.line() == match.line())
                .toList();
    }

    private static int firstFrom(List<Match> matches, int start) {
        int low = 0;
        int high = matches.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (matches.get(middle).start() < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        int line = 1;
        int counted = 0;
        while (matcher.find()) {
            for (; counted < matcher.start(); counted++) {
                line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            String word = matcher.group();
            words.add(new Word(word, word.toLowerCase(Locale.ROOT), matcher.start(), matcher.end(), line));
        }
        return words;
    }

    /** Matches from left to right, the longest at each place, none over another. */
    private List<Match> matches(String text, List<Word> words, boolean cues) {
        List<Match> matches = new ArrayList<>();
        int at = 0;
        while (at < words.size()) {
            Match match = longestAt(text, words, at, cues);
            if (match == null) {
                at++;
            } else {
                matches.add(match);
                at = match.afterWord();
            }
        }
        return matches;
    }

    private @Nullable Match longestAt(String text, List<Word> words, int at, boolean cues) {
        int reach = 1;
        while (reach < longest
                && at + reach < words.size()
                && joins(text, words.get(at + reach - 1), words.get(at + reach))) {
            reach++;
        }
        Term best = null;
        String first = words.get(at).lower();
        for (String key : List.of(first, singular(first, 1), singular(first, 2))) {
            for (Term term : byFirstWord.getOrDefault(key, List.of())) {
                boolean longer =
                        best == null || term.words().size() > best.words().size();
                if (longer && term.kind().isCue() == cues && term.words().size() <= reach && fits(term, words, at)) {
                    best = term;
                }
            }
        }
        if (best == null) {
            return null;
        }
        Word begin = words.get(at);
        int after = at + best.words().size();
        return new Match(best, at, after, begin.start(), words.get(after - 1).end(), begin.line());
    }

    /** The word without an s or es at its end; itself if it has none. */
    private static String singular(String word, int letters) {
        String ending = letters == 1 ? "s" : "es";
        return word.length() > letters + 2 && word.endsWith(ending) ? word.substring(0, word.length() - letters) : word;
    }

    private static boolean fits(Term term, List<Word> words, int at) {
        int count = term.words().size();
        for (int i = 0; i < count; i++) {
            Word word = words.get(at + i);
            String is = term.exact() ? word.text() : word.lower();
            String wanted = term.words().get(i);
            boolean plural = i == count - 1
                    && (singular(is, 1).equals(wanted) || singular(is, 2).equals(wanted));
            if (!is.equals(wanted) && !plural) {
                return false;
            }
        }
        return true;
    }

    private static boolean joins(String text, Word left, Word right) {
        String between = text.substring(left.end(), right.start());
        if (left.line() != right.line()) {
            return LINE_END.matcher(between).matches();
        }
        return BETWEEN.matcher(between).matches() && !(between.startsWith(".") && between.length() > 1);
    }

    /** For each line what the heading above it says; null where it says nothing. */
    private static Map<Integer, @Nullable Kind> headings(
            String[] lines, List<Word> words, List<Match> names, List<Match> cues) {
        Set<Integer> withNames = new HashSet<>();
        names.forEach(match -> withNames.add(match.line()));
        Map<Integer, Kind> firstCue = new HashMap<>();
        cues.forEach(match -> firstCue.putIfAbsent(match.line(), match.term().kind()));
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        words.forEach(word -> counts.merge(word.line(), 1, Integer::sum));
        Map<Integer, @Nullable Kind> headings = new HashMap<>();
        Kind now = null;
        for (Map.Entry<Integer, Integer> line : counts.entrySet()) {
            int number = line.getKey();
            String content = lines[number - 1].strip();
            boolean marked = content.endsWith(":") || content.startsWith("#");
            boolean cued = firstCue.containsKey(number);
            if (!withNames.contains(number) && line.getValue() <= HEADING_WORDS && (marked || cued)) {
                now = firstCue.get(number);
            }
            headings.put(number, now);
        }
        return headings;
    }

    /**
     * What the words around a match say. A cue behind it counts if no further name follows the cue ("Kafka is a plus"),
     * first in the same clause, then in the same line; else the nearest cue before it in the same sentence; else the
     * heading.
     */
    private static @Nullable Emphasis emphasis(
            String text, Match match, List<Match> names, List<Match> cues, @Nullable Kind heading) {
        Kind before = null;
        Kind behind = null;
        for (Match cue : cues) {
            if (cue.start() >= match.end()) {
                String between = text.substring(match.end(), cue.start());
                boolean last = names.stream().noneMatch(name -> name.start() >= cue.end())
                        && between.chars().noneMatch(c -> ";.()".indexOf(c) >= 0);
                int clause = clauseEnd(text, cue.end());
                boolean lastOfClause =
                        names.stream().noneMatch(name -> name.start() >= cue.end() && name.start() < clause);
                if (lastOfClause && clauseEnd(between, 0) == between.length()) {
                    return emphasis(cue.term().kind());
                }
                behind = last && behind == null ? cue.term().kind() : behind;
            } else if (cue.end() <= match.start()
                    && !text.substring(cue.end(), match.start()).contains(". ")) {
                before = cue.term().kind();
            }
        }
        Kind decided = before != null ? before : behind != null ? behind : heading;
        return decided == null ? Emphasis.STATED : emphasis(decided);
    }

    private static int clauseEnd(String text, int from) {
        int at = from;
        while (at < text.length() && ",;.()\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static @Nullable Emphasis emphasis(Kind cue) {
        return switch (cue) {
            case DEEP -> Emphasis.DEEP;
            case OPTIONAL -> Emphasis.OPTIONAL;
            default -> null;
        };
    }

    private static String around(String line, int at) {
        int from = Math.max(0, Math.min(at - LONGEST_LINE / 2, line.length() - LONGEST_LINE));
        return line.substring(from, Math.min(line.length(), from + LONGEST_LINE))
                .strip();
    }
}
