package dev.devmentor.learning.choice;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.engine.choice.Selector;
import dev.devmentor.learning.engine.choice.Selector.Candidate;
import dev.devmentor.learning.engine.choice.Selector.Choice;
import dev.devmentor.learning.engine.choice.Selector.Situation;
import dev.devmentor.learning.engine.choice.Selector.Standing;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.schedule.Models;
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
     * @param only the one strategy to choose by, as long as it has something to offer; null for all
     * @param limit most questions
     * @param seed any number; the same gives the same choice
     */
    public record Way(
            Selector selector,
            StrategyWeights.Shares shares,
            @Nullable Strategy only,
            int limit,
            long seed) {}

    /**
     * What can be asked: due cards, and questions of the bank that were never met.
     *
     * @param known all cards of the learner
     * @param reviews those of them that may be asked if they are due
     * @param questions of the bank that may be asked
     * @param models with the learner's weights
     */
    public List<Candidate> candidates(
            Collection<Card> known,
            Collection<Card> reviews,
            Collection<Question> questions,
            Ratings ratings,
            Models models,
            long nowMicros) {
        List<Candidate> candidates = new ArrayList<>();
        for (Card card : reviews) {
            if (card.state().isReviewed() && card.state().isDue(nowMicros)) {
                candidates.add(due(card, ratings, models, nowMicros));
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

    /** Whoever remembers a question needs no skill for it. */
    private Candidate due(Card card, Ratings ratings, Models models, long nowMicros) {
        Question question = catalogue.question(card.key().item());
        List<String> skills = question != null ? question.skills() : card.skills();
        List<String> named = skills.isEmpty() ? NO_SKILL : skills;
        double recalled = card.state().retrievability(models, nowMicros);
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
                true);
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
     * @return in the order in which they should be asked; fewer than the limit where there are no more
     */
    public List<Choice> choose(
            Collection<Candidate> candidates, Map<String, Standing> standings, List<String> recent, Way way) {
        List<Candidate> left = new ArrayList<>(candidates);
        List<String> lately = new ArrayList<>(recent);
        List<Choice> choices = new ArrayList<>();
        while (choices.size() < way.limit()) {
            Situation situation = new Situation(catalogue.graph(), left, standings, lately);
            Choice choice = way.only() == null ? null : way.selector().offer(situation, way.only());
            if (choice == null) {
                choice = way.selector().choose(situation, way.shares(), way.seed() + choices.size());
            }
            if (choice == null) {
                break;
            }
            Choice chosen = choice;
            choices.add(chosen);
            lately.addFirst(chosen.reason().skill());
            left.removeIf(candidate -> candidate.equals(chosen.candidate())
                    || chosen.reason().settles().contains(candidate.item()));
        }
        return choices;
    }
}
