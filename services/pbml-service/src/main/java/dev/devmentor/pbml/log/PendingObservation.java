package dev.devmentor.pbml.log;

import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.pbml.owner.Owner;
import org.jspecify.annotations.Nullable;

/**
 * An observation on its way into the log. In order of owners, neighbours are neighbours in the indexes.
 *
 * @param index place in the caller's list
 */
record PendingObservation(
        int index,
        Observation observation,
        Owner owner,
        Identity event,
        @Nullable Identity answer) implements Comparable<PendingObservation> {
    /** An identity within an owner's log. */
    record Identity(long ownerId, EventIdentity hash) {}

    static PendingObservation of(int index, Observation observation, Owner owner) {
        String answerId = observation.answerId();
        return new PendingObservation(
                index,
                observation,
                owner,
                new Identity(owner.id(), EventIdentity.of(observation.source(), observation.eventId())),
                answerId == null ? null : new Identity(owner.id(), EventIdentity.of(answerId)));
    }

    @Override
    public int compareTo(PendingObservation other) {
        int byOwner = Long.compare(owner.id(), other.owner.id());
        return byOwner != 0 ? byOwner : Integer.compare(index, other.index);
    }

    Said said() {
        return new Said(observation.kind(), observation.atMicros(), observation.data());
    }

    /** What counts when two observations of one identity are compared. */
    record Said(ObservationKind kind, long atMicros, String data) {
        /** Whether another says the same as this, which lies in the log. Of forgotten content nobody can say otherwise. */
        boolean isRepeatedBy(Said other) {
            return data.isEmpty() || equals(other);
        }
    }
}
