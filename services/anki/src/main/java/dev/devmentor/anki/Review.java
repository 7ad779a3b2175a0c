package dev.devmentor.anki;

/**
 * A line of the review log.
 *
 * @param id when it was, milliseconds since 1970
 * @param ease 1 Again, 2 Hard, 3 Good, 4 Easy; 0 where nobody answered
 * @param interval days if positive, seconds if negative: what it gave
 * @param lastInterval the same, from before
 * @param factor ease in thousandths (or, with FSRS, difficulty); 0 with a cram or a reset
 * @param millis how long the answer took
 */
public record Review(
        long id, long cardId, int ease, int interval, int lastInterval, int factor, int millis, Kind kind) {

    /** What Anki calls the type of a review, by its number. */
    public enum Kind {
        LEARNING,
        REVIEW,
        RELEARNING,
        FILTERED,
        MANUAL,
        RESCHEDULED;

        private static final Kind[] ALL = values();

        static Kind of(long number) {
            // As Anki does with a number that it does not know.
            return number >= 0 && number < ALL.length ? ALL[(int) number] : LEARNING;
        }
    }

    /** Whether a person answered a question. */
    public boolean isAnswer() {
        return ease >= 1 && ease <= 4;
    }

    /** Whether it was practice in a filtered deck that does not change when the card is due. */
    public boolean isCram() {
        return kind == Kind.FILTERED && factor == 0;
    }

    /** Whether the card was made new again by hand. */
    public boolean isReset() {
        return !isAnswer() && kind == Kind.MANUAL && factor == 0;
    }

    /** Whether only the due date was moved, by hand or by a change of the deck's settings. */
    public boolean isReschedule() {
        return !isAnswer() && !isReset();
    }
}
