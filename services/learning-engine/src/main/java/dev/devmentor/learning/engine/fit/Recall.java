package dev.devmentor.learning.engine.fit;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import java.util.Arrays;

/** Predictions of recall for every review of a history, each from the reviews before it. */
public final class Recall {

    private Recall() {}

    /** By row; NaN for a card's first review. Whole days, as FSRS-6 wants them. */
    public static double[] of(Fsrs6 model, ReviewHistory history) {
        double[] p = new double[history.size()];
        Arrays.fill(p, Double.NaN);
        for (int c = 0; c < history.cards(); c++) {
            double s = 0;
            double d = 0;
            for (int i = 0; i < history.length(c); i++) {
                int row = history.row(c, i);
                int grade = history.grade(row);
                if (i == 0) {
                    s = model.firstStability(grade);
                    d = model.firstDifficulty(grade);
                } else {
                    int days = history.days(row);
                    p[row] = model.retrievability(s, days);
                    s = model.nextStability(s, d, grade, days);
                    d = model.nextDifficulty(d, grade);
                }
            }
        }
        return p;
    }

    /** By row; NaN for a card's first review. Fractional days, as FSRS-7 wants them. */
    public static double[] of(Fsrs7 model, ReviewHistory history) {
        double[] p = new double[history.size()];
        Arrays.fill(p, Double.NaN);
        for (int c = 0; c < history.cards(); c++) {
            double s = 0;
            double f = 0;
            double d = 0;
            for (int i = 0; i < history.length(c); i++) {
                int row = history.row(c, i);
                int grade = history.grade(row);
                if (i == 0) {
                    s = model.firstStability(grade);
                    f = model.firstFastStability(grade);
                    d = model.firstDifficulty(grade);
                } else {
                    double elapsed = history.elapsed(row);
                    double fastRecall = model.fastRecall(f, elapsed);
                    double r = model.retrievability(s, f, d, elapsed, fastRecall);
                    p[row] = r;
                    double next = model.nextStability(s, d, r, grade);
                    f = model.nextFastStability(f, d, fastRecall, grade, next);
                    s = next;
                    d = model.nextDifficulty(d, r, grade);
                }
            }
        }
        return p;
    }
}
