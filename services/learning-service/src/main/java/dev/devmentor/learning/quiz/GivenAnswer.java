package dev.devmentor.learning.quiz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a learner answered. Two that are equal say the same.
 *
 * @param skipped whether they said that they don't know
 * @param chosen of a choice: options by their place in the bank's file, ascending
 * @param order of an ordering: items by their place in the bank's file
 * @param blanks of a fill-in, one for each
 * @param text of a free text
 */
record GivenAnswer(
        boolean skipped,
        List<Integer> chosen,
        List<Integer> order,
        List<String> blanks,
        @Nullable String text) {
    GivenAnswer {
        chosen = List.copyOf(chosen);
        order = List.copyOf(order);
        blanks = List.copyOf(blanks);
    }
}
