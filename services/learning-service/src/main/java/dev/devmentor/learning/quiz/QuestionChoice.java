package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Question;
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
     * @return at most as many as wanted, in the order in which they are asked; fewer where the pool has no more
     */
    List<Chosen> choose(Connection connection, Learner learner, List<Question> pool, Wanted wanted) throws SQLException;

    /**
     * What is wanted.
     *
     * @param size how many questions at most
     * @param strategy one of {@link #strategies()}; null for a mix
     * @param atMicros now
     * @param targetSuccess wanted probability of a right answer
     * @param seed decides between questions that are equally good
     */
    record Wanted(int size, @Nullable String strategy, long atMicros, double targetSuccess, long seed) {}

    /**
     * A question that is asked.
     *
     * @param strategy the name of the strategy that chose it, at most 32 characters
     * @param reason why it was chosen, one sentence for people
     */
    record Chosen(Question question, String strategy, String reason) {}
}
