package dev.devmentor.learning.engine.interview;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a CV claims.
 *
 * @param months of work in all, overlaps counted once; 0 if the text shows none
 * @param claims skills; by level, highest first, then by id
 */
public record Resume(int months, List<Claim> claims) {
    private static final double MENTIONED = 0.50;
    private static final double DEEPER = 0.07;
    private static final double SHALLOWER = 0.12;
    private static final double LOWEST = 0.35;
    private static final double HIGHEST = 0.85;
    private static final int MOST_SPANS = 60;
    private static final int LONGEST_SPAN_LINES = 40;
    private static final int HEADING_WORDS = 5;
    private static final int FIRST_YEAR = 1960;
    private static final int LONGEST_SPAN_MONTHS = 50 * 12;

    private static final String MONTH =
            "(?:\\d{1,2}|jan\\p{L}{0,6}|feb\\p{L}{0,6}|mar\\p{L}{0,2}|mär\\p{L}{0,1}|mrz|apr\\p{L}{0,2}"
                    + "|mai|may|jun\\p{L}{0,1}|jul\\p{L}{0,1}|aug\\p{L}{0,3}|sep\\p{L}{0,6}|okt\\p{L}{0,4}|oct\\p{L}{0,4}|nov\\p{L}{0,5}|de[cz]\\p{L}{0,5})";
    private static final String DATE = "(?:(" + MONTH + ")\\.?[ ./]{1,2})?((?:19|20)\\d\\d)";
    private static final String NOW = "(present|now|today|current|ongoing|heute|jetzt|aktuell|laufend)";
    private static final Pattern SPAN = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:" + DATE + " ?(?:-|–|—|to|until|bis) ?(?:" + DATE + "|" + NOW
                    + ")|(?:since|seit|ab) " + DATE + ")(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("jan", 1),
            Map.entry("feb", 2),
            Map.entry("mar", 3),
            Map.entry("mär", 3),
            Map.entry("mrz", 3),
            Map.entry("apr", 4),
            Map.entry("mai", 5),
            Map.entry("may", 5),
            Map.entry("jun", 6),
            Map.entry("jul", 7),
            Map.entry("aug", 8),
            Map.entry("sep", 9),
            Map.entry("okt", 10),
            Map.entry("oct", 10),
            Map.entry("nov", 11),
            Map.entry("dec", 12),
            Map.entry("dez", 12));

    public Resume {
        claims = List.copyOf(claims);
    }

