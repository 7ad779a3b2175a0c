package dev.devmentor.learning.engine.interview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job description asks for.
 *
 * @param seniority of the person that is looked for
 * @param statedSeniority whether the text says so; if not, it is {@link Seniority#MIDDLE}
 * @param wants skills; required ones first, then by weight, then by id
 */
public record JobDescription(Seniority seniority, boolean statedSeniority, List<Want> wants) {
    private static final double DEEPER = 0.08;

    private static final double SHALLOWER = 0.12;
    private static final double OPTIONAL_IS_LOWER = 0.10;
    private static final double LOWEST = 0.45;
    private static final double HIGHEST = 0.92;
    private static final int TITLE_LINES = 5;
    private static final int TITLE_WORDS = 12;
    private static final int HEADING_WORDS = 8;

    public JobDescription {
        wants = List.copyOf(wants);
    }

    /**
     * A skill that the job asks for.
     *
     * @param level wanted, 0 to 1: the share of questions of middle difficulty to be answered rightly
     * @param years of experience that the text asks for beside the skill; -1 if it does not say
     * @param weight how much the text makes of it, 1 to 4: twice for one that it names, more with each mention
     * @param evidence places that say so
     */
    public record Want(
            String skill, Need need, double level, int years, double weight, List<FoundSkill.Place> evidence) {
        public Want {
            evidence = List.copyOf(evidence);
        }
    }

    private enum Cue {
        REQUIRED,
        OPTIONAL,
        NOT_WANTED
    }

    /** Reads a job description. */
    public static JobDescription read(List<String> lines, SkillSearch search) {
        List<FoundSkill> found = search.in(lines);
        boolean[] speaksOfSkills = new boolean[lines.size() + 1];
        found.forEach(skill -> skill.places().forEach(place -> speaksOfSkills[place.line()] = true));
        @Nullable Cue[] headings = headings(lines, speaksOfSkills);
        Seniority stated = seniority(lines, speaksOfSkills);
        Seniority seniority = stated == null ? Seniority.MIDDLE : stated;
        List<Want> wants = new ArrayList<>();
        for (FoundSkill skill : found) {
            Want want = want(skill, lines, headings, seniority);
            if (want != null) {
                wants.add(want);
            }
        }
        wants.sort(Comparator.comparing(Want::need)
                .thenComparing(Comparator.comparingDouble(Want::weight).reversed())
                .thenComparing(Want::skill));
        return new JobDescription(seniority, stated != null, wants);
    }

    private static @Nullable Want want(
            FoundSkill skill, List<String> lines, @Nullable Cue[] headings, Seniority seniority) {
        List<FoundSkill.Place> evidence = new ArrayList<>();
        Need need = Need.OPTIONAL;
        int years = -1;
        boolean deep = skill.deep();
        boolean basic = true;
        for (FoundSkill.Place place : skill.places()) {
            String line = lines.get(place.line() - 1);
            String sentence = part(line, place.term(), ";.");
            String clause = part(sentence, place.term(), ",");
            Cue cue = cue(clause, sentence, headings[place.line()]);
            if (cue == Cue.NOT_WANTED) {
                continue;
            }
            evidence.add(place);
            need = cue == Cue.OPTIONAL ? need : Need.REQUIRED;
            years = Math.max(years, Phrases.years(sentence));
            deep |= Phrases.DEEP.in(clause) || (Phrases.DEEP.in(sentence) && !Phrases.BASIC.in(sentence));
            basic &= Phrases.BASIC.in(clause) || (Phrases.BASIC.in(sentence) && !Phrases.DEEP.in(sentence));
        }
        if (evidence.isEmpty()) {
            return null;
        }
        double level = seniority.level();
        if (years >= 0) {
            level = Math.max(level, Seniority.ofYears(years).level());
        }
        level += deep ? DEEPER : basic ? -SHALLOWER : 0;
        level -= need == Need.OPTIONAL ? OPTIONAL_IS_LOWER : 0;
        double weight = (skill.named() ? 2 : 1) * (1 + 0.25 * Math.min(skill.mentions() - 1, 4));
        return new Want(skill.skill(), need, Phrases.level(level, LOWEST, HIGHEST), years, weight, evidence);
    }

    /** What the words nearest to a skill say: those of its clause, then of its sentence, then of the heading. */
    private static @Nullable Cue cue(String clause, String sentence, @Nullable Cue heading) {
        Cue near = cue(clause);
        if (near != null) {
            return near;
        }
        Cue wider = cue(sentence);
        if (wider == Cue.NOT_WANTED || (wider == Cue.OPTIONAL && Phrases.REQUIRED.in(sentence))) {
            // It is about something else in the sentence, or about nobody knows what.
            return heading;
        }
        return wider == null ? heading : wider;
    }

    private static @Nullable Cue cue(String text) {
        List<String> words = Phrases.words(text);
        if (Phrases.NOT_WANTED.in(words)) {
            return Cue.NOT_WANTED;
        }
        if (Phrases.OPTIONAL.in(words)) {
            return Cue.OPTIONAL;
        }
        return Phrases.REQUIRED.in(words) ? Cue.REQUIRED : null;
    }

    /** For each line, counted from 1, what the heading above it says. */
    private static @Nullable Cue[] headings(List<String> lines, boolean[] speaksOfSkills) {
        @Nullable Cue[] headings = new @Nullable Cue[lines.size() + 1];
        Cue now = null;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            List<String> words = Phrases.words(line);
            if (!speaksOfSkills[number] && words.size() <= HEADING_WORDS) {
                boolean marked = line.endsWith(":") || line.startsWith("#");
                Cue cue = cue(line);
                if (marked ? Phrases.OFFERED.begins(words) : Phrases.OFFERED.are(words)) {
                    now = Cue.NOT_WANTED;
                } else if (marked || cue != null || Phrases.SECTIONS.are(words)) {
                    now = cue;
                }
            }
            headings[number] = now;
        }
        return headings;
    }

    /** The title decides, then any short line, then years of experience in a line that names no skill. */
    private static @Nullable Seniority seniority(List<String> lines, boolean[] speaksOfSkills) {
        for (String line : lines.subList(0, Math.min(TITLE_LINES, lines.size()))) {
            List<String> words = Phrases.words(line);
            if (words.size() <= TITLE_WORDS && Phrases.LEAD.in(words)) {
                return Seniority.LEAD;
            }
            Seniority stated = seniority(words);
            if (stated != null) {
                return stated;
            }
        }
        int years = -1;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            List<String> words = Phrases.words(line);
            Seniority stated = words.size() <= HEADING_WORDS ? seniority(words) : null;
            if (stated != null) {
                return stated;
            }
            if (!speaksOfSkills[number]) {
                years = Math.max(years, Phrases.years(line));
            }
        }
        return years < 0 ? null : Seniority.ofYears(years);
    }

    private static @Nullable Seniority seniority(List<String> words) {
        if (Phrases.SENIOR.in(words)) {
            return Seniority.SENIOR;
        }
        if (Phrases.JUNIOR.in(words)) {
            return Seniority.JUNIOR;
        }
        return Phrases.MIDDLE.in(words) ? Seniority.MIDDLE : null;
    }

    /** The part of a text, between marks, in which a term stands; the whole text if the term is not found. */
    static String part(String text, String term, String marks) {
        int at = text.indexOf(term);
        if (at < 0) {
            return text;
        }
        int from = at;
        while (from > 0 && !ends(text, from - 1, marks)) {
            from--;
        }
        int to = at + term.length();
        while (to < text.length() && !ends(text, to, marks)) {
            to++;
        }
        return text.substring(from, to);
    }

    /** Whether a mark stands there that ends something: a dot within a name or number ends nothing. */
    private static boolean ends(String text, int at, String marks) {
        return marks.indexOf(text.charAt(at)) >= 0
                && (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1)));
    }
}
