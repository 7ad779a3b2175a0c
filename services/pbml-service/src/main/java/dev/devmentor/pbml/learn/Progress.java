package dev.devmentor.pbml.learn;

import dev.devmentor.pbml.learn.LearnView.Reason;
import java.util.ArrayList;
import java.util.List;

/** How far a job is; only its own thread changes it. */
final class Progress {
    private static final int MOST_REASONS = 20;

    long lines;
    long added;
    long repeated;
    long refused;
    long folded;
    long created;
    long updated;
    final List<Reason> reasons = new ArrayList<>();

    /** @param line from 1 */
    void refuse(long line, String reason) {
        refused++;
        if (reasons.size() < MOST_REASONS) {
            reasons.add(new Reason(line, reason));
        }
    }
}
