package dev.devmentor.learning.engine.text;

import dev.devmentor.learning.engine.text.Term.Occurrence;
import dev.devmentor.learning.engine.text.TextQuestion.About;
import dev.devmentor.learning.engine.text.TextQuestion.Kind;
import dev.devmentor.learning.engine.text.TextQuestion.Option;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All questions that a text allows, good and less good. */
final class QuestionMaker {
    private static final int FEWEST_WORDS = 6;
    private static final int MOST_WORDS = 42;
    private static final int FEWEST_CONTEXT_WORDS = 4;
    private static final int FEWEST_WRONG = 2;
    private static final int MOST_WRONG = 3;
    /** A term is asked for in so many of its sentences at most. */
    private static final int MOST_PLACES = 6;

    /** Wrong options come from so many of the most important terms. */
    private static final int MOST_COMPARED = 120;

    /** So many that fit are looked at for wrong options. */
    private static final int LOOKED_AT = 9;

    private static final int LONGEST_ACRONYM = 8;
    private static final int LONGEST_QUOTE = 240;
    /** From so much of a sentence's content on, another sentence says the same of something else. */
    private static final double SAYS_THE_SAME = 0.6;

    private static final Pattern POINTS_ELSEWHERE = Pattern.compile(
            "\\b(?:following|above|below|aforementioned|figure \\d|table \\d|section \\d|chapter \\d|as follows|latter|former|"
                    + "folgende[nrms]?|oben|unten|siehe|genannte[nrms]?|Abbildung \\d|Tabelle \\d|Kapitel \\d|Letztere[nrms]?|Erstere[nrms]?)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern ANOTHER_NAME = Pattern.compile(
            "(?:\\(|/|=|\\b(?:or|oder|bzw\\.|alias|aka|called|named|known as|i\\.e\\.|that is|d\\. ?h\\.|das heißt|auch|heißt|nennt man|sogenannte[nrms]?)"
                    + "(?: (?:an?|the|also|eine?n?|der|die|das|den|auch))?)\\s*[\"'“„`(]?$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Set<String> PRONOUNS = Set.of(
            "it", "they", "them", "him", "her", "its", "their", "his", "ihn", "ihm", "ihnen", "ihr", "ihre", "sein",
            "seine");
    private static final Set<String> BEFORE_PLURALS = Set.of(
            "viele",
            "vielen",
            "mehrere",
            "mehreren",
            "zwei",
            "drei",
            "vier",
            "alle",
            "allen",
            "beide",
            "beiden",
            "einige",
            "einigen",
            "wenige",
            "wenigen",
            "andere",
            "anderen",
            "diese",
            "jene");
    private static final Set<String> BEFORE_SINGULARS = Set.of(
            "ein", "eine", "einen", "einem", "einer", "eines", "das", "des", "dem", "jede", "jeden", "jedem", "jeder",
            "jedes", "im", "vom", "zum", "zur", "am", "beim");
    private static final Pattern GERMAN_PLURAL = Pattern.compile(
            "(?:ungen|heiten|keiten|schaften|ionen|täten|nisse|ismen|[äöü]\\p{L}{0,6}(?:e|er|en|ern))$");
    private static final Pattern GERMAN_SINGULAR = Pattern.compile("(?:ung|heit|keit|schaft|ion|tät|nis|ismus|tum)$");
    private static final Map<String, String> ENGLISH_ARTICLES = Map.of("a", "a(n)", "an", "a(n)");
    private static final Map<String, String> GERMAN_ARTICLES = Map.of(
            "der", "der/die/das",
            "die", "der/die/das",
            "das", "der/die/das",
            "ein", "ein(e)",
            "eine", "ein(e)",
            "einen", "ein(e/en)",
            "einem", "einem/einer",
            "einer", "einem/einer",
            "dem", "dem/der",
            "den", "den/die/das");

    private final List<Sentence> sentences;
    private final Language language;
    private final List<Term> terms;
    private final Map<String, Term> byKey = new HashMap<>();
    private final Stems forms;
    private final List<Set<String>> stems = new ArrayList<>();
    private final Map<String, BitSet> sentencesOfTerm = new HashMap<>();
    private final Map<String, List<Integer>> sentencesOf = new HashMap<>();
    private final double[] fit;
    private final List<Definition> definitions = new ArrayList<>();
    private final List<Enumeration> enumerations = new ArrayList<>();
    private final List<Quantity> quantities = new ArrayList<>();
    private final Map<String, List<Integer>> code = new java.util.TreeMap<>();
    private final Map<String, List<String>> parts = new HashMap<>();
    private final Set<String> oneThing = new HashSet<>();

