package dev.devmentor.learning.choice;

import static dev.devmentor.deterministic.DeterministicMath.exp;

import dev.devmentor.kit.time.Micros;
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
import dev.devmentor.learning.engine.hint.HintedOrder;
import dev.devmentor.learning.engine.load.CognitiveLoad;
import dev.devmentor.learning.engine.load.Session;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.engine.skill.SkillGraph;
import dev.devmentor.learning.fit.Calibration;
import dev.devmentor.learning.hint.ActingHints;
import dev.devmentor.learning.hint.HintNote;
import dev.devmentor.learning.hint.UseHints;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.Preferences;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private static final String PATH_STEP = "path-step";

    /** What an item takes of which nobody says it. */
    private static final int USUAL_SECONDS = 20;

    /** From so many timed answers on a pace is the learner's own. */
    private static final int FEWEST_PACED = 10;

    private static final double FASTEST = 0.3;
    private static final double SLOWEST = 3;

    private final Learners learners;
    private final CardTable cards;
    private final Calibration calibration;
    private final SkillCatalogue catalogue;
    private final FoldPicture pictures;
    private final PlanPaths paths;
    private final ChooseQuestions choose;
    private final UseHints hints;

    Recommend(
            Learners learners,
            CardTable cards,
            Calibration calibration,
            SkillCatalogue catalogue,
            FoldPicture pictures,
            PlanPaths paths,
            ChooseQuestions choose,
            UseHints hints) {
        this.learners = learners;
        this.cards = cards;
        this.calibration = calibration;
        this.catalogue = catalogue;
        this.pictures = pictures;
        this.paths = paths;
        this.choose = choose;
        this.hints = hints;
    }

    /**
     * What is wanted.
     *
     * @param limit most items
     * @param proposed whether nobody asked for so many, so that they may be fewer where a sitting does not stay good for long
     * @param skills to stay within; empty for all
     * @param targetSuccess wanted probability of a right answer; null for the learner's own
     * @param floor least share of each strategy
     * @param only the one strategy to choose by, also before the steps of paths; null for all
     */
    record Wanted(
            int limit,
            boolean proposed,
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
        ActingHints acting = learner == null ? ActingHints.NONE : hints.acting(connection, learner, nowMicros);
        List<HintNote> notes = new ArrayList<>();
        HintNote hour = acting.outsideGoodHours(nowMicros, settings.zone());
        if (hour != null) {
            pacing = pacing.outsideGoodHours();
            notes.add(hour);
        }
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
                pacing.newShare(),
                wanted.limit(),
                (31L * sub.hashCode() + picture.answers()) * 1_000_003);
        List<Missing> missing = new ArrayList<>();
        List<Item> chosen = items(candidates, picture, nextSteps, way, missing);
        double seconds = wanted.proposed() ? acting.rhythm().secondsLeft(session, nowMicros) : Double.POSITIVE_INFINITY;
        List<Item> items = fitting(chosen, seconds, session);
        if (items.size() < chosen.size()) {
            notes.add(acting.endOfSitting(session, nowMicros, "this list"));
        }
        if (learner != null && !acting.pairs().isEmpty()) {
            Pool pool = pool(candidates, reviews, picture, predictor, settings, selector, nowMicros);
            HintedOrder.Room room = new HintedOrder.Room(wanted.limit(), seconds);
            items = arrange(connection, learner, acting, items, pool, wanted.only() == null, room, session, nowMicros);
        }
        return new Recommendation(
                sub,
                now,
                LoadView.of(session, nowMicros),
                strategies(picture.weights(), shares),
                items,
                ChooseQuestions.shortage(wanted.only(), chosen.size(), wanted.limit()),
                MissingItems.most(
                        missing.stream().map(each -> MissingItems.of(each, picture.ratings(), selector.challenge()))),
                nextSteps.stream()
                        .map(step -> new PathStep(
                                step.pathId(), step.path(), step.skills().getFirst()))
                        .toList(),
                notes);
    }

    /** Those that can be done in a time, at least one if there is one. */
    private static List<Item> fitting(List<Item> items, double seconds, Session session) {
        List<Item> fitting = new ArrayList<>();
        double left = seconds;
        for (Item item : items) {
            double takes = seconds(item.seconds(), session);
            if (takes <= left) {
                fitting.add(item);
                left -= takes;
            }
        }
        return fitting.isEmpty() && !items.isEmpty() ? items.subList(0, 1) : fitting;
    }

    /** What an item takes at the learner's own pace, once that is known. */
    private static double seconds(@Nullable Integer good, Session session) {
        double pace = session.paced() < FEWEST_PACED ? 1 : Math.clamp(exp(session.pace()), FASTEST, SLOWEST);
        return (good == null ? USUAL_SECONDS : good) * pace;
    }

    /**
     * What hints may choose from.
     *
     * @param candidates by item
     * @param lastMicros when those were answered last that were ever answered
     * @param order from the best on
     */
    private record Pool(Map<String, Candidate> candidates, Map<String, Long> lastMicros, List<String> order) {}

    private Pool pool(
            List<Candidate> candidates,
            List<Card> reviews,
            Picture picture,
            Predictor predictor,
            LearnerSettings settings,
            Selector selector,
            long nowMicros) {
        Map<String, Candidate> all = new HashMap<>();
        Map<String, Long> lastMicros = new HashMap<>();
        candidates.forEach(candidate -> all.put(candidate.item(), candidate));
        for (Card card : reviews) {
            if (card.state().isReviewed()) {
                lastMicros.put(card.key().item(), card.state().lastAtMicros());
                if (!card.state().suspended() && !card.state().isDue(nowMicros)) {
                    all.put(card.key().item(), choose.notDue(card, picture.ratings(), predictor, settings, nowMicros));
                }
            }
        }
        double target = selector.challenge().target();
        // Due ones first, the most forgotten of them; then new ones, nearest to the wanted success; then the most
        // forgotten.
        List<String> order = all.values().stream()
                .sorted(Comparator.comparing((Candidate candidate) -> !candidate.due())
                        .thenComparing(candidate -> !Double.isNaN(candidate.recall()))
                        .thenComparingDouble(candidate -> Double.isNaN(candidate.recall())
                                ? Math.abs(candidate.probability() - target)
                                : candidate.recall())
                        .thenComparing(Candidate::item))
                .map(Candidate::item)
                .toList();
        return new Pool(all, lastMicros, order);
    }

    private List<Item> arrange(
            Connection connection,
            Learner learner,
            ActingHints acting,
            List<Item> items,
            Pool pool,
            boolean bringIn,
            HintedOrder.Room room,
            Session session,
            long nowMicros)
            throws SQLException {
        Map<String, Item> chosen = new LinkedHashMap<>();
        items.forEach(item -> chosen.put(item.item(), item));
        Set<String> named = acting.items();
        Set<String> skills = acting.skills();
        List<HintedOrder.Question> others = pool.order().stream()
                .filter(item -> !chosen.containsKey(item))
                .map(item -> Objects.requireNonNull(pool.candidates().get(item)))
                .filter(candidate -> named.contains(candidate.item())
                        || skills.contains(candidate.skills().getFirst()))
                .map(candidate -> question(candidate, pool, false, session))
                .toList();
        List<HintedOrder.Question> asked = chosen.values().stream()
                .map(item -> question(
                        Objects.requireNonNull(pool.candidates().get(item.item())),
                        pool,
                        item.kind().equals(PATH_STEP),
                        session))
                .toList();
        List<Item> arranged = new ArrayList<>();
        for (UseHints.Hinted hinted :
                hints.arrange(connection, learner, acting, nowMicros, asked, others, bringIn, room)) {
            Item item = chosen.get(hinted.item());
            HintNote note = hinted.note();
            if (item == null) {
                item = broughtIn(
                        Objects.requireNonNull(pool.candidates().get(hinted.item())), Objects.requireNonNull(note));
            }
            arranged.add(note == null ? item : item.with(note));
        }
        return arranged;
    }

    private HintedOrder.Question question(Candidate candidate, Pool pool, boolean fixed, Session session) {
        Question question = catalogue.question(candidate.item());
        return new HintedOrder.Question(
                candidate.item(),
                candidate.skills(),
                candidate.due(),
                fixed,
                pool.lastMicros().getOrDefault(candidate.item(), HintedOrder.NEVER),
                seconds(question == null ? null : question.seconds(), session));
    }

    private Item broughtIn(Candidate candidate, HintNote note) {
        Question question = catalogue.question(candidate.item());
        return new Item(
                candidate.item(),
                Double.isNaN(candidate.recall()) ? "question" : "review",
                question == null ? null : question.prompt(),
                candidate.skills(),
                candidate.due() ? Strategy.DUE_REVIEW.wireName() : "hint",
                note.sentence(),
                null,
                List.of(),
                candidate.probability(),
                Double.isNaN(candidate.recall()) ? null : candidate.recall(),
                question == null ? null : question.seconds(),
                null,
                note);
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
        ChooseQuestions.Way rest = way.ofAtMost(way.limit() - items.size());
        ChooseQuestions.Chosen chosen = choose.choose(left, standings, recent, rest);
        List<Choice> choices = new ArrayList<>(chosen.choices());
        if (rest.newShare() < 1 && rest.only() == null && choices.size() < rest.limit()) {
            chosen = choose.more(left, standings, recent, rest, choices, Set.of());
            choices.addAll(chosen.choices());
        }
        for (Choice choice : choices) {
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
                step != null ? PATH_STEP : candidate.due() ? "review" : "question",
                question == null ? null : question.prompt(),
                candidate.skills(),
                reason.strategy().wireName(),
                sentence,
                reason.because(),
                reason.settles(),
                candidate.probability(),
                Double.isNaN(candidate.recall()) ? null : candidate.recall(),
                question == null ? null : question.seconds(),
                step == null ? null : step.pathId(),
                null);
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
