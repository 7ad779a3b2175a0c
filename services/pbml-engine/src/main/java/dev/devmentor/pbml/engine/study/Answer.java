package dev.devmentor.pbml.engine.study;

import java.util.List;

/**
 * An answer of the person, as {@code quiz.answered} tells it.
 *
 * @param item what was asked
 * @param skills what the question tests; may be empty
 * @param atMicros microseconds since 1970, at least 0 and at most 2^53
 * @param localMinuteOfDay where the person was, 0 to 1 439; its hour is the local hour
 * @param correct whether it was right
 * @param responseMs milliseconds from the question to the answer, -1 if not known
 * @param event the event that told of it
 */
public record Answer(
        String item,
        List<String> skills,
        long atMicros,
        int localMinuteOfDay,
        boolean correct,
        int responseMs,
        EventReference event) {

    public Answer {
        if (localMinuteOfDay < 0 || localMinuteOfDay >= 24 * 60) {
            throw new IllegalArgumentException("minute of day " + localMinuteOfDay);
        }
        if (atMicros < 0 || atMicros > 1L << 53) {
            throw new IllegalArgumentException("time " + atMicros);
        }
        if (responseMs < -1) {
            throw new IllegalArgumentException("response of " + responseMs + " ms");
        }
        skills = List.copyOf(skills);
    }
}