    QuestionMaker(List<Sentence> sentences, Language language, List<Term> terms) {
        this.sentences = sentences;
        this.language = language;
        this.terms = terms;
        this.forms = new Stems(language);
        this.fit = new double[sentences.size()];
        for (Term term : terms) {
            byKey.put(term.key(), term);
            BitSet in = new BitSet();
            term.places().forEach(place -> in.set(place.sentence()));
            sentencesOfTerm.put(term.key(), in);
        }
        for (Sentence sentence : sentences) {
            Set<String> found = stems(sentence, -1, -1);
            stems.add(found);
            found.forEach(stem ->
                    sentencesOf.computeIfAbsent(stem, _ -> new ArrayList<>()).add(sentence.index()));
            fit[sentence.index()] = fit(sentence);
            Definition.of(sentence, language).ifPresent(definitions::add);
            Enumeration.of(sentence, language).ifPresent(enumerations::add);
            quantities.addAll(Quantity.of(sentence));
            for (Token token : sentence.tokens()) {
                if (token.kind() == Token.Kind.CODE) {
                    List<Integer> places = code.computeIfAbsent(token.text(), _ -> new ArrayList<>());
                    if (!places.contains(sentence.index())) {
                        places.add(sentence.index());
                    }
                }
            }
        }
        findNamesOfOneThing();
    }

    /** How many sentences can be asked about by themselves. */
    int usable() {
        int usable = 0;
        for (double value : fit) {
            usable += value > 0 ? 1 : 0;
        }
        return usable;
    }

    List<TextQuestion> make() {
        List<TextQuestion> made = new ArrayList<>();
        for (Term term : terms) {
            term.places().stream()
                    .filter(place -> fit[place.sentence()] > 0)
                    .limit(MOST_PLACES)
                    .forEach(place -> askForTerm(term, place, made));
        }
        definitions.stream().filter(this::isUsable).forEach(definition -> askForMeaning(definition, made));
        enumerations.forEach(enumeration -> askForItems(enumeration, made));
        quantities.forEach(quantity -> askForNumber(quantity, made));
        for (Sentence sentence : sentences) {
            if (fit[sentence.index()] > 0) {
                sentence.tokens().stream()
                        .filter(token -> token.kind() == Token.Kind.CODE)
                        .forEach(token -> askForCode(sentence, token, made));
            }
        }
        return made;
    }

    private boolean isUsable(Definition definition) {
        return fit[definition.sentence()] > 0;
    }

    // Sentences

    /** 0 for a sentence that is not understood by itself, else how good its length is. */
    private double fit(Sentence sentence) {
        long words = sentence.words();
        if (words < FEWEST_WORDS || words > MOST_WORDS || sentence.text().endsWith(":")) {
            return 0;
        }
        Token first = sentence.tokens().getFirst();
        if (language.isPointing(first.text())
                || POINTS_ELSEWHERE.matcher(sentence.text()).find()) {
            return 0;
        }
        String opening = first.text().toLowerCase(Locale.ROOT);
        String second = sentence.tokens().get(1).text().toLowerCase(Locale.ROOT);
        boolean standsForSomethingElse = Set.of("das", "der", "die", "dies", "alle", "one", "all", "some")
                        .contains(opening)
                && (language.isStop(second) || language.isVerb(second));
        if (standsForSomethingElse) {
            return 0;
        }
        // A pronoun early on stands for something that was named before.
        boolean pronoun = sentence.tokens().stream()
                .limit(5)
                .anyMatch(token -> PRONOUNS.contains(token.text().toLowerCase(Locale.ROOT)));
        double length = words < 8 ? 0.8 : words <= 25 ? 1 : 1 - 0.5 * (words - 25) / (MOST_WORDS - 25);
        return pronoun ? 0.6 * length : length;
    }

    /** Stems of what a sentence is about, without the words from {@code first} to {@code last}. */
    private Set<String> stems(Sentence sentence, int first, int last) {
        Set<String> found = new TreeSet<>();
        for (int i = 0; i < sentence.tokens().size(); i++) {
            Token token = sentence.tokens().get(i);
            boolean content = token.kind() != Token.Kind.MARK && !(token.isWord() && language.isStop(token.text()));
            if (content && (i < first || i > last)) {
                found.add(forms.of(token.text()));
            }
        }
        return found;
    }

