package dev.devmentor.learning.quiz;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A quiz as stored.
 *
 * @param madeFrom {@code bank} or {@code text}
 * @param note what the learner should know about it, such as that there are fewer questions than wanted
 * @param answers by item, those that were graded
 */
record Quiz(
        UUID id,
        String title,
        String madeFrom,
        long seed,
        long createdMicros,
        long expiresMicros,
        List<AskedQuestion> questions,
        Map<String, GradedAnswer> answers,
        @Nullable String note) {
    Quiz {
        questions = List.copyOf(questions);
        answers = Map.copyOf(answers);
    }

    boolean isDone() {
        return answers.size() == questions.size();
    }

    State state(long nowMicros) {
        return isDone() ? State.DONE : nowMicros >= expiresMicros ? State.EXPIRED : State.OPEN;
    }

    Quiz with(Map<String, GradedAnswer> newAnswers) {
        return new Quiz(id, title, madeFrom, seed, createdMicros, expiresMicros, questions, newAnswers, note);
    }

    /** Where a quiz stands. */
    enum State {
        OPEN,
        DONE,
        EXPIRED;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
