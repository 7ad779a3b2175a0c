package dev.devmentor.learning.skill;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.skill.AnswerTable.Answer;
import dev.devmentor.learning.skill.Picture.Session;
import dev.devmentor.learning.engine.choice.HelpMeter;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.rating.ItemMemory;
import dev.devmentor.learning.engine.rating.PersonRating;
import dev.devmentor.learning.engine.rating.Rating;
import dev.devmentor.learning.engine.rating.SharedRating;
import dev.devmentor.learning.engine.rating.SkillRating;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds a learner's answers into what the choice needs: ratings by the shipped rating, with the bank's difficulties; what
 * helped; the session. A fold over the log in its order, so the same whatever the order of arrival, and without what was
 * taken back.
 */
@ApplicationScoped
public class FoldPicture {
    private static final int MOST_ANSWERS = 20_000;
    private static final int RECENT = 10;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long PAUSE_MICROS = 30 * 60 * MICROS_PER_SECOND;
    private static final double SURPRISE_STEP = 0.15;

    private static final SharedRating KNOWN = new SharedRating(0, 0, 1e-4, 1_000_000);

    private final SkillCatalogue catalogue;
    private final AnswerTable answers;

    FoldPicture(SkillCatalogue catalogue, AnswerTable answers) {
        this.catalogue = catalogue;
        this.answers = answers;
    }

    /** The picture of a learner as of the log that the connection sees; the newest 20 000 answers count. */
    public Picture of(Connection connection, long learnerId) throws SQLException {
        return of(answers.newest(connection, learnerId, MOST_ANSWERS));
    }

    /** The picture of somebody who has answered nothing. */
    public Picture ofNobody() {
        return of(List.of());
    }

    Picture of(List<Answer> log) {
        Fold fold = new Fold(catalogue);
        log.forEach(fold::add);
        return fold.picture();
    }

    private static final class Fold {
        private final SkillCatalogue catalogue;
        private PersonRating person = PersonRating.NEW;
        private final Map<String, SkillRating> skills = new TreeMap<>();
        private final Map<String, ItemMemory> items = new HashMap<>();
        private final Deque<String> recent = new ArrayDeque<>();
        private HelpMeter meter = HelpMeter.EMPTY;
        private StrategyWeights weights = StrategyWeights.INITIAL;
        private Session session = Session.NONE;
        private int count;

        Fold(SkillCatalogue catalogue) {
            this.catalogue = catalogue;
        }

        void add(Answer answer) {
            Question question = catalogue.question(answer.item());
            List<String> exercised = question == null ? answer.skills() : question.skills();
            long second = answer.atMicros() / MICROS_PER_SECOND;
            Map<String, Double> before = new HashMap<>();
            for (String skill : exercised) {
                before.put(skill, success(skill));
                for (String further : catalogue.graph().descendants(skill).keySet()) {
                    before.put(further, success(further));
                }
            }
            Rating.Step step = Rating.answered(question(answer, question, exercised, second), answer.correct());
            person = step.person();
            for (int i = 0; i < exercised.size(); i++) {
                skills.put(exercised.get(i), step.skills().get(i));
            }
            items.put(answer.item(), step.memory());
            measure(exercised, Strategy.ofWireName(answer.strategy()), before);
            remember(answer, exercised, (answer.correct() ? 1 : 0) - step.expectation().probability());
        }

        private dev.devmentor.learning.engine.rating.Question question(
                Answer answer, @Nullable Question question, List<String> exercised, long second) {
            double share = question == null ? answer.difficulty() : question.difficulty();
            SharedRating item = Double.isNaN(share)
                    ? SharedRating.ITEM
                    : new SharedRating(0, Ratings.logit(share), Ratings.ESTIMATED, 2);
            return new dev.devmentor.learning.engine.rating.Question(
                    person,
                    exercised.stream()
                            .map(skill -> skills.getOrDefault(skill, SkillRating.NEW))
                            .toList(),
                    items.getOrDefault(answer.item(), ItemMemory.NEW),
                    KNOWN,
                    exercised.stream().map(_ -> KNOWN).toList(),
                    item,
                    question == null ? 0 : SkillCatalogue.guess(question),
                    second);
        }

        private void measure(
                List<String> exercised,
                @Nullable Strategy strategy,
                Map<String, Double> before) {
            HelpMeter.Step measured = strategy == null
                    ? meter.answered(exercised, this::success)
                    : meter.answered(
                            catalogue.graph(),
                            ImplicitCredit.DEFAULT,
                            exercised,
                            strategy,
                            skill -> before.getOrDefault(skill, success(skill)),
                            this::success);
            meter = measured.meter();
            weights = measured.observe(weights);
        }

        private void remember(Answer answer, List<String> exercised, double surprise) {
            count++;
            if (!exercised.isEmpty()) {
                recent.addFirst(exercised.getFirst());
                if (recent.size() > RECENT) {
                    recent.removeLast();
                }
            }
            long at = answer.atMicros();
            boolean goesOn = session.answers() > 0 && at - session.lastMicros() <= PAUSE_MICROS;
            session = goesOn
                    ? new Session(
                            session.startMicros(),
                            Math.max(session.lastMicros(), at),
                            session.answers() + 1,
                            session.surprise() + SURPRISE_STEP * (surprise - session.surprise()))
                    : new Session(at, at, 1, 0);
        }

        private double success(String skill) {
            return new Folded(person, skills).success(skill, 0.5, 0);
        }

        Picture picture() {
            return new Picture(
                    new Folded(person, Map.copyOf(skills)),
                    count,
                    weights,
                    List.copyOf(recent),
                    Set.copyOf(skills.keySet()),
                    session);
        }
    }

    /** Ratings as the fold left them. */
    private record Folded(PersonRating person, Map<String, SkillRating> skills) implements Ratings {
        private SkillRating skill(String id) {
            return skills.getOrDefault(id, SkillRating.NEW);
        }

        @Override
        public double ability(String skill) {
            return person.ability().mean() + skill(skill).deviation().mean();
        }

        @Override
        public double uncertainty(String skill) {
            return Math.sqrt(person.ability().variance() + skill(skill).deviation().variance());
        }

        @Override
        public int answers(String skill) {
            return skill(skill).answers();
        }

        @Override
        public long lastSeenMicros(String skill) {
            SkillRating rating = skill(skill);
            return rating.answers() == 0 ? NEVER : rating.lastSecond() * MICROS_PER_SECOND;
        }
    }
}
