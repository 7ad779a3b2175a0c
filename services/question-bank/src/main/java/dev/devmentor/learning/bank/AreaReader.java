package dev.devmentor.learning.bank;

import dev.devmentor.events.Bloom;
import dev.devmentor.learning.bank.Question.Blank;
import dev.devmentor.learning.bank.Question.Code;
import dev.devmentor.learning.bank.Question.Mistake;
import dev.devmentor.learning.bank.Question.Option;
import dev.devmentor.learning.bank.Question.RubricPoint;
import dev.devmentor.learning.bank.Question.Run;
import dev.devmentor.learning.bank.Question.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one file of the bank, and finds what in it is against docs/question-bank.md. */
public final class AreaReader {
    private static final Pattern AREA = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern SKILL = Pattern.compile("[a-z][a-z0-9-]{0,31}\\.[a-z][a-z0-9-]{0,47}");
    private static final Pattern QUESTION = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern URL = Pattern.compile("https?://\\S+");
    private static final Set<String> LANGUAGES = Set.of(
            "java",
            "javascript",
            "sql",
            "bash",
            "python",
            "yaml",
            "json",
            "http",
            "text",
            "dockerfile",
            "go",
            "typescript");
    private static final Set<String> RUN = Set.of("java", "javascript", "sql", "bash", "python");
    private static final int LONGEST_TEXT = 8_000;

    private final String name;

    private AreaReader(String name) {
        this.name = name;
    }

    /**
     * Reads a file.
     *
     * @param file its name without the folder
     * @param text its content
     * @param findings receives what is wrong; if something is added, the area is not to be used
     */
    public static Area read(String file, String text, List<Finding> findings) {
        return new AreaReader(file).area(YamlNode.parse(file, text, findings));
    }

    private Area area(YamlNode root) {
        String id = root.get("area").text("area");
        if (!AREA.matcher(id).matches() || !name.equals(id + ".yaml")) {
            root.get("area").wrong("area is the file's name without .yaml: lower case, digits, hyphens");
        }
        String title = root.get("title").text("title");
        List<Skill> skills = new ArrayList<>();
        for (YamlNode skill : root.get("skills").list("skills")) {
            skills.add(skill(id, skill));
        }
        List<Question> questions = new ArrayList<>();
        for (YamlNode question : root.get("questions").list("questions")) {
            questions.add(question(id, question));
        }
        root.endOfKeys();
        return new Area(id, title, skills, questions);
    }

    private static Skill skill(String area, YamlNode node) {
        String id = node.get("id").text("id of a skill");
        if (!SKILL.matcher(id).matches() || !id.startsWith(area + ".")) {
            node.wrong("the id of a skill is " + area + ".NAME");
        }
        Skill skill = new Skill(
                id,
                node.get("name").text("name of a skill"),
                node.get("summary").text("summary of a skill"),
                node.get("prerequisites").texts("prerequisites"));
        node.endOfKeys();
        return skill;
    }

    private Question question(String area, YamlNode node) {
        String id = node.get("id").text("id of a question");
        if (!QUESTION.matcher(id).matches() || !id.startsWith(area + "-")) {
            node.wrong("the id of a question is " + area + "-NAME, with at most 64 characters");
        }
        QuestionType type = type(node.get("type"));
        Question question = new Question(
                id,
                area,
                type,
                bloom(node.get("bloom")),
                node.get("difficulty").number("difficulty", 0.05, 0.95),
                (int) node.get("seconds").number("seconds", 15, 900),
                node.get("skills").texts("skills"),
                node.get("prompt").text("prompt").strip(),
                code(
                        type,
                        node.get("code"),
                        node.get("fixed").optionalText(),
                        node.get("expect").optionalText()),
                options(type, node.get("options"), node),
                node.get("items").texts("items"),
                node.get("why").texts("why"),
                blanks(node.get("blanks")),
                rubric(node.get("rubric")),
                node.get("model").optionalText(),
                node.get("explanation").text("explanation").strip(),
                source(node.get("source")));
        node.endOfKeys();
        check(question, node);
        return question;
    }

    private static QuestionType type(YamlNode node) {
        String text = node.text("type");
        for (QuestionType type : QuestionType.values()) {
            if (type.wire().equals(text)) {
                return type;
            }
        }
        node.wrong("type is single-choice, multiple-choice, ordering, fill-in, spot-the-bug or free-text");
        return QuestionType.SINGLE_CHOICE;
    }

    private static Bloom bloom(YamlNode node) {
        String text = node.text("bloom");
        for (Bloom bloom : Bloom.values()) {
            if (bloom.wire().equals(text)) {
                return bloom;
            }
        }
        node.wrong("bloom is remember, understand, apply, analyze, evaluate or create");
        return Bloom.REMEMBER;
    }

    private static @Nullable Code code(
            QuestionType type, YamlNode node, @Nullable String fixed, @Nullable String expect) {
        if (node.isAbsent()) {
            return null;
        }
        String language = node.get("language").text("language");
        if (!LANGUAGES.contains(language)) {
            node.wrong("the language '" + language + "' is not known");
        }
        Run run = switch (node.get("run").text("run")) {
            case "output" -> Run.OUTPUT;
            case "fixed" -> Run.FIXED;
            case "none" -> Run.NONE;
            default -> {
                node.wrong("run is output, fixed or none");
                yield Run.NONE;
            }
        };
        if (run != Run.NONE && !RUN.contains(language)) {
            node.wrong(language + " is not run; write run: none");
        }
        Code code = new Code(language, run, node.get("text").text("text of the code"), fixed, expect);
        node.endOfKeys();
        if (run == Run.FIXED && (code.fixed() == null || code.expect() == null)) {
            node.wrong("run: fixed needs 'fixed' and 'expect'");
        }
        if (run == Run.OUTPUT && type == QuestionType.FILL_IN && code.expect() == null) {
            node.wrong("a fill-in that runs needs 'expect'");
        }
        if (type == QuestionType.SPOT_THE_BUG && code.fixed() == null) {
            node.wrong("spot-the-bug needs 'fixed', the mended code");
        }
        return code;
    }

