package dev.devmentor.learning.log;

import dev.devmentor.events.Reason;
import dev.devmentor.kit.consume.EventHandler.BatchWork;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.telemetry.Outcome;
import java.util.List;

/** Counts what became of events, and sends those that contradict the log to the dead letters. */
public final class Outcomes {
    private Outcomes() {}

    /**
     * Settles a batch.
     *
     * @param events the events, in the order of {@code recorded}
     */
    public static <T> void settle(BatchWork work, String topic, List<Received<T>> events, List<Recorded> recorded) {
        long applied = 0;
        long repeated = 0;
        long ignored = 0;
        for (int i = 0; i < recorded.size(); i++) {
            switch (recorded.get(i)) {
                case Recorded.Added _ -> applied++;
                case Recorded.Repeated _ -> repeated++;
                case Recorded.OfErased _ -> ignored++;
                case Recorded.Contradicting(String what) ->
                    work.deadLetter(
                            events.get(i),
                            Reason.CONFLICTING_DUPLICATE,
                            "a different event with the same " + what + " identity was applied before");
            }
        }
        work.unit().count(topic, Outcome.APPLIED, applied);
        work.unit().count(topic, Outcome.DUPLICATE, repeated);
        work.unit().count(topic, Outcome.IGNORED, ignored);
    }
}
