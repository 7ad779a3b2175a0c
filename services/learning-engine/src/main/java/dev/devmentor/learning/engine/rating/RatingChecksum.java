package dev.devmentor.learning.engine.rating;

import java.util.List;

/**
 * Holds builds together: the JVM and the native executable compute {@link #ofTenThousandAnswers()} and must both get
 * {@link #EXPECTED}. If they don't, ratings would differ in their last bits from one build to another.
 */
public final class RatingChecksum {

    /** What {@link #ofTenThousandAnswers()} gives everywhere. */
    public static final long EXPECTED = 582_464_936_107_915_198L;

    private static final int ANSWERS = 10_000;
    private static final int EPOCH = 100;

    private RatingChecksum() {}

    /** A hash over the bits of predictions and states of pseudo-random answers to one item, with its epochs; some 50 ms. */
    public static long ofTenThousandAnswers() {
        long random = 7;
        long hash = 0;
        long second = 1_700_000_000;
        PersonRating person = PersonRating.NEW;
        SkillRating skill = SkillRating.NEW;
        ItemMemory memory = ItemMemory.NEW;
        SharedRating root = SharedRating.ROOT;
        SharedRating skillDifficulty = SharedRating.SKILL;
        SharedRating item = SharedRating.ITEM;
        Layer layer = Layer.INITIAL;
        Evidence rootEvidence = Evidence.NONE;
        Evidence skillEvidence = Evidence.NONE;
        Evidence itemEvidence = Evidence.NONE;
        LayerEvidence layerEvidence = new LayerEvidence();
        for (int i = 1; i <= ANSWERS; i++) {
            random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            double unit = (random >>> 11) * 0x1p-53;
            second += (long) (unit * 50_000);
            Question question = new Question(
                    person,
                    List.of(skill),
                    memory,
                    root,
                    List.of(skillDifficulty),
                    item,
                    (i & 1) == 0 ? 0 : 0.25,
                    second);
            boolean right = (random >>> 60) > 4;
            Rating.Step step = Rating.answered(question, right);
            hash = mix(hash, layer.learn(question, step.expectation(), right, layerEvidence));
            hash = mix(hash, step.person().ability().mean());
            hash = mix(hash, step.skills().getFirst().deviation().variance());
            rootEvidence = rootEvidence.plus(step.root());
            skillEvidence = skillEvidence.plus(step.skillEvidence().getFirst());
            itemEvidence = itemEvidence.plus(step.item());
            boolean another = i % 50 == 0; // the next person
            person = another ? PersonRating.NEW : step.person();
            skill = another ? SkillRating.NEW : step.skills().getFirst();
            memory = another ? ItemMemory.NEW : step.memory();
            if (i % EPOCH == 0) {
                int epoch = i / EPOCH;
                root = root.next(epoch, rootEvidence);
                skillDifficulty = skillDifficulty.next(epoch, skillEvidence);
                item = item.next(epoch, itemEvidence);
                layer = layer.next(layerEvidence);
                rootEvidence = Evidence.NONE;
                skillEvidence = Evidence.NONE;
                itemEvidence = Evidence.NONE;
                layerEvidence = new LayerEvidence();
                hash = mix(hash, item.difficulty());
            }
        }
        return hash;
    }

    private static long mix(long hash, double value) {
        long z = (hash ^ Double.doubleToLongBits(value)) + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        return z ^ (z >>> 27);
    }
}