    private static List<Option> options(QuestionType type, YamlNode list, YamlNode question) {
        List<Option> options = new ArrayList<>();
        for (YamlNode node : list.list("options")) {
            options.add(new Option(
                    node.get("text").text("text of an option").strip(),
                    node.get("correct").flag("correct"),
                    node.get("why").text("why of an option").strip()));
            node.endOfKeys();
        }
        if (type.isChoice()) {
            long correct = options.stream().filter(Option::correct).count();
            if (options.size() < 3 || options.size() > 6) {
                question.wrong("a choice has 3 to 6 options");
            }
            if (type == QuestionType.MULTIPLE_CHOICE ? correct < 1 || correct == options.size() : correct != 1) {
                question.wrong("of the options " + correct + " are correct");
            }
            if (options.stream().map(Option::text).distinct().count() < options.size()) {
                question.wrong("two options are the same");
            }
        } else if (!options.isEmpty()) {
            question.wrong("this type has no options");
        }
        return options;
    }

    private static List<Blank> blanks(YamlNode list) {
        List<Blank> blanks = new ArrayList<>();
        for (YamlNode node : list.list("blanks")) {
            List<Mistake> wrong = new ArrayList<>();
            for (YamlNode mistake : node.get("wrong").list("wrong")) {
                wrong.add(new Mistake(
                        mistake.get("text").text("text of a wrong answer"),
                        mistake.get("why").text("why of a wrong answer")));
                mistake.endOfKeys();
            }
            Blank blank = new Blank(
                    node.get("answers").texts("answers"), node.get("hint").optionalText(), wrong);
            node.endOfKeys();
            if (blank.answers().isEmpty()) {
                node.wrong("a blank has at least one answer");
            }
            if (blank.wrong().stream().anyMatch(mistake -> Grading.fits(blank, mistake.text()))) {
                node.wrong("a wrong answer is among the right ones");
            }
            blanks.add(blank);
        }
        return blanks;
    }

    private static List<RubricPoint> rubric(YamlNode list) {
        List<RubricPoint> points = new ArrayList<>();
        for (YamlNode node : list.list("rubric")) {
            List<List<String>> terms = new ArrayList<>();
            for (YamlNode group : node.get("terms").list("terms")) {
                terms.add(group.texts("a group of terms"));
            }
            points.add(new RubricPoint(
                    node.get("point").text("point"), node.get("weight").number("weight", 0.05, 0.9), terms));
            node.endOfKeys();
            if (terms.isEmpty() || terms.stream().anyMatch(List::isEmpty)) {
                node.wrong("a point has groups of terms, none of them empty");
            }
        }
        return points;
    }

    private static Source source(YamlNode node) {
        Source source = new Source(
                node.get("title").text("title of the source"), node.get("url").text("url of the source"));
        node.endOfKeys();
        if (!URL.matcher(source.url()).matches()) {
            node.wrong("the url of the source is an address of the web");
        }
        return source;
    }

    private static void check(Question question, YamlNode node) {
        if (question.skills().isEmpty()
                || question.skills().size() > 4
                || new HashSet<>(question.skills()).size() < question.skills().size()) {
            node.wrong("a question has 1 to 4 different skills");
        }
        if (question.prompt().length() + question.explanation().length() > LONGEST_TEXT) {
            node.wrong("prompt and explanation have more than " + LONGEST_TEXT + " characters");
        }
        switch (question.type()) {
            case SINGLE_CHOICE, MULTIPLE_CHOICE -> {}
            case SPOT_THE_BUG -> {
                if (question.code() == null) {
                    node.wrong("spot-the-bug needs code");
                }
            }
            case ORDERING -> {
                List<String> items = question.items();
                if (items.size() < 3
                        || items.size() > 7
                        || items.stream().distinct().count() < items.size()) {
                    node.wrong("an ordering has 3 to 7 different items");
                }
                if (question.itemReasons().size() != items.size()) {
                    node.wrong("an ordering has a 'why' for each item");
                }
            }
            case FILL_IN -> checkBlanks(question, node);
            case FREE_TEXT -> {
                double weights = question.rubric().stream()
                        .mapToDouble(RubricPoint::weight)
                        .sum();
                if (question.rubric().size() < 3 || question.rubric().size() > 6 || Math.abs(weights - 1) > 1e-9) {
                    node.wrong("a free text has 3 to 6 points whose weights add up to 1");
                }
                if (question.model() == null) {
                    node.wrong("a free text has a model answer");
                } else if (Grading.freeText(question, question.model()).share() < 1 - 1e-9) {
                    node.wrong("the model answer does not meet every point: "
                            + Grading.freeText(question, question.model()).missing());
                }
            }
        }
    }

    private static void checkBlanks(Question question, YamlNode node) {
        Code code = question.code();
        if (code == null || question.blanks().isEmpty()) {
            node.wrong("a fill-in has code and blanks");
            return;
        }
        for (int i = 1; i <= question.blanks().size(); i++) {
            if (!code.text().contains(Grading.blank(i))) {
                node.wrong("the code has no " + Grading.blank(i));
            }
        }
        if (code.text().contains(Grading.blank(question.blanks().size() + 1))) {
            node.wrong("the code has more blanks than 'blanks'");
        }
    }
}
