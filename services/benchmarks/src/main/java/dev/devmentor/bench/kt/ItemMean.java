package dev.devmentor.bench.kt;

import dev.devmentor.bench.kt.AnswerLog.Answer;
import java.util.List;

/** The part of right answers to the item so far, with two answers at the mean of all added. */
final class ItemMean implements Model {

    private final double[] right;
    private final int[] count;
    private double allRight = 1;
    private int all = 2;

    ItemMean(AnswerLog log) {
        right = new double[log.items().size()];
        count = new int[log.items().size()];
    }

    @Override
    public void train(List<Answer> answers) {
        answers.forEach(this::predict);
    }

    @Override
    public double predict(Answer answer) {
        int item = answer.item();
        double p = (right[item] + 2 * allRight / all) / (count[item] + 2);
        count[item]++;
        all++;
        if (answer.right()) {
            right[item]++;
            allRight++;
        }
        return p;
    }
}
