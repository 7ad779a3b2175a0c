package dev.devmentor.bench.kt;

import dev.devmentor.bench.kt.AnswerLog.Answer;
import dev.devmentor.learning.engine.rating.Evidence;
import dev.devmentor.learning.engine.rating.ItemMemory;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.LayerEvidence;
import dev.devmentor.learning.engine.rating.PersonRating;
import dev.devmentor.learning.engine.rating.Question;
import dev.devmentor.learning.engine.rating.Rating;
import dev.devmentor.learning.engine.rating.SharedRating;
import dev.devmentor.learning.engine.rating.SkillRating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The engine's rating and the layer over it, which is what the learning service expects of an answer; shared parts change at
 * the end of epochs of so many answers. One pass, nothing is kept of it.
 */
final class Ours implements Model {

    /** What a team of ten gives in a day, which is an epoch of the service. Small, so that a new item is soon known. */
    private static final int EPOCH = 200;

    private final boolean layered;
    private final int skillCount;
    private final int itemCount;
    private final PersonRating[] people;
    private final Map<Long, SkillRating> skills = new HashMap<>();
    private final Map<Long, ItemMemory> memories = new HashMap<>();

    /** Root, then items, then skills. */
    private final SharedRating[] shared;

    private final Map<Integer, Evidence> evidence = new HashMap<>();
    private Layer layer = Layer.INITIAL;
    private LayerEvidence layerEvidence = new LayerEvidence();
    private int epoch;
    private int inEpoch;

    /**
     * @param log for the number of everything
     * @param layered false for the filter alone
     */
    Ours(AnswerLog log, boolean layered) {
        this.layered = layered;
        skillCount = log.skills().size();
        itemCount = log.items().size();
        people = new PersonRating[log.users().size()];
        Arrays.fill(people, PersonRating.NEW);
        shared = new SharedRating[1 + itemCount + skillCount];
        Arrays.fill(shared, SharedRating.SKILL);
        Arrays.fill(shared, 1, 1 + itemCount, SharedRating.ITEM);
        shared[0] = SharedRating.ROOT;
    }

    @Override
    public void train(List<Answer> answers) {
        answers.forEach(this::predict);
    }

    @Override
    public double predict(Answer answer) {
        int n = answer.skills().length;
        List<SkillRating> own = new ArrayList<>(n);
        List<SharedRating> difficulties = new ArrayList<>(n);
        for (int skill : answer.skills()) {
            own.add(skills.getOrDefault(skillKey(answer, skill), SkillRating.NEW));
            difficulties.add(shared[1 + itemCount + skill]);
        }
        long itemKey = (long) answer.user() * itemCount + answer.item();
        Question question = new Question(
                people[answer.user()],
                own,
                memories.getOrDefault(itemKey, ItemMemory.NEW),
                shared[0],
                difficulties,
                shared[1 + answer.item()],
                0,
                answer.second());
        Rating.Step step = Rating.answered(question, answer.right());
        double p = layered
                ? layer.learn(question, step.expectation(), answer.right(), layerEvidence)
                : step.expectation().probability();
        people[answer.user()] = step.person();
        memories.put(itemKey, step.memory());
        evidence.merge(0, step.root(), Evidence::plus);
        evidence.merge(1 + answer.item(), step.item(), Evidence::plus);
        for (int i = 0; i < n; i++) {
            skills.put(skillKey(answer, answer.skills()[i]), step.skills().get(i));
            evidence.merge(
                    1 + itemCount + answer.skills()[i], step.skillEvidence().get(i), Evidence::plus);
        }
        if (++inEpoch == EPOCH) {
            endEpoch();
        }
        return p;
    }

    private void endEpoch() {
        epoch++;
        evidence.forEach((place, sum) -> shared[place] = shared[place].next(epoch, sum));
        evidence.clear();
        if (layered) {
            layer = layer.next(layerEvidence);
            layerEvidence = new LayerEvidence();
        }
        inEpoch = 0;
    }

    private long skillKey(Answer answer, int skill) {
        return (long) answer.user() * skillCount + skill;
    }
}
