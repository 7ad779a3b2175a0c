package dev.devmentor.pbml.capture;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.Reason;
import dev.devmentor.kit.consume.EventHandler.BatchWork;
import dev.devmentor.kit.consume.Received;
import dev.devmentor.kit.telemetry.Outcome;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.log.Observation;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.log.Recorded;
import dev.devmentor.pbml.owner.OwnerName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How events of one type become observations.
 *
 * @param occurredAt when it happened
 * @param owner whose it is; null if nobody's, and then it is ignored
 * @param answerId id of the answer; null for what is none
 */
record Capture<T>(
        EventType<T> type,
        ObservationKind kind,
        Function<T, Instant> occurredAt,
        Function<T, @Nullable OwnerName> owner,
        Function<T, @Nullable String> answerId) {

    /** Events that are no answers. */
    static <T> Capture<T> of(
            EventType<T> type,
            ObservationKind kind,
            Function<T, Instant> occurredAt,
            Function<T, @Nullable OwnerName> owner) {
        return new Capture<>(type, kind, occurredAt, owner, _ -> null);
    }

    /** Puts a batch into the log, counts what became of it, and sends what contradicts the log to the dead letters. */
    void record(ObservationLog log, BatchWork work, List<Received<T>> events) throws SQLException {
        List<Received<T>> owned = new ArrayList<>(events.size());
        List<Observation> observations = new ArrayList<>(events.size());
        for (Received<T> event : events) {
            OwnerName whose = owner.apply(event.event().data());
            if (whose != null) {
                owned.add(event);
                observations.add(toObservation(event, whose));
            }
        }
        work.unit().count(type.name(), Outcome.IGNORED, events.size() - owned.size());
        settle(work, owned, log.record(work.unit(), observations));
    }

    private Observation toObservation(Received<T> event, OwnerName whose) {
        T data = event.event().data();
        return new Observation(
                whose,
                kind,
                Micros.of(occurredAt.apply(data)),
                event.event().envelope().source(),
                event.event().envelope().id(),
                answerId.apply(data),
                EventEncoder.encodeDataAsText(type, data));
    }

    private void settle(BatchWork work, List<Received<T>> events, List<Recorded> recorded) {
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
        work.unit().count(type.name(), Outcome.APPLIED, applied);
        work.unit().count(type.name(), Outcome.DUPLICATE, repeated);
        work.unit().count(type.name(), Outcome.IGNORED, ignored);
    }
}