    /** Whether a sentence has a word that gives a term away, outside of the words from {@code first} to {@code last}. */
    private boolean givesAway(Sentence sentence, int first, int last, String term) {
        List<String> words = parts(term);
        for (int i = 0; i < sentence.tokens().size(); i++) {
            Token token = sentence.tokens().get(i);
            if ((i >= first && i <= last) || token.kind() == Token.Kind.MARK || token.kind() == Token.Kind.NUMBER) {
                continue;
            }
            for (String part : parts(token.text())) {
                for (String word : words) {
                    if (Stems.stemsAreRelated(part, word)) {
                        return true;
                    }
                }
            }
            if (isAcronymOf(token.text(), term) || isAcronymOf(term, token.text())) {
                return true;
            }
        }
        return spellsOut(sentence, first, last, term);
    }

    /** Stems of the words in a piece of text, without small ones. */
    private List<String> parts(String text) {
        return parts.computeIfAbsent(text, whole -> {
            List<String> found = new ArrayList<>();
            for (String part : whole.split("[^\\p{L}\\p{N}]+")) {
                if (!part.isEmpty() && !language.isStop(part)) {
                    found.add(forms.of(part));
                }
            }
            return found;
        });
    }

    /** Whether a sentence spells an acronym out: "Transmission Control Protocol" for TCP. */
    private static boolean spellsOut(Sentence sentence, int first, int last, String term) {
        if (term.length() < 2 || term.length() > 6 || !term.equals(term.toUpperCase(Locale.ROOT))) {
            return false;
        }
        StringBuilder initials = new StringBuilder();
        for (int i = 0; i < sentence.tokens().size(); i++) {
            Token token = sentence.tokens().get(i);
            boolean word = token.isWord() && (i < first || i > last);
            initials.append(word ? Character.toUpperCase(token.text().charAt(0)) : ' ');
        }
        return initials.indexOf(term) >= 0;
    }

    private static boolean isAcronymOf(String acronym, String name) {
        boolean ofSeveralWords = name.indexOf(' ') >= 0 || name.indexOf('-') >= 0;
        if (acronym.length() < 2 || acronym.length() > LONGEST_ACRONYM || !ofSeveralWords) {
            return false;
        }
        String[] words = name.split("[\\s-]+");
        if (words.length < 2 || acronym.length() != words.length) {
            return false;
        }
        StringBuilder initials = new StringBuilder();
        for (String word : words) {
            initials.append(word.isEmpty() ? ' ' : Character.toUpperCase(word.charAt(0)));
        }
        return acronym.toUpperCase(Locale.ROOT).contentEquals(initials);
    }

    /** Whether the text says much the same as a sentence with a gap in another sentence that does not hold the answer. */
    private static boolean isSaidOfSomethingElse(BitSet near, IntPredicate answeredIn) {
        return near.stream().anyMatch(sentence -> !answeredIn.test(sentence));
    }

    /** Sentences that say much the same as a context that is taken from one of them; without that one. */
    private BitSet near(Set<String> context, int sentence) {
        int[] common = new int[sentences.size()];
        BitSet near = new BitSet();
        for (String stem : context) {
            for (int other : sentencesOf.getOrDefault(stem, List.of())) {
                common[other]++;
                if (other != sentence && common[other] >= SAYS_THE_SAME * context.size()) {
                    near.set(other);
                }
            }
        }
        return near;
    }

    private double overlap(Set<String> context, int sentence) {
        long common = context.stream().filter(stems.get(sentence)::contains).count();
        return context.isEmpty() ? 0 : (double) common / context.size();
    }

    private boolean isIn(Term term, int sentence) {
        return sentencesOfTerm.getOrDefault(term.key(), new BitSet()).get(sentence);
    }

    // Names of one thing

    private void findNamesOfOneThing() {
        Map<Integer, List<Term>> termsIn = new HashMap<>();
        Map<Integer, List<Occurrence>> placesIn = new HashMap<>();
        for (Term term : terms) {
            for (Occurrence place : term.places()) {
                termsIn.computeIfAbsent(place.sentence(), _ -> new ArrayList<>())
                        .add(term);
                placesIn.computeIfAbsent(place.sentence(), _ -> new ArrayList<>())
                        .add(place);
            }
        }
        for (Sentence sentence : sentences) {
            List<Term> here = termsIn.getOrDefault(sentence.index(), List.of());
            List<Occurrence> places = placesIn.getOrDefault(sentence.index(), List.of());
            for (int i = 0; i < here.size(); i++) {
                for (int j = 0; j < here.size(); j++) {
                    if (places.get(i).last() < places.get(j).first()
                            && isAnotherName(sentence, places.get(i), places.get(j))) {
                        oneThing.add(pair(here.get(i), here.get(j)));
                    }
                }
            }
        }
        for (Definition definition : definitions) {
            Term subject = subject(definition);
            if (subject != null) {
                terms.stream()
                        .filter(term -> isIn(term, definition.sentence()))
                        .forEach(term -> oneThing.add(pair(subject, term)));
            }
        }
    }

