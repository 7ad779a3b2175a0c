package dev.devmentor.pbml.engine.study;

import java.util.List;

/**
 * An answer that is kept, with what was expected of it before it was known.
 *
 * @param sitting number of the sitting it belongs to
 * @param minutesIn minutes since the sitting began
 * @param missLogit log odds of a miss, as expected beforehand
 * @param missProbability the same as a probability; it is asked for often
 * @param judged whether it says something: the item's first answer in this sitting, known from an earlier one, and no guess
 */
record JudgedAnswer(
        String item,
        List<String> skills,
        long atMicros,
        int hour,
        boolean missed,
        EventReference event,
        long sitting,
        int minutesIn,
        double missLogit,
        double missProbability,
        boolean judged) {

    JudgedAnswer(
            String item,
            List<String> skills,
            long atMicros,
            int hour,
            boolean missed,
            EventReference event,
            long sitting,
            int minutesIn,
            double missLogit,
            boolean judged) {
        this(
                item,
                skills,
                atMicros,
                hour,
                missed,
                event,
                sitting,
                minutesIn,
                missLogit,
                Logistic.probability(missLogit),
                judged);
    }

    /** Characters of text that it holds, counted as if it shared none. */
    int characters() {
        int all = item.length() + event.source().length() + event.id().length();
        for (String skill : skills) {
            all += skill.length();
        }
        return all;
    }
}
