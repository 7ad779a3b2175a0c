package dev.devmentor.learning.choice;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.choice.OptimalChallenge.Missing;
import dev.devmentor.learning.engine.choice.Selector;
import dev.devmentor.learning.engine.choice.Selector.Candidate;
import dev.devmentor.learning.engine.choice.Selector.Choice;
import dev.devmentor.learning.engine.choice.Selector.Situation;
import dev.devmentor.learning.engine.choice.Selector.Standing;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.skill.CreditLedger;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.skill.Picture;
import dev.devmentor.learning.skill.Ratings;
import dev.devmentor.learning.skill.SkillCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses questions and due reviews for a learner by the five strategies, one after the other: what a choice settles isn't
 * chosen again, and each choice knows the ones before it. Reads what it is given and nothing else.
 */
@ApplicationScoped
public class ChooseQuestions {
    private static final double MIDDLING = 0.5;
    private static final double SURELY = 0.99;

    /** A skill for items that name none. */
    private static final List<String> NO_SKILL = List.of("other");

    private final SkillCatalogue catalogue;

    ChooseQuestions(SkillCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * How to choose.
     *
     * @param selector with the wanted probability of a right answer and the wanted recall
     * @param shares how often each strategy is drawn
     * @param only the one strategy to choose by; null for all
     * @param skills in which questions are wanted, for saying where there are no more
     * @param hardShare largest share of hard questions, as long as there are others
     * @param newShare largest share of questions that were never met, spread over the others; it does not hold for one
     *     strategy alone
     * @param limit most questions
     * @param seed any number; the same gives the same choice
     */
    public record Way(
            Selector selector,
            StrategyWeights.Shares shares,
            @Nullable Strategy only,
            Set<String> skills,
            double hardShare,
            double newShare,
            int limit,
            long seed) {

        Way ofAtMost(int fewer) {
            return new Way(selector, shares, only, skills, hardShare, newShare, fewer, seed);
        }
    }

    /**
     * What was chosen.
     *
     * @param choices in the order in which they should be asked; fewer than the limit where there are no more
     * @param exhausted of skills without an unasked question, if there are fewer than the limit for that reason
     */
    public record Chosen(List<Choice> choices, List<Missing> exhausted) {}

    /**
     * What can be asked: due cards, and questions of the bank that were never met. A due card needs no review yet if right
     * answers to what builds on its skills lift its recall to what is wanted ({@link ImplicitCredit}).
     *
     * @param known all cards of the learner
     * @param reviews those of them that may be asked if they are due
     * @param questions of the bank that may be asked
     * @param predictor the learner's
     * @param settings which say what recall is wanted of each card
     */
    public List<Candidate> candidates(
            Collection<Card> known,
            Collection<Card> reviews,
            Collection<Question> questions,
            Picture picture,
            Predictor predictor,
            LearnerSettings settings,
            long nowMicros) {
        Ratings ratings = picture.ratings();
        List<Candidate> candidates = new ArrayList<>();
        for (Card card : reviews) {
            if (card.state().isReviewed() && card.state().isDue(nowMicros)) {
                Candidate due = due(card, ratings, predictor, settings, nowMicros);
                if (!isSettled(due, picture.credit(), nowMicros)) {
                    candidates.add(due);
                }
            }
        }
        Set<String> met = new HashSet<>();
        for (Card card : known) {
            if (card.state().isReviewed()) {
                met.add(card.key().item());
            }
        }
        for (Question question : questions) {
            String item = SkillCatalogue.BANK_ITEM + question.id();
            if (!met.contains(item)) {
                double guess = SkillCatalogue.guess(question);
                candidates.add(new Candidate(
                        item,
                        question.skills(),
                        Ratings.logit(question.difficulty()),
                        ratings.success(question.skills().getFirst(), question.difficulty(), guess),
                        guess,
                        Double.NaN,
                        false));
            }
        }
        return candidates;
    }

    private static boolean isSettled(Candidate due, CreditLedger credit, long nowMicros) {
        double least = 1;
        for (String skill : due.skills()) {
            least = Math.min(least, credit.of(skill, nowMicros));
        }
        return least > 0 && ImplicitCredit.recall(due.recall(), least) >= due.wantedRecall();
    }

    /** A card that was answered and is not due, as a candidate. */
    Candidate notDue(Card card, Ratings ratings, Predictor predictor, LearnerSettings settings, long nowMicros) {
        Candidate known = due(card, ratings, predictor, settings, nowMicros);
        return new Candidate(
                known.item(),
                known.skills(),
                known.difficulty(),
                known.probability(),
                known.guess(),
                known.recall(),
                false,
                known.wantedRecall());
    }

    /** Whoever remembers a question needs no skill for it. */
    private Candidate due(Card card, Ratings ratings, Predictor predictor, LearnerSettings settings, long nowMicros) {
        Question question = catalogue.question(card.key().item());
        List<String> skills = question != null ? question.skills() : card.skills();
        List<String> named = skills.isEmpty() ? NO_SKILL : skills;
        double recalled = predictor.recall(card.state(), nowMicros);
        double recall = Double.isNaN(recalled) ? MIDDLING : recalled;
        double difficulty = question == null ? MIDDLING : question.difficulty();
        double guess = question == null ? 0 : SkillCatalogue.guess(question);
        double unearned = Math.min(SURELY, recall + (1 - recall) * guess);
        return new Candidate(
                card.key().item(),
                named,
                Ratings.logit(difficulty),
                ratings.success(named.getFirst(), difficulty, unearned),
                unearned,
                recall,
                true,
                settings.retentionOf(card.state().deck(), card.skills()));
    }

    /** What is known of the person in every skill that a choice among these candidates may look at. */
    public Map<String, Standing> standings(Collection<Candidate> candidates, Picture picture) {
        Set<String> skills = new TreeSet<>(picture.answeredSkills());
        for (Candidate candidate : candidates) {
            skills.addAll(candidate.skills());
        }
        Ratings ratings = picture.ratings();
        Map<String, Standing> standings = new HashMap<>();
        for (String skill : catalogue.graph().withPrerequisites(List.copyOf(skills))) {
            standings.put(
                    skill,
                    new Standing(
                            ratings.success(skill, MIDDLING, 0), ratings.uncertainty(skill), ratings.answers(skill)));
        }
        return standings;
    }

    /**
     * Chooses.
     *
     * @param recent main skills of the last questions, the last first
     */
    public Chosen choose(
            Collection<Candidate> candidates, Map<String, Standing> standings, List<String> recent, Way way) {
        List<Candidate> left = new ArrayList<>(candidates);
        List<String> lately = new ArrayList<>(recent);
        List<Choice> choices = new ArrayList<>();
        int hard = 0;
        int fresh = 0;
        while (choices.size() < way.limit()) {
            boolean mayBeHard = hard < Math.ceil(way.hardShare() * (choices.size() + 1));
            boolean mayBeNew = way.only() != null || fresh < Math.ceil(way.newShare() * (choices.size() + 1));
            Situation situation = new Situation(catalogue.graph(), left, standings, lately);
            long seed = way.seed() + choices.size();
            Choice choice = choose(situation, way, seed, mayBeHard, mayBeNew);
            if (choice == null && !mayBeNew && fresh < Math.ceil(way.newShare() * way.limit())) {
                // Nothing else is left to spread them among.
                choice = choose(situation, way, seed, mayBeHard, true);
            }
            if (choice == null) {
                break;
            }
            Choice chosen = choice;
            choices.add(chosen);
            hard += isHard(chosen.candidate(), way) ? 1 : 0;
            fresh += isNew(chosen.candidate()) ? 1 : 0;
            lately.addFirst(chosen.reason().skill());
            left.removeIf(candidate -> candidate.equals(chosen.candidate())
                    || chosen.reason().settles().contains(candidate.item()));
        }
        return new Chosen(choices, choices.size() < way.limit() ? exhausted(left, way) : List.of());
    }

    /**
     * Chooses more, whatever share is new then: a new question is better than none.
     *
     * @param candidates as they were before
     * @param before what was chosen of them under the same way
     * @param taken items that were chosen otherwise meanwhile
     */
    public Chosen more(
            Collection<Candidate> candidates,
            Map<String, Standing> standings,
            List<String> recent,
            Way way,
            List<Choice> before,
            Set<String> taken) {
        Set<String> settled = new HashSet<>(taken);
        List<String> lately = new ArrayList<>(recent);
        for (Choice choice : before) {
            settled.add(choice.candidate().item());
            settled.addAll(choice.reason().settles());
            lately.addFirst(choice.reason().skill());
        }
        List<Candidate> left = candidates.stream()
                .filter(candidate -> !settled.contains(candidate.item()))
                .toList();
        int wanted = Math.max(0, way.limit() - before.size() - taken.size());
        return choose(
                left,
                standings,
                lately,
                new Way(
                        way.selector(),
                        way.shares(),
                        way.only(),
                        way.skills(),
                        way.hardShare(),
                        1,
                        wanted,
                        way.seed() + before.size()));
    }

    private static boolean isNew(Candidate candidate) {
        return Double.isNaN(candidate.recall());
    }

    private static @Nullable Choice choose(Situation all, Way way, long seed, boolean mayBeHard, boolean mayBeNew) {
        List<Candidate> allowed = all.candidates().stream()
                .filter(candidate -> mayBeNew || !isNew(candidate))
                .toList();
        List<Candidate> fitting = allowed.stream()
                .filter(candidate -> mayBeHard || !isHard(candidate, way))
                .toList();
        Choice choice = choose(among(fitting, all), way, seed);
        // A hard question is better than none.
        return choice == null && fitting.size() < allowed.size() ? choose(among(allowed, all), way, seed) : choice;
    }

    private static Situation among(List<Candidate> some, Situation all) {
        return some.size() == all.candidates().size()
                ? all
                : new Situation(all.graph(), some, all.standings(), all.recent());
    }

    private static @Nullable Choice choose(Situation situation, Way way, long seed) {
        return way.only() == null
                ? way.selector().choose(situation, way.shares(), seed)
                : way.selector().offer(situation, way.only());
    }

    /** A review isn't put off because it is hard: it would only become harder. */
    private static boolean isHard(Candidate candidate, Way way) {
        return !candidate.due() && way.selector().challenge().isHard(candidate.probability());
    }

    private static List<Missing> exhausted(List<Candidate> left, Way way) {
        if (way.only() == Strategy.DUE_REVIEW || way.only() == Strategy.PREREQUISITE_REPAIR) {
            return List.of();
        }
        Set<String> unasked = new HashSet<>();
        for (Candidate candidate : left) {
            if (isNew(candidate)) {
                unasked.add(candidate.skills().getFirst());
            }
        }
        return way.skills().stream()
                .filter(skill -> !unasked.contains(skill))
                .sorted()
                .map(way.selector()::exhausted)
                .toList();
    }

    /**
     * Why one strategy gives fewer than were wanted.
     *
     * @return one sentence for people; null if it gives enough
     */
    public static @Nullable String shortage(@Nullable Strategy only, int found, int wanted) {
        if (only == null || found >= wanted) {
            return null;
        }
        String why = switch (only) {
            case DUE_REVIEW -> "nothing more is due";
            case WEAKEST_SKILL -> "no unasked question of a skill that you are ready for is left";
            case OPTIMAL_CHALLENGE, INTERLEAVED_EXPLORATION -> "no unasked question is left";
            case PREREQUISITE_REPAIR -> "no skill that goes badly builds on a weak one with more questions";
        };
        return "The strategy " + only.wireName() + " has " + found + " of the " + wanted + " questions wanted: " + why
                + ".";
    }
}
