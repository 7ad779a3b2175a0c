package dev.devmentor.learning.bank;

import dev.devmentor.learning.bank.SkillFinder.Emphasis;
import dev.devmentor.learning.bank.SkillFinder.Evidence;
import dev.devmentor.learning.bank.SkillFinder.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ready-made goals of {@code goals.yaml}, and what a text that somebody gives as a goal asks for: an occupation, a
 * skill, an area, or a whole job advertisement. Immutable.
 */
public final class Goals {
    private static final String FILE = "goals.yaml";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{2,47}");

    /** A text that names so many skills describes a job by itself; the occupation that it names adds nothing then. */
    private static final int DESCRIBES_ITSELF = 8;

    private final Map<String, Goal> goals = new LinkedHashMap<>();
    private final Map<String, Goal> byName = new LinkedHashMap<>();
    private final QuestionBank bank;
    private final SkillFinder finder;

    private Goals(QuestionBank bank, SkillFinder finder) {
        this.bank = bank;
        this.finder = finder;
    }

    /**
     * A skill that a goal asks for, and why.
     *
     * @param skill id
     * @param reason one sentence for people
     * @param evidence lines of the text that ask for it; none if it comes from a ready-made goal
     */
    public record Wanted(String skill, Level level, String reason, List<Evidence> evidence) {
        public Wanted {
            evidence = List.copyOf(evidence);
        }
    }

    /** What became of a text. */
    public sealed interface Resolution {}

    /**
     * The text asks for skills.
     *
     * @param title for people
     * @param goal the ready-made goal that it names; null if none
     * @param wanted at least one, the most wanted first
     */
    public record Resolved(String title, @Nullable Goal goal, List<Wanted> wanted) implements Resolution {
        public Resolved {
            wanted = List.copyOf(wanted);
        }
    }

    /** Nothing that the bank knows is in the text. */
    public record NothingKnown() implements Resolution {}

