package dev.devmentor.bench.kt;

import dev.devmentor.bench.kt.AnswerLog.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Elo as in learning.md: ability = .6 global + .8 of the skill, K = .9 / (1 + .05 n), items learn too. */
final class PlainElo implements Model {

    private final int skills;
    private final double[] global;
    private final int[] globalCount;
    private final double[] item;
    private final int[] itemCount;
    private final Map<Long, double[]> bySkill = new HashMap<>(); // rating and count

    PlainElo(AnswerLog log) {
        skills = log.skills().size();
        global = new double[log.users().size()];
        globalCount = new int[log.users().size()];
        item = new double[log.items().size()];
        itemCount = new int[log.items().size()];
    }

    @Override
    public void train(List<Answer> answers) {
        answers.forEach(this::predict);
    }

    @Override
    public double predict(Answer answer) {
        double ability = 0.6 * global[answer.user()];
        for (int skill : answer.skills()) {
            ability += 0.8 * rating(answer.user(), skill)[0] / answer.skills().length;
        }
        double p = 1 / (1 + Math.exp(item[answer.item()] - ability));
        double error = (answer.right() ? 1 : 0) - p;
        global[answer.user()] += step(globalCount[answer.user()]++) * error;
        item[answer.item()] -= step(itemCount[answer.item()]++) * error;
        for (int skill : answer.skills()) {
            double[] rating = rating(answer.user(), skill);
            rating[0] += step(rating[1]++) * error;
        }
        return p;
    }

    private double[] rating(int user, int skill) {
        return bySkill.computeIfAbsent((long) user * skills + skill, key -> new double[2]);
    }

    private static double step(double count) {
        return 0.9 / (1 + 0.05 * count);
    }
}