    /**
     * A skill that the CV claims.
     *
     * @param level claimed, 0 to 1, as {@link JobDescription.Want#level}
     * @param months of work in which it was used, or that the text states; -1 if it shows none
     * @param evidence places that say so
     */
    public record Claim(String skill, double level, int months, List<FoundSkill.Place> evidence) {
        public Claim {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * A span of time in a CV.
     *
     * @param fromLine counted from 1
     * @param toLine the last line that belongs to it
     * @param from month, counted from year 0
     * @param to the last month of it
     * @param work whether it is work and not education
     */
    record Span(int fromLine, int toLine, int from, int to, boolean work) {}

    /**
     * Reads a CV.
     *
     * @param year of today
     * @param month of today, 1 to 12
     */
    public static Resume read(List<String> lines, SkillSearch search, int year, int month) {
        int today = year * 12 + month - 1;
        List<Span> spans = spans(lines, today);
        BitSet all = new BitSet();
        Map<String, BitSet> bySkill = new HashMap<>();
        for (Span span : spans) {
            if (span.work()) {
                all.set(span.from(), span.to() + 1);
                for (FoundSkill skill : search.in(lines.subList(span.fromLine() - 1, span.toLine()))) {
                    bySkill.computeIfAbsent(skill.skill(), _ -> new BitSet()).set(span.from(), span.to() + 1);
                }
            }
        }
        List<Claim> claims = new ArrayList<>();
        for (FoundSkill skill : search.in(lines)) {
            claims.add(claim(skill, lines, bySkill.getOrDefault(skill.skill(), new BitSet())));
        }
        claims.sort(Comparator.comparingDouble(Claim::level).reversed().thenComparing(Claim::skill));
        return new Resume(all.cardinality(), claims);
    }

    private static Claim claim(FoundSkill skill, List<String> lines, BitSet used) {
        int months = used.isEmpty() ? -1 : used.cardinality();
        boolean deep = skill.deep();
        boolean basic = true;
        for (FoundSkill.Place place : skill.places()) {
            String sentence = JobDescription.part(lines.get(place.line() - 1), place.term(), ";.");
            String clause = JobDescription.part(sentence, place.term(), ",");
            int years = Phrases.years(clause);
            months = Math.max(months, years < 0 ? -1 : years * 12);
            deep |= Phrases.DEEP.in(clause);
            basic &= Phrases.BASIC.in(clause);
        }
        double level = MENTIONED;
        if (months >= 60) {
            level = 0.78;
        } else if (months >= 36) {
            level = 0.72;
        } else if (months >= 12) {
            level = 0.65;
        } else if (months >= 0) {
            level = 0.55;
        }
        level += deep ? DEEPER : basic ? -SHALLOWER : 0;
        return new Claim(skill.skill(), Phrases.level(level, LOWEST, HIGHEST), months, skill.places());
    }

    /** The spans of time in the order of the lines. A span ends where another one or a heading begins. */
    static List<Span> spans(List<String> lines, int today) {
        List<Span> spans = new ArrayList<>();
        boolean work = true;
        for (int number = 1; number <= lines.size() && spans.size() < MOST_SPANS; number++) {
            String line = lines.get(number - 1);
            Matcher matcher = SPAN.matcher(line);
            if (matcher.find()) {
                int[] months = months(matcher, today);
                if (months != null) {
                    spans.add(new Span(number, lastLine(lines, number), months[0], months[1], work));
                }
            } else {
                Boolean said = heading(line);
                work = said == null ? work : said;
            }
        }
        return spans;
    }

    private static int lastLine(List<String> lines, int first) {
        int last = first;
        while (last < lines.size() && last - first < LONGEST_SPAN_LINES) {
            String next = lines.get(last);
            if (SPAN.matcher(next).find() || heading(next) != null) {
                break;
            }
            last++;
        }
        return last;
    }

    /** Whether spans below are work; null if the line is no heading that we know. */
    private static @Nullable Boolean heading(String line) {
        List<String> words = Phrases.words(line);
        if (words.isEmpty() || words.size() > HEADING_WORDS) {
            return null;
        }
        boolean marked = line.endsWith(":") || line.startsWith("#");
        if (marked ? Phrases.EDUCATION.begins(words) : Phrases.EDUCATION.are(words)) {
            return false;
        }
        boolean other = marked
                ? Phrases.WORK.begins(words) || Phrases.OTHER.begins(words)
                : Phrases.WORK.are(words) || Phrases.OTHER.are(words);
        return other ? Boolean.TRUE : null;
    }

    /** First and last month, counted from year 0; null if they make no sense. */
    private static int @Nullable [] months(Matcher span, int today) {
        boolean since = span.group(7) != null;
        int from = since ? month(span.group(6), span.group(7), 1) : month(span.group(1), span.group(2), 1);
        int to = since || span.group(5) != null ? today : Math.min(today, month(span.group(3), span.group(4), 12));
        return from < FIRST_YEAR * 12 || from > to || to - from > LONGEST_SPAN_MONTHS ? null : new int[] {from, to};
    }

    private static int month(@Nullable String month, String year, int otherwise) {
        int number = otherwise;
        if (month != null && Character.isDigit(month.charAt(0))) {
            int read = Integer.parseInt(month);
            number = read >= 1 && read <= 12 ? read : otherwise;
        } else if (month != null) {
            number = MONTHS.getOrDefault(month.toLowerCase(Locale.ROOT).substring(0, 3), otherwise);
        }
        return Integer.parseInt(year) * 12 + number - 1;
    }
}
