package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.hint.HintNote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question as a quiz asks it. It is kept whole, so that it is graded as it was asked, whatever the bank says later.
 *
 * @param item under which the answer is remembered, and the id of the question
 * @param version of its wording: 12 hexadecimal digits of a hash
 * @param order which option, or which item of an ordering, is shown at which place; empty for other types
 * @param hint what moved it or brought it in; null if no hint did
 */
record AskedQuestion(
        String item,
        String version,
        Question question,
        List<Integer> order,
        @Nullable String strategy,
        @Nullable String reason,
        @Nullable HintNote hint) {
    AskedQuestion {
        order = List.copyOf(order);
    }

    /** A question with options and items in an order that follows from the seed. */
    static AskedQuestion of(
            String item, Question question, long seed, @Nullable String strategy, @Nullable String reason) {
        int places = question.type().isChoice()
                ? question.options().size()
                : question.items().size();
        List<Integer> order = shuffled(places, seed ^ item.hashCode());
        boolean solved = !question.items().isEmpty() && order.equals(List.copyOf(identity(places)));
        if (solved) {
            // An ordering that is shown in the right order asks for nothing.
            order = order.reversed();
        }
        return new AskedQuestion(item, QuizJson.version(question), question, order, strategy, reason, null);
    }

    /** The same, moved or brought in by a hint. */
    AskedQuestion with(HintNote newHint) {
        return new AskedQuestion(item, version, question, order, strategy, reason, newHint);
    }

    private static List<Integer> identity(int places) {
        List<Integer> order = new ArrayList<>(places);
        for (int i = 0; i < places; i++) {
            order.add(i);
        }
        return order;
    }

    private static List<Integer> shuffled(int places, long seed) {
        List<Integer> order = identity(places);
        long state = seed;
        for (int i = places - 1; i > 0; i--) {
            state += 0x9e3779b97f4a7c15L;
            int other = (int) Long.remainderUnsigned(DueThenFresh.mixed(state), i + 1);
            Integer moved = order.get(i);
            order.set(i, order.get(other));
            order.set(other, moved);
        }
        return order;
    }

    /** The name of a place: a, b, c … */
    static String placeId(int place) {
        return String.valueOf((char) ('a' + place));
    }

    /** Which option or item is shown at the place of a name; −1 if none is. */
    int at(String placeId) {
        int place = placeId.length() == 1 ? placeId.charAt(0) - 'a' : -1;
        return place >= 0 && place < order.size() ? order.get(place) : -1;
    }

    /** The name of the place at which an option or item is shown. */
    String placeOf(int index) {
        return placeId(order.indexOf(index));
    }
}
