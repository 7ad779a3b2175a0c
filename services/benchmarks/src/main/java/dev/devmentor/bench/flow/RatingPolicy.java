package dev.devmentor.bench.flow;

import dev.devmentor.learning.engine.choice.OptimalChallenge;
import dev.devmentor.learning.engine.choice.OptimalChallenge.Candidate;
import dev.devmentor.learning.engine.choice.OptimalChallenge.Choice;
import dev.devmentor.learning.engine.choice.OptimalChallenge.Missing;
import dev.devmentor.learning.engine.rating.ItemMemory;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.LayerEvidence;
import dev.devmentor.learning.engine.rating.PersonRating;
import dev.devmentor.learning.engine.rating.Question;
import dev.devmentor.learning.engine.rating.Rating;
import dev.devmentor.learning.engine.rating.SharedRating;
import dev.devmentor.learning.engine.rating.SkillRating;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shipped rating and the shipped choice; or a choice by the layer, which the learning service uses for predicting only. */
final class RatingPolicy implements Policy {

    private static final String SKILL = "simulated";

    private static final OptimalChallenge CHALLENGE = OptimalChallenge.DEFAULT;

    /** Of the calibrated pool: everything is known of root and skill, the items' own variance is what rating leaves. */
    private static final SharedRating KNOWN = new SharedRating(0, 0, 1e-4, 1_000_000);

    /**
     * What some two hundred answers to an item leave of the prior variance, if three of four are right: each tells p (1 - p) of
     * the difficulty. The policy has no business with the noise that the simulator really adds, which is larger.
     */
    private static final double RATED_VARIANCE = 1 / (1 / SharedRating.ITEM.variance() + 200 * 0.75 * 0.25);

    private final Layer layer;
    private final LayerEvidence evidence;

    private PersonRating person = PersonRating.NEW;
    private SkillRating skill = SkillRating.NEW;
    private long second;
    private @Nullable Missing missing;

    /**
     * @param layer to choose by; the initial one leaves the rating's predictions as they are, as the learning service does when it chooses
     * @param evidence where this learner's answers go, for the next epoch
     */
    RatingPolicy(Layer layer, LayerEvidence evidence) {
        this.layer = layer;
        this.evidence = evidence;
    }

    @Override
    public Pool.Item choose(Pool pool) {
        double wanted = CHALLENGE.wantedDifficulty(difficulty -> layer.probability(question(difficulty)));
        List<Pool.Item> items = pool.nearest(wanted);
        List<Candidate> candidates = new ArrayList<>();
        for (Pool.Item item : items) {
            candidates.add(new Candidate(item.id(), SKILL, item.rated(), layer.probability(question(item.rated()))));
        }
        Choice choice = CHALLENGE.choose(SKILL, candidates);
        missing = choice.missing();
        for (Pool.Item item : items) {
            if (choice.chosen() != null && item.id().equals(choice.chosen().item())) {
                return item;
            }
        }
        throw new IllegalStateException("every item was asked");
    }

    @Override
    public void answered(Pool.Item item, boolean right) {
        Question question = question(item.rated());
        Rating.Step step = Rating.answered(question, right);
        layer.learn(question, step.expectation(), right, evidence);
        person = step.person();
        skill = step.skills().getFirst();
        second += 30;
    }

    @Override
    public Optional<Missing> missing() {
        return Optional.ofNullable(missing);
    }

    private Question question(double difficulty) {
        return new Question(
                person,
                List.of(skill),
                ItemMemory.NEW,
                KNOWN,
                List.of(KNOWN),
                new SharedRating(0, difficulty, RATED_VARIANCE, 1_000),
                0,
                second);
    }
}
