package dev.devmentor.learning.choice;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.choice.Recommendation.Item;
import dev.devmentor.learning.choice.Recommendation.Load;
import dev.devmentor.learning.choice.Recommendation.PathStep;
import dev.devmentor.learning.choice.Recommendation.StrategyShare;
import dev.devmentor.learning.engine.choice.OptimalChallenge;
import dev.devmentor.learning.engine.choice.Reason;
import dev.devmentor.learning.engine.choice.Selector;
import dev.devmentor.learning.engine.choice.Selector.Candidate;
import dev.devmentor.learning.engine.choice.Selector.Choice;
import dev.devmentor.learning.engine.choice.Selector.Situation;
import dev.devmentor.learning.engine.choice.Selector.Standing;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.engine.skill.SkillGraph;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.Micros;
import dev.devmentor.learning.path.PlanPaths;
import dev.devmentor.learning.path.PlanPaths.NextStep;
import dev.devmentor.learning.skill.FoldPicture;
import dev.devmentor.learning.skill.Picture;
import dev.devmentor.learning.skill.Picture.Session;
import dev.devmentor.learning.skill.SkillCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recommends what to do next: first the next step of each path, then what the five strategies choose, each drawn as often as
 * it has helped. A function of the log, the paths and the request; reading it changes nothing.
 *
 * <p>The questions come from the skills asked for; else from those of the paths; else from the skills that were answered,
 * what comes before them and what builds directly on them; else, for somebody new, from the whole bank. Due reviews come from
 * everywhere, unless skills are asked for.
 */
@ApplicationScoped
class Recommend {
    private static final int MOST_PATH_STEPS = 2;

    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final long PAUSE_MINUTES = 30;
    private static final long LONG_WORK_MINUTES = 50;
    private static final int BREAK_MINUTES = 10;
    private static final int ENOUGH_ANSWERS = 15;
    private static final double WORSE_THAN_EXPECTED = -0.25;

    /** Tired people get this much easier questions. */
    private static final double EASIER = 0.1;

    private static final double EASIEST = 0.95;

    private final Learners learners;
    private final CardTable cards;
    private final SkillCatalogue catalogue;
    private final FoldPicture pictures;
    private final PlanPaths paths;
    private final ChooseQuestions choose;

    Recommend(
            Learners learners,
            CardTable cards,
            SkillCatalogue catalogue,
            FoldPicture pictures,
            PlanPaths paths,
            ChooseQuestions choose) {
        this.learners = learners;
        this.cards = cards;
        this.catalogue = catalogue;
        this.pictures = pictures;
        this.paths = paths;
        this.choose = choose;
    }

    /**
     * What is wanted.
     *
     * @param limit most items
     * @param skills to stay within; empty for all
     * @param targetSuccess wanted probability of a right answer
     * @param floor least share of each strategy
     */
    record Wanted(int limit, Set<String> skills, double targetSuccess, double floor) {}

    Recommendation recommend(Connection connection, String sub, Instant now, Wanted wanted) throws SQLException {
        Learner learner = learners.find(connection, sub);
        Picture picture = learner == null ? pictures.ofNobody() : pictures.of(connection, learner.id());
        List<NextStep> nextSteps = learner == null ? List.of() : paths.nextSteps(connection, learner, picture, now);
        List<Card> known = learner == null ? List.of() : cards.ofLearner(connection, learner.id());
        double retention = learner == null
                ? Selector.DEFAULT.wantedRecall()
                : learner.settings().desiredRetention();
        long nowMicros = Micros.of(now);
        Load load = load(picture.session(), nowMicros);
        double target =
                load.breakProposed() ? Math.min(EASIEST, wanted.targetSuccess() + EASIER) : wanted.targetSuccess();
        Selector selector = new Selector(
                new OptimalChallenge(target, OptimalChallenge.DEFAULT.tolerance()), ImplicitCredit.DEFAULT, retention);
        StrategyWeights.Shares shares = picture.weights().shares(wanted.floor());
        List<Card> reviews = wanted.skills().isEmpty()
                ? known
                : known.stream()
                        .filter(card -> card.skills().stream().anyMatch(wanted.skills()::contains))
                        .toList();
        Set<String> scope = scope(wanted, picture, nextSteps);
        List<Question> questions = catalogue.bank().questions().stream()
                .filter(question ->
                        scope == null || scope.contains(question.skills().getFirst()))
                .toList();
        List<Candidate> candidates = choose.candidates(
                known,
                reviews,
                questions,
                picture.ratings(),
                learner == null ? Models.DEFAULT : learner.models(),
                nowMicros);
        ChooseQuestions.Way way = new ChooseQuestions.Way(
                selector, shares, null, wanted.limit(), (31L * sub.hashCode() + picture.answers()) * 1_000_003);
        List<Item> items = items(candidates, picture, nextSteps, way);
        return new Recommendation(
                sub,
                now,
                load,
                strategies(picture.weights(), shares),
                items,
                nextSteps.stream()
                        .map(step -> new PathStep(
                                step.pathId(), step.path(), step.skills().getFirst()))
                        .toList());
    }

