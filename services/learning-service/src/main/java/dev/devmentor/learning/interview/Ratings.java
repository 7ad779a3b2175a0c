package dev.devmentor.learning.interview;

import dev.devmentor.learning.engine.interview.Measured;
import dev.devmentor.learning.engine.person.PersonState;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.PersonRating;
import dev.devmentor.learning.engine.rating.Question;
import dev.devmentor.learning.engine.rating.Rating;
import dev.devmentor.learning.engine.rating.SkillRating;
import dev.devmentor.learning.person.People;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a learner's answers say of their skills, for a plan: the predicted share of right answers to questions of average
 * difficulty, and how many answers it is worth. That number follows from how much the variance of the rating has shrunk: an
 * answer with a chance of p tells p (1 - p) of an ability in logits. Repeating one easy item shrinks it little.
 */
@ApplicationScoped
class Ratings {
    /** What an answer to a question tells that is right three times of four. */
    private static final double TOLD_BY_AN_ANSWER = 0.75 * 0.25;

    private final People people;
    private final Clock clock;

    Ratings(People people, Clock clock) {
        this.people = people;
        this.clock = clock;
    }

    /** By skill; those without answers are missing. Takes a connection of its own: not to be called within a transaction. */
    Map<String, Measured> of(String sub) throws SQLException {
        PersonState state = people.current(sub);
        Instant now = clock.instant();
        Layer layer = people.layer(now);
        double unknown = Rating.expect(Question.average(PersonRating.NEW, SkillRating.NEW, now.getEpochSecond()))
                .variance();
        Map<String, Measured> measured = new HashMap<>();
        state.skills().forEach((skill, standing) -> {
            int answers = standing.rating().answers();
            if (answers > 0) {
                Question average = Question.average(state.rating(), standing.rating(), now.getEpochSecond());
                Rating.Expectation expected = Rating.expect(average);
                double told = (1 / expected.variance() - 1 / unknown) / TOLD_BY_AN_ANSWER;
                measured.put(skill, new Measured(layer.probability(average, expected), Math.clamp(told, 0, answers)));
            }
        });
        return measured;
    }
}
