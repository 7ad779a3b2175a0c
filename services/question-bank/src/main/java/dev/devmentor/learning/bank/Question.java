package dev.devmentor.learning.bank;

import dev.devmentor.events.Bloom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of the bank. Which parts are filled depends on the type; what is not is empty or null.
 *
 * @param id stable, and the item under which answers are remembered
 * @param difficulty share of working developers who would get it wrong, between 0 and 1
 * @param seconds what a good answer takes
 * @param skills ids, the main one first
 * @param prompt Markdown
 * @param options of choices, in the order of the file
 * @param items of an ordering, in the right order
 * @param itemReasons of an ordering, why each item stands where it stands
 * @param blanks of a fill-in, in the order of their numbers
 * @param rubric of a free text
 * @param model of a free text, an answer that meets every point
 * @param explanation what to remember, Markdown
 */
public record Question(
        String id,
        String area,
        QuestionType type,
        Bloom bloom,
        double difficulty,
        int seconds,
        List<String> skills,
        String prompt,
        @Nullable Code code,
        List<Option> options,
        List<String> items,
        List<String> itemReasons,
        List<Blank> blanks,
        List<RubricPoint> rubric,
        @Nullable String model,
        String explanation,
        Source source) {

    public Question {
        skills = List.copyOf(skills);
        options = List.copyOf(options);
        items = List.copyOf(items);
        itemReasons = List.copyOf(itemReasons);
        blanks = List.copyOf(blanks);
        rubric = List.copyOf(rubric);
    }

    /** Something to choose, and why it is right or wrong. */
    public record Option(String text, boolean correct, String why) {}

    /**
     * A gap in the code.
     *
     * @param answers all that are right
     * @param wrong usual mistakes, with what is wrong about them
     */
    public record Blank(List<String> answers, @Nullable String hint, List<Mistake> wrong) {
        public Blank {
            answers = List.copyOf(answers);
            wrong = List.copyOf(wrong);
        }
    }

    /** A usual mistake. */
    public record Mistake(String text, String why) {}

    /**
     * A point that a free text should make.
     *
     * @param weight its share of the whole; those of a question add up to 1
     * @param terms groups of alternatives; one of each group has to occur
     */
    public record RubricPoint(String point, double weight, List<List<String>> terms) {
        public RubricPoint {
            terms = terms.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Code that belongs to a question.
     *
     * @param text as shown; of a fill-in with {@code ___1___} where something is missing
     * @param fixed of a spot-the-bug, the whole mended code
     * @param expect what the program prints, where no option says it
     */
    public record Code(
            String language,
            Run run,
            String text,
            @Nullable String fixed,
            @Nullable String expect) {}

    /** Whether code proves its question. */
    public enum Run {
        /** What it prints is the answer. */
        OUTPUT,
        /** Mended it prints what is expected, as it stands it does not. */
        FIXED,
        /** It cannot be run by itself. */
        NONE
    }

    /** Where to read on. */
    public record Source(String title, String url) {}
}
