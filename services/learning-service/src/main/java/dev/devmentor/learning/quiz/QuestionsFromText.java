package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes questions of a learner's own text. */
public interface QuestionsFromText {
    /** The types of question that can be made. */
    Set<QuestionType> types();

    /**
     * Makes questions; the text is not kept.
     *
     * @param title how the text is called as a source
     * @param skills what the questions count for
     * @param types those wanted, some of {@link #types()}
     */
    Made make(String text, String title, List<String> skills, int size, Set<QuestionType> types);

    /**
     * What came of it.
     *
     * @param questions with ids that are the same whenever the same text is read
     * @param shortage why there are fewer than wanted; null if there are not
     */
    record Made(List<Question> questions, @Nullable String shortage) {
        public Made {
            questions = List.copyOf(questions);
        }
    }
}
