package dev.devmentor.learning.quiz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer and what it got. It is kept, so that sending it again gives the same.
 *
 * @param share 0 to 1
 * @param grade 1 Again, 2 Hard, 3 Good
 * @param remarks for a person, one for each part that was looked at
 * @param missing of a free text, the points that it does not make
 * @param responseMs milliseconds, −1 if unknown
 * @param dueMicros when the question comes up again; null if nothing says
 */
record GradedAnswer(
        String item,
        GivenAnswer given,
        double share,
        boolean correct,
        int grade,
        List<String> remarks,
        List<String> missing,
        int responseMs,
        long atMicros,
        @Nullable Long dueMicros,
        @Nullable Integer intervalDays) {
    GradedAnswer {
        remarks = List.copyOf(remarks);
        missing = List.copyOf(missing);
    }

    GradedAnswer withDue(@Nullable Long newDueMicros, @Nullable Integer newIntervalDays) {
        return new GradedAnswer(
                item,
                given,
                share,
                correct,
                grade,
                remarks,
                missing,
                responseMs,
                atMicros,
                newDueMicros,
                newIntervalDays);
    }
}
