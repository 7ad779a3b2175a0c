package dev.devmentor.learning.engine.interview;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What English and German phrases of job advertisements and CVs mean. Matching takes time linear in the line. */
final class Phrases {
    /** Words for what has to be there. */
    static final Phrases REQUIRED = new Phrases(
            "must",
            "must have",
            "must haves",
            "required",
            "requirement",
            "requirements",
            "mandatory",
            "essential",
            "you have",
            "you bring",
            "we expect",
            "your profile",
            "qualifications",
            "what you bring",
            "muss",
            "musst",
            "müssen",
            "erforderlich",
            "vorausgesetzt",
            "voraussetzung",
            "voraussetzungen",
            "setzen wir voraus",
            "zwingend",
            "anforderungen",
            "ihr profil",
            "dein profil",
            "das bringst du mit",
            "das bringen sie mit",
            "wir erwarten",
            "notwendig");

    /** Words for what would be welcome. */
    static final Phrases OPTIONAL = new Phrases(
            "nice to have",
            "nice to haves",
            "a plus",
            "is plus",
            "ein plus",
            "bonus",
            "bonus points",
            "preferred",
            "preferably",
            "desirable",
            "optional",
            "ideally",
            "good to have",
            "would be great",
            "an advantage",
            "advantageous",
            "beneficial",
            "von vorteil",
            "vorteilhaft",
            "wünschenswert",
            "idealerweise",
            "im idealfall",
            "gerne auch",
            "pluspunkt",
            "pluspunkte",
            "bonuspunkte",
            "kein muss",
            "nicht zwingend",
            "wäre toll",
            "wäre schön",
            "schön wäre");

    /** Words for what is not asked for. */
    static final Phrases NOT_WANTED = new Phrases(
            "not required",
            "not needed",
            "not necessary",
            "no prior",
            "nicht erforderlich",
            "nicht notwendig",
            "nicht nötig",
            "nicht vorausgesetzt",
            "keine vorkenntnisse",
            "keine kenntnisse");

    /** Headings of a job description under which nothing is asked for. */
    static final Phrases OFFERED = new Phrases(
            "we offer",
            "what we offer",
            "our offer",
            "benefits",
            "perks",
            "your benefits",
            "why us",
            "wir bieten",
            "was wir bieten",
            "das bieten wir",
            "unser angebot",
            "deine vorteile",
            "ihre vorteile",
            "deine benefits");

    /** Headings of a job description that end what the one before said. */
    static final Phrases SECTIONS = new Phrases(
            "about us",
            "who we are",
            "about the role",
            "the role",
            "responsibilities",
            "your responsibilities",
            "your tasks",
            "tasks",
            "what you will do",
            "what you ll do",
            "tech stack",
            "our stack",
            "contact",
            "how to apply",
            "über uns",
            "wer wir sind",
            "aufgaben",
            "deine aufgaben",
            "ihre aufgaben",
            "das erwartet dich",
            "das erwartet sie",
            "unser stack",
            "kontakt",
            "bewerbung");

    /** Words for depth; the English ones are known to whoever finds the skills, too. */
    static final Phrases DEEP = new Phrases(
            "expert",
            "expertise",
            "deep",
            "in depth",
            "strong",
            "advanced",
            "excellent",
            "extensive",
            "proficient",
            "sehr gute",
            "sehr guten",
            "sehr guter",
            "sehr gut",
            "fundierte",
            "fundierten",
            "fundierter",
            "tiefe",
            "tiefes",
            "tiefgehende",
            "tiefgehendes",
            "umfassende",
            "umfassenden",
            "ausgeprägte",
            "exzellente",
            "hervorragende",
            "experte",
            "expertin",
            "expertenwissen",
            "versiert",
            "sicherer umgang",
            "langjährige erfahrung");

    /** Words for the beginnings. */
    static final Phrases BASIC = new Phrases(
            "basic",
            "basics",
            "basic knowledge",
            "familiar",
            "familiarity",
            "exposure",
            "some experience",
            "grundkenntnisse",
            "grundkenntnissen",
            "grundlagen",
            "grundlegende",
            "grundlegendes",
            "erste erfahrung",
            "erste erfahrungen",
            "ersten erfahrungen");

