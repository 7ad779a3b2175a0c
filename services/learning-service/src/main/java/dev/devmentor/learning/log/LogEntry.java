package dev.devmentor.learning.log;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the review log. Which parts are set depends on its kind.
 *
 * @param learner whose log it is
 * @param kind what it says
 * @param atMicros when it happened, microseconds since 1970-01-01T00:00Z
 * @param atAssigned whether this service chose the time because the caller gave none; such a time does not make two
 *     answers different
 * @param source CloudEvents source; with the id the event's identity
 * @param eventId CloudEvents id
 * @param item the card that it concerns
 * @param ref answer id of an answer or an undo, plan id of a reschedule or of what takes a plan back, name of a deck, task
 *     id, memory id, pattern id of a hint, event id of settings whose move of due dates is taken back
 * @param zone IANA zone of an answer; null for the learner's own
 * @param grade 1 to 4 of an answer, else 0
 * @param responseMs milliseconds until the answer, −1 if unknown
 * @param dueMicros of a reschedule the due time; of an answer the interval in days that was chosen for its load, 0 if none
 *     was; else 0
 * @param detail JSON object: fields that this version does not know, and what only some kinds have
 * @param traceparent trace context to carry on; not part of the log
 */
public record LogEntry(
        String learner,
        EntryKind kind,
        long atMicros,
        boolean atAssigned,
        String source,
        String eventId,
        @Nullable String item,
        @Nullable String ref,
        @Nullable String zone,
        int grade,
        int responseMs,
        long dueMicros,
        List<String> skills,
        @Nullable String quiz,
        int bloom,
        double difficulty,
        @Nullable String origin,
        @Nullable String detail,
        @Nullable String traceparent) {

    /** Bloom level or difficulty that was not given. */
    public static final int NO_BLOOM = -1;

    /** An entry that concerns a card and has no more to say than that. */
    public static LogEntry ofCard(
            String learner, EntryKind kind, long atMicros, String source, String eventId, String item) {
        return unanswered(learner, kind, atMicros, source, eventId, item, null, List.of(), null);
    }

    /** An entry that concerns a learner but no card. */
    public static LogEntry ofLearner(
            String learner,
            EntryKind kind,
            long atMicros,
            String source,
            String eventId,
            @Nullable String ref,
            List<String> skills,
            @Nullable String detail) {
        return unanswered(learner, kind, atMicros, source, eventId, null, ref, skills, detail);
    }

    /** An entry without what only an answer says. */
    private static LogEntry unanswered(
            String learner,
            EntryKind kind,
            long atMicros,
            String source,
            String eventId,
            @Nullable String item,
            @Nullable String ref,
            List<String> skills,
            @Nullable String detail) {
        return new LogEntry(
                learner,
                kind,
                atMicros,
                false,
                source,
                eventId,
                item,
                ref,
                null,
                0,
                -1,
                0,
                skills,
                null,
                NO_BLOOM,
                Double.NaN,
                null,
                detail,
                null);
    }

    /** The same with a reference. */
    public LogEntry withRef(String newRef) {
        return copy(atAssigned, newRef, zone, dueMicros, detail);
    }

    /** The same with a due time. */
    public LogEntry withDue(long newDueMicros) {
        return copy(atAssigned, ref, zone, newDueMicros, detail);
    }

    /** The same with a detail, a JSON object. */
    public LogEntry withDetail(String newDetail) {
        return copy(atAssigned, ref, zone, dueMicros, newDetail);
    }

    /** The same with the zone that is used for it. */
    LogEntry withZone(String newZone) {
        return copy(atAssigned, ref, newZone, dueMicros, detail);
    }

    /** The same with a time that this service chose. */
    public LogEntry withAssignedTime() {
        return copy(true, ref, zone, dueMicros, detail);
    }

    private LogEntry copy(
            boolean newAtAssigned,
            @Nullable String newRef,
            @Nullable String newZone,
            long newDueMicros,
            @Nullable String newDetail) {
        return new LogEntry(
                learner,
                kind,
                atMicros,
                newAtAssigned,
                source,
                eventId,
                item,
                newRef,
                newZone,
                grade,
                responseMs,
                newDueMicros,
                skills,
                quiz,
                bloom,
                difficulty,
                origin,
                newDetail,
                traceparent);
    }

    /**
     * Whether two entries of one identity say the same. Source and event id do not count: the same answer may come in
     * two events. Nor does a day that was chosen here, nor a zone that was not given, since the stored entry holds the one that was used instead.
     */
    boolean saysTheSameAs(LogEntry other) {
        return kind == other.kind
                && (atMicros == other.atMicros || atAssigned || other.atAssigned)
                && Objects.equals(item, other.item)
                && Objects.equals(ref, other.ref)
                && (zone == null || other.zone == null || zone.equals(other.zone))
                && grade == other.grade
                && responseMs == other.responseMs
                && (kind == EntryKind.ANSWER || dueMicros == other.dueMicros)
                && skills.equals(other.skills)
                && Objects.equals(quiz, other.quiz)
                && bloom == other.bloom
                && Double.compare(difficulty, other.difficulty) == 0
                && Objects.equals(origin, other.origin)
                && Objects.equals(detail, other.detail);
    }
}
