package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.choice.MissingItems;
import dev.devmentor.learning.choice.Pacing;
import dev.devmentor.learning.learner.Learner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which questions of a pool a learner is asked. */
public interface QuestionChoice {
    /** Names of the strategies that can be asked for. */
    Set<String> strategies();

    /**
     * Chooses questions; reading is all that it does.
     *
     * @param learner whose row is locked
     * @param pool questions of the bank that the learner's filters leave
     * @return at most as many as wanted; fewer where the pool, or the one strategy that is wanted, has no more
     */
    Selection choose(Connection connection, Learner learner, List<Question> pool, Wanted wanted) throws SQLException;

    /**
     * What is wanted.
     *
     * @param size how many questions at most
     * @param strategy one of {@link #strategies()}; null for a mix
     * @param atMicros now
     * @param pacing how hard the questions should be
     * @param seed decides between questions that are equally good
     */
    record Wanted(int size, @Nullable String strategy, long atMicros, Pacing pacing, long seed) {
        Wanted ofAtMost(int fewer) {
            return new Wanted(fewer, strategy, atMicros, pacing, seed);
        }
    }

    /**
     * A question that is asked.
     *
     * @param strategy the name of the strategy that chose it, at most 32 characters
     * @param reason why it was chosen, one sentence for people
     * @param missing what the bank lacks, so that this one had to do; null if it lacks nothing
     */
    record Chosen(
            Question question,
            String strategy,
            String reason,
            @Nullable MissingItems missing) {
        Chosen(Question question, String strategy, String reason) {
            this(question, strategy, reason, null);
        }
    }

    /**
     * What is asked.
     *
     * @param chosen in the order in which they are asked
     * @param exhausted what the bank lacks, so that no more could be chosen by the strategies
     */
    record Selection(List<Chosen> chosen, List<MissingItems> exhausted) {}
}
