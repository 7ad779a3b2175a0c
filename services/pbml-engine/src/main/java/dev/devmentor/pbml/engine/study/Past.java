package dev.devmentor.pbml.engine.study;

import dev.devmentor.deterministic.DeterministicMath;
import java.util.ArrayList;
import java.util.List;

/**
 * What is looked back on at a time.
 *
 * @param sittings within the horizon, the oldest first
 */
record Past(List<Sitting> sittings, long atMicros) {

    private static final double MICROS_OF_DAY = 86_400e6;

    /** An answer counts half after so many days. */
    private static final double HALF_LIFE_DAYS = 90;

    /** And not at all after so many. */
    private static final double HORIZON_DAYS = 180;

    private static final double LN2 = 0x1.62e42fefa39efp-1;

    static Past of(Iterable<JudgedAnswer> answers, long atMicros) {
        List<Sitting> sittings = new ArrayList<>();
        long number = -1;
        for (JudgedAnswer answer : answers) {
            if (atMicros - answer.atMicros() > HORIZON_DAYS * MICROS_OF_DAY) {
                continue;
            }
            if (sittings.isEmpty() || answer.sitting() != number) {
                sittings.add(new Sitting());
                number = answer.sitting();
            }
            sittings.getLast().add(answer);
        }
        return new Past(sittings, atMicros);
    }

    /** What an answer still counts, 0 to 1. */
    double weight(JudgedAnswer answer) {
        double days = Math.max(0, atMicros - answer.atMicros()) / MICROS_OF_DAY;
        return DeterministicMath.exp(-LN2 * days / HALF_LIFE_DAYS);
    }
}
