package dev.devmentor.pbml.engine.study;

import java.util.ArrayList;
import java.util.List;

/**
 * Answers without a long pause between them, and how the person was on form.
 *
 * <p>On a bad day everything goes wrong together, which is no pattern of any two items. So what is expected of an answer is
 * shifted by the form that the other answers of the sitting show: one Newton step of the posterior mean of a shift with
 * variance {@value #FORM_VARIANCE}, the answers in question left out.
 */
final class Sitting {

    private static final double FORM_VARIANCE = 0.5;

    private final List<JudgedAnswer> answers = new ArrayList<>();
    private double residuals;
    private double information;

    void add(JudgedAnswer answer) {
        answers.add(answer);
        if (answer.judged()) {
            residuals += residual(answer);
            information += information(answer);
        }
    }

    /** All, in order. */
    List<JudgedAnswer> answers() {
        return answers;
    }

    /** The first ones that were judged. */
    List<JudgedAnswer> judged(int limit) {
        return answers.stream().filter(JudgedAnswer::judged).limit(limit).toList();
    }

    /** What the log odds of a miss rise by, as all answers but some show. */
    double formWithout(double residualsOut, double informationOut) {
        return (residuals - residualsOut) / (1 / FORM_VARIANCE + information - informationOut);
    }

    double formWithout(JudgedAnswer answer) {
        return formWithout(residual(answer), information(answer));
    }

    double formWithout(JudgedAnswer one, JudgedAnswer other) {
        return formWithout(residual(one) + residual(other), information(one) + information(other));
    }

    static double residual(JudgedAnswer answer) {
        return (answer.missed() ? 1 : 0) - answer.missProbability();
    }

    static double information(JudgedAnswer answer) {
        double q = answer.missProbability();
        return q * (1 - q);
    }
}
