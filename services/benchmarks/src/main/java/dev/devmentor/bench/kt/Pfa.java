package dev.devmentor.bench.kt;

import dev.devmentor.bench.kt.AnswerLog.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Performance factors analysis with items: logit = item + sum over skills of (b + g ln(1 + right) + r ln(1 + wrong)).
 * Logistic regression by AdaGrad with a little ridge, several passes over the people who train; then it stays as it is,
 * and only counts go on.
 */
final class Pfa implements Model {

    private static final int PASSES = 8;
    private static final double RATE = 0.1;
    private static final double RIDGE = 1e-4;

    private final int skills;
    private final double[] weights; // constant, items, then three for each skill
    private final double[] squares;
    private final int bySkill;
    private Map<Long, int[]> counts = new HashMap<>();

    Pfa(AnswerLog log) {
        skills = log.skills().size();
        bySkill = 1 + log.items().size();
        weights = new double[bySkill + 3 * skills];
        squares = new double[weights.length];
    }

    @Override
    public void train(List<Answer> answers) {
        for (int pass = 0; pass < PASSES; pass++) {
            counts = new HashMap<>();
            for (Answer answer : answers) {
                double error = predict(answer, true);
                assert Double.isFinite(error);
            }
        }
        counts = new HashMap<>();
    }

    @Override
    public double predict(Answer answer) {
        return predict(answer, false);
    }

    private double predict(Answer answer, boolean learn) {
        int n = answer.skills().length;
        int[] at = new int[2 + 3 * n];
        double[] x = new double[at.length];
        x[0] = 1;
        at[1] = 1 + answer.item();
        x[1] = 1;
        for (int i = 0; i < n; i++) {
            int skill = answer.skills()[i];
            int[] count = counts.computeIfAbsent((long) answer.user() * skills + skill, key -> new int[2]);
            for (int k = 0; k < 3; k++) {
                at[2 + 3 * i + k] = bySkill + 3 * skill + k;
                x[2 + 3 * i + k] = k == 0 ? 1 : Math.log(1 + count[k - 1]);
            }
            count[answer.right() ? 0 : 1]++;
        }
        double z = 0;
        for (int i = 0; i < at.length; i++) {
            z += weights[at[i]] * x[i];
        }
        double p = 1 / (1 + Math.exp(-z));
        if (learn) {
            double error = p - (answer.right() ? 1 : 0);
            for (int i = 0; i < at.length; i++) {
                double gradient = error * x[i] + RIDGE * weights[at[i]];
                squares[at[i]] += gradient * gradient;
                weights[at[i]] -= RATE * gradient / Math.sqrt(squares[at[i]] + 1e-8);
            }
        }
        return p;
    }
}
