package dev.devmentor.learning.skill;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.engine.choice.HelpMeter;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.rating.ItemMemory;
import dev.devmentor.learning.engine.rating.PersonRating;
import dev.devmentor.learning.engine.rating.Rating;
import dev.devmentor.learning.engine.rating.SharedRating;
import dev.devmentor.learning.engine.rating.SkillRating;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.skill.CreditLedger;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.skill.AnswerTable.Answer;
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
 * helped; what answers in one skill say of others. Unlike {@code person_state}, which keeps what it says of an answer for
 * good, it looks at all answers with the skills, prerequisites and questions of today's bank, and a question that is
 * remembered proves no skill. A fold over the log in its order, so the same whatever the order of arrival, and without what was
 * taken back.
 */
@ApplicationScoped
public class FoldPicture {
    private static final int MOST_ANSWERS = 20_000;
    private static final int RECENT = 10;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final double MIDDLING = 0.5;
    private static final double SURELY = 0.98;
    private static final long SECONDS_PER_DAY = 86_400;

    /** Help is what is expected a week later. */
    private static final long HORIZON_SECONDS = 7 * SECONDS_PER_DAY;

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
        private final Map<String, Remembered> remembered = new HashMap<>();
        private final Deque<String> recent = new ArrayDeque<>();
        private HelpMeter meter = HelpMeter.EMPTY;
        private StrategyWeights weights = StrategyWeights.INITIAL;
        private CreditLedger credit = CreditLedger.EMPTY;
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
                before.put(skill, later(skill, second));
                for (String further : catalogue.graph().descendants(skill).keySet()) {
                    before.put(further, later(further, second));
                }
            }
            Rating.Step step = Rating.answered(question(answer, question, exercised, second), answer.correct());
            person = step.person();
            for (int i = 0; i < exercised.size(); i++) {
                skills.put(exercised.get(i), step.skills().get(i));
            }
            items.put(answer.item(), step.memory());
            remembered.merge(
                    answer.item(),
                    Remembered.first(answer.correct(), second),
                    (known, _) -> known.again(answer.correct(), second));
            credit = credit.after(
                    catalogue.graph(), ImplicitCredit.DEFAULT, exercised, answer.correct(), answer.atMicros());
            measure(exercised, Strategy.ofWireName(answer.strategy()), before, second);
            remember(exercised);
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
                    unearned(answer.item(), question, second),
                    second);
        }

        private void measure(
                List<String> exercised, @Nullable Strategy strategy, Map<String, Double> before, long second) {
            HelpMeter.Step measured = strategy == null
                    ? meter.answered(exercised, skill -> later(skill, second))
                    : meter.answered(
                            catalogue.graph(),
                            ImplicitCredit.DEFAULT,
                            exercised,
                            strategy,
                            skill -> before.getOrDefault(skill, MIDDLING),
                            skill -> later(skill, second));
            meter = measured.meter();
            weights = measured.observe(weights);
        }

        private void remember(List<String> exercised) {
            count++;
            if (!exercised.isEmpty()) {
                recent.addFirst(exercised.getFirst());
                if (recent.size() > RECENT) {
                    recent.removeLast();
                }
            }
        }

        /** The chance of a right answer without the skill: by remembering this very question, or by guessing. */
        private double unearned(String item, @Nullable Question question, long second) {
            Remembered memory = remembered.get(item);
            double recall = memory == null ? 0 : Math.min(SURELY, memory.recall(second));
            return recall + (1 - recall) * (question == null ? 0 : SkillCatalogue.guess(question));
        }

        /**
         * What is expected of a skill in a week, over the bank's questions of it: those met are remembered as their
         * memory says, the others are right as the rating says.
         */
        private double later(String skill, long second) {
            Ratings ratings = new Folded(person, skills);
            double sum = 0;
            int count = 0;
            for (Question question : catalogue.bank().ofSkill(skill)) {
                if (question.skills().getFirst().equals(skill)) {
                    Remembered memory = remembered.get(SkillCatalogue.BANK_ITEM + question.id());
                    double recall = memory == null ? 0 : memory.recall(second + HORIZON_SECONDS);
                    double derived = ratings.success(skill, question.difficulty(), SkillCatalogue.guess(question));
                    sum += recall + (1 - recall) * derived;
                    count++;
                }
            }
            return count == 0 ? ratings.success(skill, MIDDLING, 0) : sum / count;
        }

        Picture picture() {
            return new Picture(
                    new Folded(person, Map.copyOf(skills)),
                    count,
                    weights,
                    List.copyOf(recent),
                    Set.copyOf(skills.keySet()),
                    credit);
        }
    }

    /** FSRS-6 with its default weights, which is enough to tell fresh from forgotten; the card's own fold decides reviews. */
    private record Remembered(Fsrs6Memory memory, long second) {
        static Remembered first(boolean right, long second) {
            return new Remembered(Fsrs6.DEFAULT.next(null, right ? Grade.GOOD : Grade.AGAIN, 0), second);
        }

        Remembered again(boolean right, long later) {
            int days = (int) Math.max(0, (later - second) / SECONDS_PER_DAY);
            return new Remembered(Fsrs6.DEFAULT.next(memory, right ? Grade.GOOD : Grade.AGAIN, days), later);
        }

        double recall(long at) {
            return Fsrs6.DEFAULT.retrievability(
                    memory.stability(), Math.max(0, (at - second) / (double) SECONDS_PER_DAY));
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
            return Math.sqrt(
                    person.ability().variance() + skill(skill).deviation().variance());
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
