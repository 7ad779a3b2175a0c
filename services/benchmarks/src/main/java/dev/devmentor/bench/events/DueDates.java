package dev.devmentor.bench.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** When each card is due, for comparing one contender's result with another's. */
final class DueDates {
    private final Map<String, Long> microsByCard = new HashMap<>();

    void put(String learner, String item, Instant due) {
        put(learner, item, ChronoUnit.MICROS.between(Instant.EPOCH, due));
    }

    void put(String learner, String item, long dueMicros) {
        microsByCard.put(learner + ' ' + item, dueMicros);
    }

    boolean sameAs(DueDates other) {
        return microsByCard.equals(other.microsByCard);
    }
}