    private List<Item> items(
            List<Candidate> candidates, Picture picture, List<NextStep> nextSteps, ChooseQuestions.Way way) {
        Map<String, Standing> standings = choose.standings(candidates, picture);
        List<Candidate> left = new ArrayList<>(candidates);
        List<String> recent = new ArrayList<>(picture.recent());
        List<Item> items = new ArrayList<>();
        for (NextStep step : nextSteps.subList(0, Math.min(MOST_PATH_STEPS, nextSteps.size()))) {
            Item item = items.size() < way.limit() ? pathStep(way.selector(), left, standings, step) : null;
            if (item != null) {
                items.add(item);
                left.removeIf(candidate -> candidate.item().equals(item.item()));
                recent.addFirst(item.skills().getFirst());
            }
        }
        ChooseQuestions.Way rest = new ChooseQuestions.Way(
                way.selector(), way.shares(), way.only(), way.limit() - items.size(), way.seed());
        for (Choice choice : choose.choose(left, standings, recent, rest)) {
            items.add(item(
                    choice.candidate(), choice.reason(), null, choice.reason().sentence()));
        }
        return items;
    }

    private @Nullable Item pathStep(
            Selector selector, List<Candidate> left, Map<String, Standing> standings, NextStep step) {
        for (String skill : step.skills()) {
            List<Candidate> ofSkill = left.stream()
                    .filter(candidate ->
                            !candidate.due() && candidate.skills().getFirst().equals(skill))
                    .toList();
            Choice choice = selector.offer(
                    new Situation(catalogue.graph(), ofSkill, standings, List.of()), Strategy.OPTIMAL_CHALLENGE);
            if (choice != null) {
                return item(
                        choice.candidate(),
                        choice.reason(),
                        step,
                        "next step of your path '" + step.path() + "': " + name(skill) + "; "
                                + choice.reason().sentence());
            }
        }
        return null;
    }

    private Item item(Candidate candidate, Reason reason, @Nullable NextStep step, String sentence) {
        Question question = catalogue.question(candidate.item());
        return new Item(
                candidate.item(),
                step != null ? "path-step" : candidate.due() ? "review" : "question",
                question == null ? null : question.prompt(),
                candidate.skills(),
                reason.strategy().wireName(),
                sentence,
                reason.because(),
                reason.settles(),
                candidate.probability(),
                Double.isNaN(candidate.recall()) ? null : candidate.recall(),
                question == null ? null : question.seconds(),
                step == null ? null : step.pathId());
    }

    /** Skills to ask questions of; null for all. */
    private @Nullable Set<String> scope(Wanted wanted, Picture picture, List<NextStep> nextSteps) {
        if (!wanted.skills().isEmpty()) {
            return wanted.skills();
        }
        Set<String> scope = new TreeSet<>();
        nextSteps.forEach(step -> scope.addAll(step.all()));
        if (scope.isEmpty()) {
            SkillGraph graph = catalogue.graph();
            for (String skill : picture.answeredSkills()) {
                if (graph.contains(skill)) {
                    scope.add(skill);
                    scope.addAll(graph.ancestors(skill).keySet());
                    scope.addAll(graph.dependents(skill));
                }
            }
        }
        return scope.isEmpty() ? null : scope;
    }

    private static List<StrategyShare> strategies(StrategyWeights weights, StrategyWeights.Shares shares) {
        List<StrategyShare> strategies = new ArrayList<>();
        for (Strategy strategy : Strategy.values()) {
            strategies.add(new StrategyShare(strategy.wireName(), shares.of(strategy), weights.meanHelp(strategy)));
        }
        return strategies;
    }

    /** Long work, or answers that have become worse than the ability says, ask for a pause. */
    static Load load(Session session, long nowMicros) {
        boolean under = session.answers() > 0 && nowMicros - session.lastMicros() <= PAUSE_MINUTES * MICROS_PER_MINUTE;
        if (!under) {
            return new Load(0, 0, 0, false, null, null);
        }
        long minutes = Math.max(0, (nowMicros - session.startMicros()) / MICROS_PER_MINUTE);
        String reason = null;
        if (minutes >= LONG_WORK_MINUTES) {
            reason = "you have worked for " + minutes + " minutes without a pause";
        } else if (session.answers() >= ENOUGH_ANSWERS && session.surprise() <= WORSE_THAN_EXPECTED) {
            reason = "your last answers were worse than you can do";
        }
        return new Load(
                minutes,
                session.answers(),
                session.surprise(),
                reason != null,
                reason == null ? null : BREAK_MINUTES,
                reason);
    }

    private String name(String skill) {
        Skill known = catalogue.bank().skill(skill);
        return known == null ? skill : known.name();
    }
}
