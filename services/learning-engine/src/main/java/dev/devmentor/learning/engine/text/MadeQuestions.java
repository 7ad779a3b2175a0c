package dev.devmentor.learning.engine.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a text.
 *
 * @param questions in the order of the text
 * @param sentences how many sentences it has
 * @param terms how many key terms were found
 * @param shortage why there are fewer than wanted, for people; null if there are not
 */
public record MadeQuestions(
        Language language,
        List<TextQuestion> questions,
        int sentences,
        int terms,
        @Nullable String shortage) {
    public MadeQuestions {
        questions = List.copyOf(questions);
    }
}
