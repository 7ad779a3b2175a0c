package dev.devmentor.bench.kt;

import dev.devmentor.bench.kt.AnswerLog.Answer;
import java.util.List;

/** Something that predicts answers. */
interface Model {

    /** Prepares with the answers of the people who train, in the order of time. */
    void train(List<Answer> answers);

    /** The probability that this answer is right, from all answers before it; learns from it only afterwards. */
    double predict(Answer answer);
}