    private static boolean isAnotherName(Sentence sentence, Occurrence one, Occurrence other) {
        int from = sentence.tokens().get(one.last()).end();
        int to = sentence.tokens().get(other.first()).start();
        return to - from <= 25
                && ANOTHER_NAME
                        .matcher(sentence.text().substring(from, to).strip())
                        .find();
    }

    private static String pair(Term one, Term other) {
        return one.key().compareTo(other.key()) <= 0 ? one.key() + "|" + other.key() : other.key() + "|" + one.key();
    }

    private boolean areRelated(Term one, Term other) {
        if (one.key().equals(other.key()) || oneThing.contains(pair(one, other))) {
            return true;
        }
        return shareAWord(one.text(), other.text());
    }

    private boolean shareAWord(String one, String other) {
        if (isAcronymOf(one, other) || isAcronymOf(other, one)) {
            return true;
        }
        for (String a : parts(one)) {
            for (String b : parts(other)) {
                if (Stems.stemsAreRelated(a, b)) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable Term subject(Definition definition) {
        StringBuilder key = new StringBuilder();
        for (String word : definition.term().replace("`", "").split(" ")) {
            key.append(key.isEmpty() ? "" : " ").append(forms.of(word));
        }
        Term whole = byKey.get(key.toString());
        return whole != null ? whole : byKey.get(key.substring(key.lastIndexOf(" ") + 1));
    }

    // Terms

    private void askForTerm(Term term, Occurrence place, List<TextQuestion> made) {
        Sentence sentence = sentences.get(place.sentence());
        String surface = surface(sentence, place);
        Set<String> context = stems(sentence, place.first(), place.last());
        BitSet near = near(context, sentence.index());
        boolean namesCode = place.last() + 1 < sentence.tokens().size()
                && sentence.tokens().get(place.last() + 1).kind() == Token.Kind.CODE;
        if (namesCode
                || context.size() < FEWEST_CONTEXT_WORDS
                || givesAway(sentence, place.first(), place.last(), surface)
                || isSaidOfSomethingElse(near, other -> isIn(term, other))) {
            return;
        }
        boolean defined = definitions.stream()
                .anyMatch(definition -> definition.sentence() == place.sentence()
                        && definition.start()
                                <= sentence.tokens().get(place.first()).start()
                        && definition.end()
                                >= sentence.tokens().get(place.last()).end());
        double weight = fit[place.sentence()] * (0.55 + 0.45 * term.score());
        About about = defined ? About.DEFINED_TERM : About.TERM;
        List<String> answers = new ArrayList<>(List.of(surface));
        term.forms().keySet().stream()
                .sorted()
                .filter(form -> !answers.contains(form))
                .forEach(answers::add);
        made.add(new TextQuestion(
                Kind.CLOZE,
                about,
                prompt(
                        language.say("What is missing here?", "Was fehlt hier?"),
                        gapped(sentence, place.first(), place.last(), false)),
                answers,
                hint(surface),
                List.of(),
                sentence.text(),
                sentence.index(),
                term.key(),
                weight * (defined ? 0.8 : 0.62)));
        boolean partOfAName = language == Language.GERMAN
                && place.first() > 0
                && sentence.tokens().get(place.first() - 1).isCapitalised()
                && !language.isStop(sentence.tokens().get(place.first() - 1).text());
        if (partOfAName) {
            return;
        }
        List<Option> options = new ArrayList<>();
        options.add(new Option(form(term, term, surface), true, soItStands(sentence)));
        for (Term wrong : wrongTerms(term, sentence, near)) {
            options.add(new Option(form(wrong, term, surface), false, elsewhere(wrong)));
        }
        if (options.size() > FEWEST_WRONG) {
            made.add(new TextQuestion(
                    Kind.SINGLE_CHOICE,
                    about,
                    prompt(
                            defined
                                    ? language.say(
                                            "Which term does the text define so?",
                                            "Welchen Begriff erklärt der Text so?")
                                    : language.say("Which term is missing here?", "Welcher Begriff fehlt hier?"),
                            gapped(sentence, place.first(), place.last(), true)),
                    List.of(),
                    null,
                    options,
                    sentence.text(),
                    sentence.index(),
                    term.key(),
                    weight * (defined ? 0.88 : 0.65)));
        }
    }

    private static String surface(Sentence sentence, Occurrence place) {
        return sentence.text()
                .substring(
                        sentence.tokens().get(place.first()).start(),
                        sentence.tokens().get(place.last()).end());
    }

    /** Up to three other terms of the same kind that are wrong here: not always the most important ones of the text. */
    private List<Term> wrongTerms(Term answer, Sentence sentence, BitSet near) {
        List<Term> eligible = new ArrayList<>();
        for (Term other : terms.subList(0, Math.min(MOST_COMPARED, terms.size()))) {
            if (eligible.size() == LOOKED_AT) {
                break;
            }
            if (isOfTheSameKind(answer, other)
                    && !areRelated(answer, other)
                    && !isIn(other, sentence.index())
                    && !givesAway(sentence, -1, -1, other.text())
                    && fitsNowhere(other, near)) {
                eligible.add(other);
            }
        }
        List<Term> wrong = new ArrayList<>();
        for (int i = 0; i < eligible.size() && wrong.size() < MOST_WRONG; i++) {
            Term other = eligible.get((i + sentence.index()) % eligible.size());
            if (wrong.stream().noneMatch(chosen -> areRelated(chosen, other))) {
                wrong.add(other);
            }
        }
        return wrong;
    }

    private boolean isOfTheSameKind(Term one, Term other) {
        return one.isAcronym() == other.isAcronym()
                && one.proper() == other.proper()
                && Math.abs(one.words() - other.words()) <= 1
                && other.forms().keySet().stream().anyMatch(form -> number(other, form) * number(one, one.text()) >= 0);
    }

    /** Whether the text says nothing of a term that comes near to a sentence with a gap. */
    private boolean fitsNowhere(Term term, BitSet near) {
        return !sentencesOfTerm.getOrDefault(term.key(), new BitSet()).intersects(near);
    }

    /** 1 for the plural, −1 for the singular, 0 where nothing tells. */
    private int number(Term term, String form) {
        String last = form.substring(form.lastIndexOf(' ') + 1);
        if (language == Language.ENGLISH) {
            return term.proper() ? 0 : forms.of(last).equals(Stems.folded(last)) ? -1 : 1;
        }
        if (GERMAN_PLURAL.matcher(last).find()) {
            return 1;
        }
        for (Occurrence place : term.places()) {
            Sentence sentence = sentences.get(place.sentence());
            if (place.first() > 0 && surface(sentence, place).equals(form)) {
                String before = sentence.tokens().get(place.first() - 1).text().toLowerCase(Locale.ROOT);
                if (BEFORE_PLURALS.contains(before)) {
                    return 1;
                }
                if (BEFORE_SINGULARS.contains(before)) {
                    return -1;
                }
            }
        }
        return GERMAN_SINGULAR.matcher(last).find() ? -1 : 0;
    }

    /** A term in the number of the one that it stands beside. */
    private String form(Term term, Term beside, String besideForm) {
        int number = number(beside, besideForm);
        if (number(term, term.text()) * number >= 0) {
            return term.text();
        }
        return term.forms().keySet().stream()
                .sorted()
                .filter(form -> number(term, form) * number >= 0)
                .findFirst()
                .orElse(term.text());
    }

    private String hint(String answer) {
        int words = answer.split(" ").length;
        int first = Character.toLowerCase(answer.codePointAt(0));
        int letters =
                (int) answer.codePoints().filter(Character::isLetterOrDigit).count();
        String size = words > 1
                ? language.say(words + " words", words + " Wörter")
                : language.say(letters + " letters", letters + " Buchstaben");
        return language.say(
                        "begins with “" + Character.toString(first) + "”, ",
                        "beginnt mit „" + Character.toString(first) + "“, ")
                + size;
    }

    /**
     * A sentence with a gap.
     *
     * @param choice whether the article before the gap is widened, so that it gives no option away
     */
    private String gapped(Sentence sentence, int first, int last, boolean choice) {
        String text = sentence.text();
        int from = sentence.tokens().get(first).start();
        String before = text.substring(0, from);
        if (choice && first > 0) {
            Token article = sentence.tokens().get(first - 1);
            Map<String, String> wide = language == Language.GERMAN ? GERMAN_ARTICLES : ENGLISH_ARTICLES;
            String widened = wide.get(article.text().toLowerCase(Locale.ROOT));
            if (widened != null) {
                boolean capital = article.isCapitalised();
                before = text.substring(0, article.start())
                        + (capital ? widened.substring(0, 1).toUpperCase(Locale.ROOT) + widened.substring(1) : widened)
                        + text.substring(article.end(), from);
            }
        }
        return before
                + TextQuestion.GAP
                + text.substring(sentence.tokens().get(last).end());
    }

    private static String prompt(String question, String sentence) {
        return question + "\n\n> " + sentence;
    }

    private String soItStands(Sentence sentence) {
        return language.say("So the text says: ", "So steht es im Text: ") + quote(sentence.text());
    }

    private String elsewhere(Term term) {
        int best = definitions.stream()
                .filter(definition -> term.equals(subject(definition)))
                .map(Definition::sentence)
                .findFirst()
                .orElse(term.places().getFirst().sentence());
        return language.say(
                        "The text speaks of “" + term.text() + "” elsewhere: ",
                        "Von „" + term.text() + "“ spricht der Text anderswo: ")
                + quote(sentences.get(best).text());
    }

    private String quote(String text) {
        String shown =
                text.length() <= LONGEST_QUOTE ? text : text.substring(0, text.lastIndexOf(' ', LONGEST_QUOTE)) + " …";
        return language.say("“" + shown + "”", "„" + shown + "“");
    }

    // Definitions

    private void askForMeaning(Definition definition, List<TextQuestion> made) {
        Term subject = subject(definition);
        if (shareAWord(definition.term(), definition.meaning())) {
            return;
        }
        List<Option> options = new ArrayList<>();
        options.add(new Option(definition.meaning(), true, soItStands(sentences.get(definition.sentence()))));
        List<Definition> used = new ArrayList<>(List.of(definition));
        int place = definitions.indexOf(definition);
        for (int i = 1; i < definitions.size(); i++) {
            Definition other = definitions.get((place + i) % definitions.size());
            if (options.size() > MOST_WRONG) {
                break;
            }
            boolean apart = used.stream().allMatch(one -> areApart(one, other));
            boolean alikeInLength = other.meaning().length() * 3
                            >= definition.meaning().length()
                    && definition.meaning().length() * 3 >= other.meaning().length();
            if (apart && alikeInLength) {
                used.add(other);
                options.add(new Option(
                        other.meaning(),
                        false,
                        language.say(
                                "That is what the text says of “" + other.term() + "”.",
                                "Das sagt der Text von „" + other.term() + "“.")));
            }
        }
        if (options.size() > FEWEST_WRONG) {
            double importance = subject == null ? 0.5 : subject.score();
            made.add(new TextQuestion(
                    Kind.SINGLE_CHOICE,
                    About.MEANING,
                    language.say(
                            "What does the text say “" + definition.term() + "” is?",
                            "Was ist „" + definition.term() + "“ nach diesem Text?"),
                    List.of(),
                    null,
                    options,
                    sentences.get(definition.sentence()).text(),
                    definition.sentence(),
                    subject == null ? Stems.folded(definition.term()) : subject.key(),
                    0.92 * fit[definition.sentence()] * (0.55 + 0.45 * importance)));
        }
    }

    /** Whether neither meaning can be true of the other's term, as far as the text tells. */
    private boolean areApart(Definition one, Definition other) {
        if (one.sentence() == other.sentence()
                || shareAWord(one.term(), other.term())
                || shareAWord(one.term(), other.meaning())
                || shareAWord(other.term(), one.meaning())) {
            return false;
        }
        Set<String> meaning = new TreeSet<>();
        for (Token token : Tokens.of(one.meaning())) {
            if (token.isWord() && !language.isStop(token.text())) {
                meaning.add(forms.of(token.text()));
            }
        }
        return overlap(meaning, other.sentence()) < SAYS_THE_SAME;
    }

    // Enumerations

    private void askForItems(Enumeration enumeration, List<TextQuestion> made) {
        Sentence sentence = sentences.get(enumeration.sentence());
        if (fit[sentence.index()] == 0) {
            return;
        }
        int first = -1;
        int last = -1;
        for (int i = 0; i < sentence.tokens().size(); i++) {
            Token token = sentence.tokens().get(i);
            if (token.end() > enumeration.start() && token.start() < enumeration.end()) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        Set<String> context = stems(sentence, first, last);
        List<String> right = new ArrayList<>();
        int known = 0;
        double importance = 0;
        for (String item : enumeration.items()) {
            Optional<Term> term = termOf(item);
            known += term.isPresent() || item.contains("`") ? 1 : 0;
            importance +=
                    term.map(Term::score).orElse(0.3) / enumeration.items().size();
            if (!givesAway(sentence, first, last, item.replace("`", ""))) {
                right.add(item);
            }
        }
        if (right.size() < 2
                || context.size() < 3
                || known + 1 < enumeration.items().size()) {
            return;
        }
        List<Option> options = new ArrayList<>();
        right.stream().limit(MOST_WRONG).forEach(item -> options.add(new Option(item, true, soItStands(sentence))));
        int asked = options.size();
        addWrongItems(enumeration, sentence, context, options);
        if (options.size() - asked < FEWEST_WRONG) {
            return;
        }
        made.add(new TextQuestion(
                Kind.MULTIPLE_CHOICE,
                About.ENUMERATION,
                prompt(
                        language.say("Which of these does the text name here?", "Welche davon nennt der Text hier?"),
                        sentence.text().substring(0, enumeration.start())
                                + TextQuestion.GAP
                                + sentence.text().substring(enumeration.end())),
                List.of(),
                null,
                options,
                sentence.text(),
                sentence.index(),
                "list " + enumeration.sentence(),
                0.78 * fit[sentence.index()] * (0.55 + 0.45 * Math.min(1, importance))));
    }

    private Optional<Term> termOf(String item) {
        String[] words = item.replace("`", "").split(" ");
        StringBuilder key = new StringBuilder();
        for (String word : words) {
            key.append(key.isEmpty() ? "" : " ").append(forms.of(word));
        }
        Term whole = byKey.get(key.toString());
        return Optional.ofNullable(whole != null ? whole : byKey.get(forms.of(words[words.length - 1])));
    }

    private void addWrongItems(Enumeration enumeration, Sentence sentence, Set<String> context, List<Option> options) {
        BitSet near = near(context, sentence.index());
        boolean ofCode = enumeration.items().stream().allMatch(item -> item.startsWith("`"));
        Set<String> alsoRight = itemsOfListsLike(enumeration);
        List<String> chosen = new ArrayList<>();
        if (ofCode) {
            code.forEach((text, places) -> {
                boolean here = places.contains(sentence.index());
                if (!here
                        && chosen.size() < MOST_WRONG
                        && !alsoRight.contains("`" + text + "`")
                        && places.stream().noneMatch(near::get)) {
                    chosen.add(text);
                    options.add(new Option("`" + text + "`", false, elsewhere("`" + text + "`", places.getFirst())));
                }
            });
            return;
        }
        List<Term> wrong = new ArrayList<>();
        Term model = termOf(enumeration.items().getFirst()).orElse(null);
        for (Term other : terms) {
            if (wrong.size() == MOST_WRONG) {
                return;
            }
            boolean sameKind = model == null || isOfTheSameKind(model, other);
            boolean apart = enumeration.items().stream()
                            .noneMatch(item -> shareAWord(item, other.text())
                                    || termOf(item)
                                            .map(term -> areRelated(term, other))
                                            .orElse(false))
                    && wrong.stream().noneMatch(one -> areRelated(one, other));
            if (sameKind
                    && apart
                    && !isIn(other, sentence.index())
                    && !givesAway(sentence, -1, -1, other.text())
                    && !alsoRight.contains(other.text())
                    && fitsNowhere(other, near)) {
                wrong.add(other);
                options.add(new Option(
                        model == null ? other.text() : form(other, model, model.text()), false, elsewhere(other)));
            }
        }
    }

    private String elsewhere(String what, int sentence) {
        return language.say(
                        "The text speaks of " + what + " elsewhere: ", "Von " + what + " spricht der Text anderswo: ")
                + quote(sentences.get(sentence).text());
    }

    /** Items of other enumerations that share two items with one: they may belong to it as well. */
    private Set<String> itemsOfListsLike(Enumeration enumeration) {
        Set<String> items = new HashSet<>();
        for (Enumeration other : enumerations) {
            long common =
                    other.items().stream().filter(enumeration.items()::contains).count();
            if (other.sentence() != enumeration.sentence() && common >= 2) {
                items.addAll(other.items());
            }
        }
        return items;
    }

    // Numbers

    private void askForNumber(Quantity quantity, List<TextQuestion> made) {
        Sentence sentence = sentences.get(quantity.sentence());
        Set<String> context = stems(sentence, -1, -1);
        context.remove(forms.of(quantity.text()));
        boolean twice = quantities.stream()
                .anyMatch(other -> !other.equals(quantity)
                        && other.sentence() == quantity.sentence()
                        && other.value() == quantity.value());
        if (fit[sentence.index()] == 0
                || context.size() < FEWEST_CONTEXT_WORDS
                || twice
                || !near(context, sentence.index()).isEmpty()) {
            return;
        }
        String gapped = sentence.text().substring(0, quantity.start())
                + TextQuestion.GAP
                + sentence.text().substring(quantity.end());
        String key = "number " + quantity.sentence() + " " + quantity.start();
        double weight = fit[sentence.index()] * 0.8;
        made.add(new TextQuestion(
                Kind.CLOZE,
                About.NUMBER,
                prompt(language.say("Which number is missing here?", "Welche Zahl fehlt hier?"), gapped),
                quantity.writings(),
                null,
                List.of(),
                sentence.text(),
                sentence.index(),
                key,
                weight * 0.6));
        List<Option> options = new ArrayList<>();
        options.add(new Option(quantity.text(), true, soItStands(sentence)));
        Set<Double> values = new HashSet<>(Set.of(quantity.value()));
        for (Quantity other : quantities) {
            boolean sameKind = other.unit().equals(quantity.unit())
                    && other.value() <= 20 * quantity.value()
                    && quantity.value() <= 20 * other.value();
            if (sameKind
                    && options.size() <= MOST_WRONG
                    && other.sentence() != quantity.sentence()
                    && values.add(other.value())) {
                options.add(new Option(other.text(), false, elsewhere(other.text(), other.sentence())));
            }
        }
        if (options.size() > FEWEST_WRONG) {
            made.add(new TextQuestion(
                    Kind.SINGLE_CHOICE,
                    About.NUMBER,
                    prompt(language.say("Which number is missing here?", "Welche Zahl fehlt hier?"), gapped),
                    List.of(),
                    null,
                    options,
                    sentence.text(),
                    sentence.index(),
                    key,
                    weight * 0.66));
        }
    }

    // Code

    private void askForCode(Sentence sentence, Token token, List<TextQuestion> made) {
        int at = sentence.tokens().indexOf(token);
        String bare = token.text().replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
        Set<String> context = stems(sentence, at, at);
        boolean clean = !bare.isEmpty() && !givesAway(sentence, at, at, bare);
        if (!clean || context.size() < FEWEST_CONTEXT_WORDS || token.text().length() > 40) {
            return;
        }
        List<Integer> places = code.getOrDefault(token.text(), List.of());
        BitSet near = near(context, sentence.index());
        boolean ambiguous = isSaidOfSomethingElse(near, places::contains);
        if (ambiguous) {
            return;
        }
        String gapped = sentence.text().substring(0, token.start())
                + TextQuestion.GAP
                + sentence.text().substring(token.end());
        double weight = fit[sentence.index()] * 0.85;
        made.add(new TextQuestion(
                Kind.CLOZE,
                About.CODE,
                prompt(language.say("Which code is missing here?", "Welcher Code fehlt hier?"), gapped),
                List.of(token.text()),
                language.say(
                        "begins with “" + token.text().charAt(0) + "”, "
                                + token.text().length() + " characters",
                        "beginnt mit „" + token.text().charAt(0) + "“, "
                                + token.text().length() + " Zeichen"),
                List.of(),
                sentence.text(),
                sentence.index(),
                "code " + token.text(),
                weight * 0.72));
        List<Option> options = new ArrayList<>();
        options.add(new Option("`" + token.text() + "`", true, soItStands(sentence)));
        code.forEach((other, theirs) -> {
            boolean wrong = !other.equals(token.text())
                    && shape(other) == shape(token.text())
                    && !theirs.contains(sentence.index())
                    && !other.contains(token.text())
                    && !token.text().contains(other)
                    && theirs.stream().noneMatch(near::get);
            if (wrong && options.size() <= MOST_WRONG) {
                options.add(new Option("`" + other + "`", false, elsewhere("`" + other + "`", theirs.getFirst())));
            }
        });
        if (options.size() > FEWEST_WRONG) {
            made.add(new TextQuestion(
                    Kind.SINGLE_CHOICE,
                    About.CODE,
                    prompt(language.say("Which code is missing here?", "Welcher Code fehlt hier?"), gapped),
                    List.of(),
                    null,
                    options,
                    sentence.text(),
                    sentence.index(),
                    "code " + token.text(),
                    weight * 0.76));
        }
    }

    /** What sort of code it is: an option of a command, a call, a path, a number, a constant or a word. */
    private static int shape(String text) {
        if (text.startsWith("-")) {
            return 0;
        }
        if (text.endsWith(")")) {
            return 1;
        }
        if (text.contains("/") || text.contains(".")) {
            return 2;
        }
        if (text.matches("[\\p{N}]+.*")) {
            return 3;
        }
        if (text.contains(" ")) {
            return 4;
        }
        return text.equals(text.toUpperCase(Locale.ROOT)) ? 5 : 6;
    }
}
