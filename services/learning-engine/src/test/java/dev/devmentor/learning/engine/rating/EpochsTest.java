package dev.devmentor.learning.engine.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.rating.Rating.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EpochsTest {

    @Test
    void anEpochIsOneNewtonStep() {
        Evidence evidence = new Evidence(8, -(3L << 32), 2L << 32);
        SharedRating next = new SharedRating(4, 0.5, 0.5, 10).next(7, evidence);
        assertThat(next).isEqualTo(new SharedRating(7, 0.5 - 3 / 4.0, 1 / 4.0, 18));
    }

    @Test
    void epochsOnlyGoForward() {
        assertThatThrownBy(() -> SharedRating.ITEM.next(0, Evidence.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epoch 0 does not follow epoch 0");
    }

    @Test
    void anItemThatNobodyKnowsBecomesHard() {
        SharedRating item = SharedRating.ITEM;
        for (int epoch = 1; epoch <= 50; epoch++) {
            Evidence evidence = Evidence.NONE;
            for (int i = 0; i < 4; i++) {
                evidence = evidence.plus(Rating.answered(Questions.ofItem(PersonRating.NEW, item, 0, 0), i == 0)
                        .item());
            }
            item = item.next(epoch, evidence);
        }
        // one of four strangers: sigma(-b / sqrt(1 + pi (1 + v) / 8)) = 1/4, drawn a little towards the prior
        assertThat(Rating.expect(Questions.ofItem(PersonRating.NEW, item, 0, 0)).probability())
                .isEqualTo(0.25, within(0.015));
        assertThat(item.answers()).isEqualTo(200);
        assertThat(item.variance()).isLessThan(0.04);
    }

    @Test
    void theOrderAndGroupingOfAnswersChangeNoBit() {
        List<Answered> answers = answers(3_000);
        Merged expected = merged(answers, 1);
        Random random = new Random(5);
        for (int i = 0; i < 10; i++) {
            List<Answered> shuffled = new ArrayList<>(answers);
            Collections.shuffle(shuffled, random);
            assertThat(merged(shuffled, 1 + i * 3)).isEqualTo(expected);
        }
        SharedRating item = SharedRating.ITEM.next(1, expected.item());
        assertThat(item.answers()).isEqualTo(3_000);
    }

    @Test
    void theInitialLayerRepeatsTheFilter() {
        for (Answered answer : answers(200)) {
            double filter = Rating.expect(answer.question()).probability();
            assertThat(Layer.INITIAL.probability(answer.question())).isEqualTo(filter, within(1e-12));
        }
    }

    @Test
    void theLayerLearnsWhatTheFilterLeavesUnexplained() {
        // items are far easier than rated
        Layer layer = Layer.INITIAL;
        double expected = Rating.expect(answers(1).getFirst().question()).probability();
        for (int epoch = 0; epoch < 10; epoch++) {
            LayerEvidence evidence = new LayerEvidence();
            for (Answered answer : answers(500)) {
                layer.learn(answer.question(), Rating.expect(answer.question()), true, evidence);
            }
            layer = layer.next(evidence);
        }
        assertThat(layer.weight(Features.NAMES.indexOf("constant"))).isPositive();
        assertThat(layer.probability(answers(1).getFirst().question())).isGreaterThan(expected + 0.2);
    }

    @Test
    void aKeptLayerGoesOnAsIfItHadNotBeenKept() {
        LayerEvidence evidence = new LayerEvidence();
        for (Answered answer : answers(1_000)) {
            Layer.INITIAL.learn(answer.question(), Rating.expect(answer.question()), answer.right(), evidence);
        }
        Layer layer = Layer.INITIAL.next(evidence);
        Layer kept = Layer.of(layer.weights(), layer.precisions());
        LayerEvidence keptEvidence = LayerEvidence.of(evidence.answers(), evidence.units());
        assertThat(keptEvidence).isEqualTo(evidence);
        assertThat(kept.next(keptEvidence).weights())
                .isEqualTo(layer.next(evidence).weights());
        assertThat(kept.next(keptEvidence).precisions())
                .isEqualTo(layer.next(evidence).precisions());
        assertThatThrownBy(() -> Layer.of(new double[3], layer.precisions()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contributionsAddUpToThePrediction() {
        Question question = answers(100).getLast().question();
        double logit = Layer.INITIAL.explain(question).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        double p = question.guess() + (1 - question.guess()) * Rating.sigmoid(logit);
        assertThat(p).isEqualTo(Layer.INITIAL.probability(question), within(1e-12));
    }

    @Test
    void everyBuildComputesTheSameBits() {
        assertThat(RatingChecksum.ofTenThousandAnswers()).isEqualTo(RatingChecksum.EXPECTED);
        assertThat(RatingChecksum.ofTenThousandAnswers()).isEqualTo(RatingChecksum.EXPECTED);
    }

    private record Answered(Question question, boolean right) {}

    private record Merged(Evidence root, Evidence item, LayerEvidence layer) {}

    private static Merged merged(List<Answered> answers, int parts) {
        Evidence[] roots = new Evidence[parts];
        Evidence[] items = new Evidence[parts];
        LayerEvidence[] layers = new LayerEvidence[parts];
        for (int i = 0; i < parts; i++) {
            roots[i] = Evidence.NONE;
            items[i] = Evidence.NONE;
            layers[i] = new LayerEvidence();
        }
        for (int i = 0; i < answers.size(); i++) {
            Answered answer = answers.get(i);
            int part = i % parts;
            Step step = Rating.answered(answer.question(), answer.right());
            roots[part] = roots[part].plus(step.root());
            items[part] = items[part].plus(step.item());
            Layer.INITIAL.learn(answer.question(), step.expectation(), answer.right(), layers[part]);
        }
        Evidence root = Evidence.NONE;
        Evidence item = Evidence.NONE;
        LayerEvidence layer = new LayerEvidence();
        for (int i = parts - 1; i >= 0; i--) {
            root = root.plus(roots[i]);
            item = item.plus(items[i]);
            layer.merge(layers[i]);
        }
        return new Merged(root, item, layer);
    }

    /** One person after another, each with a few answers behind them. */
    private static List<Answered> answers(int count) {
        SplittableRandom random = new SplittableRandom(9);
        List<Answered> answers = new ArrayList<>();
        PersonRating person = PersonRating.NEW;
        SkillRating skill = SkillRating.NEW;
        ItemMemory memory = ItemMemory.NEW;
        long second = 1_700_000_000;
        for (int i = 0; i < count; i++) {
            if (i % 20 == 0) {
                person = PersonRating.NEW;
                skill = SkillRating.NEW;
                memory = ItemMemory.NEW;
            }
            second += random.nextInt(100_000);
            Question question = new Question(
                    person,
                    List.of(skill),
                    memory,
                    SharedRating.ROOT,
                    List.of(SharedRating.SKILL),
                    SharedRating.ITEM,
                    i % 2 == 0 ? 0 : 0.25,
                    second);
            boolean right = random.nextInt(3) > 0;
            answers.add(new Answered(question, right));
            Step step = Rating.answered(question, right);
            person = step.person();
            skill = step.skills().getFirst();
            memory = step.memory();
        }
        return answers;
    }
}
