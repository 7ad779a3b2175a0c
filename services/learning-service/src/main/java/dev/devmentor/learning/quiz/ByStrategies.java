package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.choice.ChooseQuestions;
import dev.devmentor.learning.choice.MissingItems;
import dev.devmentor.learning.engine.choice.OptimalChallenge;
import dev.devmentor.learning.engine.choice.Selector;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.fit.Calibration;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.skill.FoldPicture;
import dev.devmentor.learning.skill.Picture;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The five strategies, each drawn as often as it has helped this learner. Where they have nothing more to offer, because all
 * that is left was met and is not due, what was asked longest ago comes again; not so if one strategy is wanted, because
 * nothing else can say that it was chosen by that.
 */
@ApplicationScoped
class ByStrategies implements QuestionChoice {
    private final ChooseQuestions choose;
    private final FoldPicture pictures;
    private final CardTable cards;
    private final Calibration calibration;
    private final DueThenFresh rest;

    ByStrategies(
            ChooseQuestions choose, FoldPicture pictures, CardTable cards, Calibration calibration, DueThenFresh rest) {
        this.choose = choose;
        this.pictures = pictures;
        this.cards = cards;
        this.calibration = calibration;
        this.rest = rest;
    }

    @Override
    public Set<String> strategies() {
        return Arrays.stream(Strategy.values()).map(Strategy::wireName).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Selection choose(Connection connection, Learner learner, List<Question> pool, Wanted wanted)
            throws SQLException {
        Map<String, Question> byItem = LinkedHashMap.newLinkedHashMap(pool.size());
        for (Question question : pool) {
            byItem.put(ShippedBank.ITEM + question.id(), question);
        }
        Picture picture = pictures.of(connection, learner.id());
        List<Card> known = cards.ofLearner(connection, learner.id());
        List<Card> ofPool = known.stream()
                .filter(card ->
                        byItem.containsKey(card.key().item()) && !card.state().suspended())
                .toList();
        List<Question> askable = pool.stream()
                .filter(question -> known.stream()
                        .noneMatch(card ->
                                card.state().suspended() && card.key().item().equals(ShippedBank.ITEM + question.id())))
                .toList();
        Predictor predictor = calibration.predictor(connection, learner);
        List<Selector.Candidate> candidates =
                choose.candidates(known, ofPool, askable, picture, predictor, learner.settings(), wanted.atMicros());
        Selector selector = new Selector(
                new OptimalChallenge(wanted.pacing().targetSuccess(), OptimalChallenge.DEFAULT.tolerance()),
                ImplicitCredit.DEFAULT,
                learner.settings().desiredRetention());
        List<Chosen> chosen = new ArrayList<>();
        List<Question> left = new ArrayList<>(askable);
        Strategy only = Strategy.ofWireName(wanted.strategy());
        Map<String, Selector.Standing> standings = choose.standings(candidates, picture);
        ChooseQuestions.Way way = new ChooseQuestions.Way(
                selector,
                picture.weights().shares(StrategyWeights.FLOOR),
                only,
                pool.stream().map(question -> question.skills().getFirst()).collect(Collectors.toSet()),
                wanted.pacing().hardShare(),
                wanted.pacing().newShare(),
                wanted.size(),
                wanted.seed());
        ChooseQuestions.Chosen byStrategies = choose.choose(candidates, standings, picture.recent(), way);
        for (Selector.Choice choice : byStrategies.choices()) {
            add(chosen, left, byItem, choice, picture, selector);
        }
        if (only == null && chosen.size() < wanted.size() && way.newShare() < 1) {
            // Before more that is new: what was met and is not due.
            Set<String> met = known.stream()
                    .filter(card -> card.state().isReviewed())
                    .map(card -> card.key().item())
                    .collect(Collectors.toSet());
            List<Chosen> again = rest.choose(
                    connection,
                    learner,
                    predictor,
                    left.stream()
                            .filter(question -> met.contains(ShippedBank.ITEM + question.id()))
                            .toList(),
                    wanted.ofAtMost(wanted.size() - chosen.size()));
            again.forEach(each -> left.remove(each.question()));
            chosen.addAll(again);
            ChooseQuestions.Chosen more = choose.more(
                    candidates,
                    standings,
                    picture.recent(),
                    way,
                    byStrategies.choices(),
                    again.stream()
                            .map(each -> ShippedBank.ITEM + each.question().id())
                            .collect(Collectors.toSet()));
            for (Selector.Choice choice : more.choices()) {
                add(chosen, left, byItem, choice, picture, selector);
            }
        }
        if (only == null && chosen.size() < wanted.size()) {
            chosen.addAll(
                    rest.choose(connection, learner, predictor, left, wanted.ofAtMost(wanted.size() - chosen.size())));
        }
        return new Selection(
                chosen,
                byStrategies.exhausted().stream()
                        .map(missing -> MissingItems.of(missing, picture.ratings(), selector.challenge()))
                        .toList());
    }

    private static void add(
            List<Chosen> chosen,
            List<Question> left,
            Map<String, Question> byItem,
            Selector.Choice choice,
            Picture picture,
            Selector selector) {
        Question question = byItem.get(choice.candidate().item());
        if (question != null) {
            chosen.add(new Chosen(
                    question,
                    choice.reason().strategy().wireName(),
                    choice.reason().sentence(),
                    choice.missing() == null
                            ? null
                            : MissingItems.of(choice.missing(), picture.ratings(), selector.challenge())));
            left.remove(question);
        }
    }
}
