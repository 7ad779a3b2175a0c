package dev.devmentor.learning.engine.choice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a question was chosen.
 *
 * @param strategy that chose it
 * @param skill that it is about
 * @param because another skill that made it worth asking: of a repair the one that goes badly; else null
 * @param measure what the strategy looked at: predicted recall of a due review, predicted success of a weak skill or of the
 *     challenge, predicted success of the prerequisite to repair, uncertainty in logits of the skill to explore
 * @param settles items that need no review of their own after it; of a due review only
 * @param sentence the same for people
 */
public record Reason(
        Strategy strategy,
        String skill,
        @Nullable String because,
        double measure,
        List<String> settles,
        String sentence) {
    public Reason {
        settles = List.copyOf(settles);
    }
}
