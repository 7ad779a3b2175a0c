package dev.devmentor.learning.bank;

import dev.devmentor.learning.bank.Question.Blank;
import dev.devmentor.learning.bank.Question.Mistake;
import dev.devmentor.learning.bank.Question.RubricPoint;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much of an answer is right, and why. Pure functions: the same answer always gets the same grade. */
public final class Grading {
    /** From this share on an answer counts as correct. */
    public static final double PASS = 0.75;

    private Grading() {}

    /**
     * What an answer got.
     *
     * @param share 0 to 1
     * @param remarks for a person, one for each part that was looked at
     * @param missing of a free text, the points that it does not make
     */
    public record Graded(double share, List<String> remarks, List<String> missing) {
        public Graded {
            remarks = List.copyOf(remarks);
            missing = List.copyOf(missing);
        }

        public boolean correct() {
            return share >= PASS;
        }
    }

    /**
     * Grades a choice.
     *
     * @param chosen indices into {@link Question#options()}, in the order of the file
     * @throws IllegalArgumentException if an index is none of an option
     */
    public static Graded choice(Question question, Set<Integer> chosen) {
        List<String> remarks = new ArrayList<>();
        int right = 0;
        int wrong = 0;
        int all = 0;
        for (int index : chosen) {
            if (index < 0 || index >= question.options().size()) {
                throw new IllegalArgumentException("there is no option " + index);
            }
        }
        for (int i = 0; i < question.options().size(); i++) {
            Question.Option option = question.options().get(i);
            all += option.correct() ? 1 : 0;
            if (chosen.contains(i)) {
                right += option.correct() ? 1 : 0;
                wrong += option.correct() ? 0 : 1;
                remarks.add(option.why());
            } else if (option.correct()) {
                remarks.add(option.why());
            }
        }
        double share = question.type() == QuestionType.MULTIPLE_CHOICE
                ? Math.max(0, (double) (right - wrong) / all)
                : right == 1 && wrong == 0 ? 1 : 0;
        return new Graded(share, remarks, List.of());
    }

    /**
     * Grades an ordering by the share of neighbouring pairs in the right order.
     *
     * @param order a permutation of the indices of {@link Question#items()}
     * @throws IllegalArgumentException if it is none
     */
    public static Graded ordering(Question question, List<Integer> order) {
        int n = question.items().size();
        Set<Integer> seen = new HashSet<>(order);
        if (order.size() != n || seen.size() != n || !seen.stream().allMatch(i -> i >= 0 && i < n)) {
            throw new IllegalArgumentException("an order names each of the " + n + " items once");
        }
        List<String> remarks = new ArrayList<>();
        int right = 0;
        for (int i = 1; i < n; i++) {
            if (order.get(i) == order.get(i - 1) + 1) {
                right++;
            } else {
                remarks.add(question.itemReasons().get(order.get(i)));
            }
        }
        return new Graded((double) right / (n - 1), remarks, List.of());
    }

    /**
     * Grades a fill-in by the share of blanks that are right.
     *
     * @param answers one for each blank; an empty one is wrong
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Graded fillIn(Question question, List<String> answers) {
        if (answers.size() != question.blanks().size()) {
            throw new IllegalArgumentException("there are " + question.blanks().size() + " blanks");
        }
        List<String> remarks = new ArrayList<>();
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            Blank blank = question.blanks().get(i);
            String answer = answers.get(i);
            if (fits(blank, answer)) {
                right++;
                continue;
            }
            remarks.add(blank.wrong().stream()
                    .filter(mistake -> withoutBlanks(mistake.text()).equals(withoutBlanks(answer)))
                    .map(Mistake::why)
                    .findFirst()
                    .orElse("blank " + (i + 1) + ": " + blank.answers().getFirst()
                            + (blank.hint() == null ? "" : " (" + blank.hint() + ")")));
        }
        return new Graded((double) right / answers.size(), remarks, List.of());
    }

    /** Grades a free text by the points that it makes. */
    public static Graded freeText(Question question, String answer) {
        String words = words(answer);
        List<String> remarks = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        double share = 0;
        for (RubricPoint point : question.rubric()) {
            boolean made = point.terms().stream()
                    .allMatch(group -> group.stream().anyMatch(term -> occurs(words, words(term))));
            if (made) {
                share += point.weight();
                remarks.add("made: " + point.point());
            } else {
                missing.add(point.point());
                remarks.add("missing: " + point.point());
            }
        }
        return new Graded(Math.min(1, share), remarks, missing);
    }

    /** Whether an answer is one of the right ones; white space does not count. */
    public static boolean fits(Blank blank, @Nullable String answer) {
        return answer != null
                && blank.answers().stream()
                        .anyMatch(right -> withoutBlanks(right).equals(withoutBlanks(answer)));
    }

    /** The mark of a blank in code. */
    static String blank(int number) {
        return "___" + number + "___";
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** Lower case, words separated by single spaces, with one at each end. */
    private static String words(String text) {
        return " "
                + Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}+#./*-]+|(?<=\\p{L})[./](?=\\s|$)|-", " ")
                        .strip()
                        .replaceAll("\\s+", " ")
                + " ";
    }

    /** At the beginning of a word, so that "commit" is found in "commits". */
    private static boolean occurs(String words, String term) {
        return words.contains(term.stripTrailing());
    }
}
