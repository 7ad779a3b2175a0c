package dev.devmentor.pbml.model;

import dev.devmentor.pbml.engine.owner.EventKey;
import dev.devmentor.pbml.engine.owner.Observation;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.log.StoredObservation;
import org.jspecify.annotations.Nullable;

/** Applies rows of an owner's log one after the other, and takes a snapshot on its way if it is asked to. */
final class LogPass implements ObservationTable.Visitor {
    private static final long NEVER = Long.MAX_VALUE;

    /** Its decoder is for one thread; several owners are folded at once. */
    private final Decoding decoding = new Decoding();

    private final OwnerState state;
    private final Restores leftOut;
    private final @Nullable EventKey mark;
    private long observations;
    private long upToMark;
    private boolean takesBack;
    private long snapshotAt = NEVER;
    private ModelTable.@Nullable Saved snapshot;

    /**
     * @param state that the rows are applied to
     * @param observations rows of the log that are in it
     * @param leftOut what is not applied
     * @param mark a place of the log
     */
    LogPass(OwnerState state, long observations, Restores leftOut, @Nullable EventKey mark) {
        this.state = state;
        this.observations = observations;
        this.upToMark = observations;
        this.leftOut = leftOut;
        this.mark = mark;
    }

    /** Takes a snapshot as soon as so many rows are in the state, which may be now. */
    void snapshotAt(long rows) {
        snapshotAt = rows;
        takeSnapshotIfDue();
    }

    @Override
    public void visit(StoredObservation row) {
        observations++;
        if (mark != null && row.key().compareTo(mark) <= 0) {
            upToMark++;
        }
        if (row.kind() == ObservationKind.CONTEXT_RESTORED) {
            takesBack |= leftOut == Restores.NONE;
            // One from before could not be gone on from: what comes behind it takes something back of it.
            snapshot = null;
        }
        Observation observation = decoding.decode(row);
        state.apply(leftOut.leavesOut(row.key()) ? new Observation.Kept(observation.stamp()) : observation);
        takeSnapshotIfDue();
    }

    private void takeSnapshotIfDue() {
        if (snapshot == null && observations >= snapshotAt) {
            snapshot = new ModelTable.Saved(observations, state.snapshot());
        }
    }

    /** Rows of the log that are in the state, if none came before. */
    long observations() {
        return observations;
    }

    /** Rows of the log up to the mark, if none came before what was in the state at first. */
    long upToMark() {
        return upToMark;
    }

    /** Whether something takes back what was applied before it. */
    boolean takesBack() {
        return takesBack;
    }

    /** What was taken on the way; null if nothing was. */
    ModelTable.@Nullable Saved snapshot() {
        return snapshot;
    }
}
