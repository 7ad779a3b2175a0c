package dev.devmentor.learning.engine.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that a text answers.
 *
 * @param kind how it is answered
 * @param about what of the text it asks for
 * @param prompt Markdown; {@link #GAP} where something is missing
 * @param answers of a cloze, all that are right, as they would be typed; empty otherwise
 * @param hint of a cloze, what keeps it from having a second answer; null otherwise
 * @param options of a choice, the right ones first; empty otherwise
 * @param evidence the sentence of the text that answers it
 * @param sentence which one that is, from 0
 * @param key what it asks for: two questions of one key ask for the same thing
 * @param quality 0 to 1
 */
public record TextQuestion(
        Kind kind,
        About about,
        String prompt,
        List<String> answers,
        @Nullable String hint,
        List<Option> options,
        String evidence,
        int sentence,
        String key,
        double quality) {

    /** What stands for something missing. */
    public static final String GAP = "_____";

    public TextQuestion {
        answers = List.copyOf(answers);
        options = List.copyOf(options);
    }

    /** How a question is answered. */
    public enum Kind {
        CLOZE,
        SINGLE_CHOICE,
        MULTIPLE_CHOICE
    }

    /** What a question asks for. */
    public enum About {
        /** Which term is defined. */
        DEFINED_TERM,
        /** What a term means. */
        MEANING,
        TERM,
        NUMBER,
        CODE,
        ENUMERATION
    }

    /**
     * Something to choose.
     *
     * @param why what the text says that makes it right or wrong here
     */
    public record Option(String text, boolean correct, String why) {}
}
