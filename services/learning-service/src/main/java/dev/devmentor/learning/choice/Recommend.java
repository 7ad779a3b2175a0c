package dev.devmentor.learning.choice;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.choice.Recommendation.Item;
import dev.devmentor.learning.choice.Recommendation.PathStep;
import dev.devmentor.learning.choice.Recommendation.StrategyShare;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.choice.OptimalChallenge;
import dev.devmentor.learning.engine.choice.OptimalChallenge.Missing;
import dev.devmentor.learning.engine.choice.Reason;
import dev.devmentor.learning.engine.choice.Selector;
import dev.devmentor.learning.engine.choice.Selector.Candidate;
import dev.devmentor.learning.engine.choice.Selector.Choice;
import dev.devmentor.learning.engine.choice.Selector.Situation;
import dev.devmentor.learning.engine.choice.Selector.Standing;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.load.CognitiveLoad;
import dev.devmentor.learning.engine.load.Session;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.engine.skill.SkillGraph;
import dev.devmentor.learning.fit.Calibration;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.Preferences;
import dev.devmentor.learning.log.Micros;
import dev.devmentor.learning.path.PlanPaths;
import dev.devmentor.learning.path.PlanPaths.NextStep;
import dev.devmentor.learning.person.LoadView;
import dev.devmentor.learning.skill.FoldPicture;
import dev.devmentor.learning.skill.Picture;
import dev.devmentor.learning.skill.SkillCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    private final Learners learners;
    private final CardTable cards;
    private final Calibration calibration;
    private final SkillCatalogue catalogue;
    private final FoldPicture pictures;
    private final PlanPaths paths;
    private final ChooseQuestions choose;

    Recommend(
            Learners learners,
            CardTable cards,
            Calibration calibration,
            SkillCatalogue catalogue,
            FoldPicture pictures,
            PlanPaths paths,
            ChooseQuestions choose) {
        this.learners = learners;
        this.cards = cards;
        this.calibration = calibration;
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
     * @param targetSuccess wanted probability of a right answer; null for the learner's own
     * @param floor least share of each strategy
     * @param only the one strategy to choose by, also before the steps of paths; null for all
     */
    record Wanted(
            int limit,
            Set<String> skills,
            @Nullable Double targetSuccess,
            double floor,
            @Nullable Strategy only) {}

    /**
     * Recommends.
     *
     * @param session under way, as of the log
     */
    Recommendation recommend(Connection connection, String sub, Instant now, Session session, Wanted wanted)
            throws SQLException {
        Learner learner = learners.find(connection, sub);
        Picture picture = learner == null ? pictures.ofNobody() : pictures.of(connection, learner.id());
        List<NextStep> nextSteps = learner == null ? List.of() : paths.nextSteps(connection, learner, picture, now);
        List<Card> known = learner == null ? List.of() : cards.ofLearner(connection, learner.id());
        LearnerSettings settings = learner == null ? LearnerSettings.DEFAULT : learner.settings();
        Predictor predictor =
                learner == null ? Predictor.of(Models.DEFAULT) : calibration.predictor(connection, learner);
        double usual = (learner == null ? Preferences.DEFAULT : learner.preferences()).targetSuccess();
        double success = Objects.requireNonNullElse(wanted.targetSuccess(), usual);
        long nowMicros = Micros.of(now);
        Pacing pacing = Pacing.of(success, CognitiveLoad.at(session, nowMicros));
        Selector selector = new Selector(
                new OptimalChallenge(pacing.targetSuccess(), OptimalChallenge.DEFAULT.tolerance()),
                ImplicitCredit.DEFAULT,
                settings.desiredRetention());
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
        List<Candidate> candidates =
                choose.candidates(known, reviews, questions, picture, predictor, settings, nowMicros);
        ChooseQuestions.Way way = new ChooseQuestions.Way(
                selector,
                shares,
                wanted.only(),
                scope != null
                        ? scope
                        : questions.stream()
                                .map(question -> question.skills().getFirst())
                                .collect(Collectors.toSet()),
                pacing.hardShare(),
                wanted.limit(),
                (31L * sub.hashCode() + picture.answers()) * 1_000_003);
        List<Missing> missing = new ArrayList<>();
        List<Item> items = items(candidates, picture, nextSteps, way, missing);
        return new Recommendation(
                sub,
                now,
                LoadView.of(session, nowMicros),
                strategies(picture.weights(), shares),
                items,
                ChooseQuestions.shortage(wanted.only(), items.size(), wanted.limit()),
                MissingItems.most(
                        missing.stream().map(each -> MissingItems.of(each, picture.ratings(), selector.challenge()))),
                nextSteps.stream()
                        .map(step -> new PathStep(
                                step.pathId(), step.path(), step.skills().getFirst()))
                        .toList());
    }

    private List<Item> items(
            List<Candidate> candidates,
            Picture picture,
            List<NextStep> nextSteps,
            ChooseQuestions.Way way,
            List<Missing> missing) {
        Map<String, Standing> standings = choose.standings(candidates, picture);
        List<Candidate> left = new ArrayList<>(candidates);
        List<String> recent = new ArrayList<>(picture.recent());
        List<Item> items = new ArrayList<>();
        int steps = way.only() == null ? Math.min(MOST_PATH_STEPS, nextSteps.size()) : 0;
        for (NextStep step : nextSteps.subList(0, steps)) {
            Item item = items.size() < way.limit() ? pathStep(way.selector(), left, standings, step, missing) : null;
            if (item != null) {
                items.add(item);
                left.removeIf(candidate -> candidate.item().equals(item.item()));
                recent.addFirst(item.skills().getFirst());
            }
        }
        ChooseQuestions.Chosen chosen =
                choose.choose(left, standings, recent, way.ofAtMost(way.limit() - items.size()));
        for (Choice choice : chosen.choices()) {
            if (choice.missing() != null) {
                missing.add(choice.missing());
            }
            items.add(item(
                    choice.candidate(), choice.reason(), null, choice.reason().sentence()));
        }
        missing.addAll(chosen.exhausted());
        return items;
    }

    private @Nullable Item pathStep(
            Selector selector,
            List<Candidate> left,
            Map<String, Standing> standings,
            NextStep step,
            List<Missing> missing) {
        for (String skill : step.skills()) {
            List<Candidate> ofSkill = left.stream()
                    .filter(candidate ->
                            !candidate.due() && candidate.skills().getFirst().equals(skill))
                    .toList();
            Choice choice = selector.offer(
                    new Situation(catalogue.graph(), ofSkill, standings, List.of()), Strategy.OPTIMAL_CHALLENGE);
            if (choice != null) {
                if (choice.missing() != null) {
                    missing.add(choice.missing());
                }
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

    private String name(String skill) {
        Skill known = catalogue.bank().skill(skill);
        return known == null ? skill : known.name();
    }
}