    /**
     * The goals that come with the product.
     *
     * @throws IllegalStateException if the file breaks a rule, which the build does not let pass
     */
    public static Goals shipped(QuestionBank bank, SkillFinder finder) {
        List<Finding> findings = new ArrayList<>();
        Goals goals = of(bank, finder, QuestionBank.resource("/" + FILE), findings);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("the goals are broken: " + findings.getFirst());
        }
        return goals;
    }

    /**
     * Goals of one's own.
     *
     * @param yaml in the form of {@code goals.yaml}
     * @param findings receives what is wrong
     */
    public static Goals of(QuestionBank bank, SkillFinder finder, String yaml, List<Finding> findings) {
        Goals read = new Goals(bank, finder);
        YamlNode root = YamlNode.parse(FILE, yaml, findings);
        for (YamlNode node : root.get("goals").list("goals")) {
            read.add(node);
        }
        root.endOfKeys();
        return read;
    }

    private void add(YamlNode node) {
        String id = node.get("id").text("id of a goal");
        if (!ID.matcher(id).matches()) {
            node.wrong("the id of a goal is lower case with hyphens, 3 to 48 characters");
        }
        Map<String, Level> skills = new LinkedHashMap<>();
        for (Level level : List.of(Level.STRONG, Level.SOLID, Level.BASIC)) {
            for (String skill : node.get(level.wire()).texts(level.wire())) {
                if (bank.skill(skill) == null) {
                    node.wrong(id + ": no skill " + skill);
                }
                if (skills.put(skill, level) != null) {
                    node.wrong(id + ": " + skill + " stands here twice");
                }
            }
        }
        if (skills.isEmpty()) {
            node.wrong(id + " has no skills");
        }
        Goal goal = new Goal(
                id,
                node.get("title").text("title of a goal"),
                node.get("summary").text("summary of a goal"),
                node.get("names").texts("names"),
                skills);
        node.endOfKeys();
        if (goals.put(id, goal) != null) {
            node.wrong("two goals have the id " + id);
        }
        List<String> names = new ArrayList<>(goal.names());
        names.add(id);
        names.add(goal.title());
        for (String name : names) {
            Goal other = byName.put(plain(name), goal);
            if (other != null && !other.id().equals(id)) {
                node.wrong("'" + name + "' names " + other.id() + " too");
            }
        }
    }

    public Collection<Goal> all() {
        return goals.values();
    }

    public @Nullable Goal goal(String id) {
        return goals.get(id);
    }

    /**
     * What a text asks for. If it is the name of a goal, of a skill or of an area, that; otherwise every skill that is
     * written in it, each with its lines, and those of the first occupation that it names if it says little else.
     *
     * @param text plain; whoever takes it from outside limits its size
     */
    public Resolution resolve(String text) {
        String plain = plain(text);
        Goal named = byName.get(plain);
        if (named != null) {
            return new Resolved(named.title(), named, ofGoal(named));
        }
        Resolved exact = skillOrArea(text.strip(), plain);
        if (exact != null) {
            return exact;
        }
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        finder.find(text).stream()
                .sorted(Comparator.comparing(Found::emphasis)
                        .reversed()
                        .thenComparing(found -> !found.named())
                        .thenComparing(Comparator.comparingInt(Found::mentions).reversed())
                        .thenComparing(Found::skill))
                .forEach(found -> wanted.put(found.skill(), ofText(found)));
        Goal occupation = firstIn(plain);
        boolean filled = occupation != null && wanted.size() < DESCRIBES_ITSELF;
        if (occupation != null && filled) {
            ofGoal(occupation).forEach(skill -> wanted.putIfAbsent(skill.skill(), skill));
        }
        if (wanted.isEmpty()) {
            return new NothingKnown();
        }
        String title = occupation == null ? "Skills of the text" : occupation.title();
        return new Resolved(title, filled ? occupation : null, List.copyOf(wanted.values()));
    }

    private static List<Wanted> ofGoal(Goal goal) {
        return goal.skills().entrySet().stream()
                .map(skill -> new Wanted(
                        skill.getKey(),
                        skill.getValue(),
                        "belongs to the goal '" + goal.title() + "', "
                                + skill.getValue().wire(),
                        List.of()))
                .toList();
    }

    private @Nullable Resolved skillOrArea(String text, String plain) {
        List<Wanted> wanted = new ArrayList<>();
        for (Skill skill : bank.skills()) {
            if (skill.id().equals(text.toLowerCase(Locale.ROOT))
                    || plain(skill.name()).equals(plain)) {
                wanted.add(new Wanted(skill.id(), Level.SOLID, "is the goal itself", List.of()));
            }
        }
        if (!wanted.isEmpty()) {
            String name = Objects.requireNonNull(bank.skill(wanted.getFirst().skill()))
                    .name();
            return new Resolved(name, null, wanted);
        }
        for (Area area : bank.areas()) {
            if (plain(area.id()).equals(plain) || plain(area.title()).equals(plain)) {
                for (Skill skill : area.skills()) {
                    wanted.add(new Wanted(
                            skill.id(), Level.SOLID, "belongs to the area '" + area.title() + "'", List.of()));
                }
                return new Resolved(area.title(), null, wanted);
            }
        }
        return null;
    }

    private static Wanted ofText(Found found) {
        Level level = switch (found.emphasis()) {
            case DEEP -> Level.STRONG;
            case STATED -> Level.SOLID;
            case OPTIONAL -> Level.BASIC;
        };
        Evidence first = found.evidence().getFirst();
        return new Wanted(
                found.skill(),
                level,
                "line " + first.line() + (found.named() ? " names it: '" : " asks for '") + first.term() + "'"
                        + (found.emphasis() == Emphasis.OPTIONAL ? ", as a bonus or in its basics" : "")
                        + (found.emphasis() == Emphasis.DEEP ? ", in depth" : ""),
                found.evidence());
    }

    /** The goal whose name stands first in the text; of two at one place the one with the longer name. */
    private @Nullable Goal firstIn(String plain) {
        String padded = " " + plain + " ";
        Goal first = null;
        int firstAt = Integer.MAX_VALUE;
        int length = 0;
        for (Map.Entry<String, Goal> name : byName.entrySet()) {
            int at = padded.indexOf(" " + name.getKey() + " ");
            if (at >= 0 && (at < firstAt || (at == firstAt && name.getKey().length() > length))) {
                first = name.getValue();
                firstAt = at;
                length = name.getKey().length();
            }
        }
        return first;
    }

    /** Words in small letters with one space between them, and nothing else. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}+#]+", " ")
                .strip();
    }
}