    static final Phrases LEAD = new Phrases(
            "lead",
            "principal",
            "staff",
            "head of",
            "architect",
            "architekt",
            "architektin",
            "leitung",
            "leiter",
            "leiterin",
            "teamlead",
            "tech lead");

    static final Phrases SENIOR = new Phrases("senior", "sr", "erfahrener", "erfahrene", "erfahrenen");

    static final Phrases MIDDLE = new Phrases("mid level", "midlevel", "intermediate");

    static final Phrases JUNIOR = new Phrases(
            "junior",
            "jr",
            "entry level",
            "graduate",
            "internship",
            "trainee",
            "working student",
            "werkstudent",
            "werkstudentin",
            "berufseinsteiger",
            "berufseinsteigerin",
            "berufseinstieg",
            "berufsanfänger",
            "absolvent",
            "absolventin",
            "praktikum",
            "praktikant",
            "praktikantin");

    /** Headings of a CV under which a span of time is no work. */
    static final Phrases EDUCATION = new Phrases(
            "education",
            "studies",
            "university",
            "school",
            "ausbildung",
            "studium",
            "bildung",
            "bildungsweg",
            "schulbildung",
            "akademischer werdegang",
            "hochschulbildung",
            "academic background");

    /** Headings of a CV under which a span of time is work. */
    static final Phrases WORK = new Phrases(
            "experience",
            "work experience",
            "professional experience",
            "employment",
            "employment history",
            "work history",
            "career",
            "projects",
            "berufserfahrung",
            "beruflicher werdegang",
            "werdegang",
            "berufliche erfahrung",
            "berufspraxis",
            "praxiserfahrung",
            "projekte",
            "projekterfahrung",
            "stationen");

    /** Headings of a CV that end what came before. */
    static final Phrases OTHER = new Phrases(
            "skills",
            "technical skills",
            "technologies",
            "tech stack",
            "languages",
            "interests",
            "hobbies",
            "certificates",
            "certifications",
            "publications",
            "references",
            "kenntnisse",
            "fähigkeiten",
            "technologien",
            "sprachen",
            "sprachkenntnisse",
            "interessen",
            "zertifikate",
            "zertifizierungen",
            "weiterbildung",
            "weiterbildungen",
            "edv kenntnisse",
            "it kenntnisse",
            "ehrenamt",
            "summary",
            "profile",
            "profil",
            "about me",
            "über mich");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern YEARS = Pattern.compile(
            "(?<![\\p{N}.,])(\\d{1,2}) ?\\+?(?: ?(?:-|–|to|bis) ?\\d{1,2} ?\\+?)? ?(?:years?|yrs?|jahre?n?)(?!\\p{L})",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private final List<List<String>> phrases;

    private Phrases(String... phrases) {
        List<List<String>> split = new ArrayList<>();
        for (String phrase : phrases) {
            split.add(List.of(phrase.split(" ")));
        }
        this.phrases = List.copyOf(split);
    }

    /** The words of a text in small letters. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /** Whether one of the phrases stands in the text. */
    boolean in(String text) {
        return in(words(text));
    }

    boolean in(List<String> words) {
        for (int at = 0; at < words.size(); at++) {
            if (at(words, at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text begins with one of the phrases. */
    boolean begins(List<String> words) {
        return at(words, 0);
    }

    /** Whether the text is one of the phrases and nothing else. */
    boolean are(List<String> words) {
        return phrases.contains(words);
    }

    private boolean at(List<String> words, int from) {
        for (List<String> phrase : phrases) {
            if (from + phrase.size() <= words.size()
                    && words.subList(from, from + phrase.size()).equals(phrase)) {
                return true;
            }
        }
        return false;
    }

    /** A level within bounds, in whole hundredths. */
    static double level(double level, double lowest, double highest) {
        return Math.round(Math.clamp(level, lowest, highest) * 100) / 100.0;
    }

    /** The first number of years in a text; -1 if there is none. A range counts with its lower end. */
    static int years(String text) {
        Matcher matcher = YEARS.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}
