package dev.devmentor.learning.engine.hint;

import dev.devmentor.learning.engine.load.CognitiveLoad;
import dev.devmentor.learning.engine.load.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When, and how long, a person learns well. Of several hints the surest says the hours, and the surest the length.
 *
 * <p>That learning goes better at some hours, and that these differ between people, is well measured (C. Schmidt et al., "A
 * time to think: circadian rhythms in human cognition", Cognitive Neuropsychology 24/7, 2007), and so is that attention
 * falls with time on a task (J. S. Warm, R. Parasuraman, G. Matthews, Human Factors 50/3, 2008). How much easier, and how
 * much less that is new, is our judgement: enough to be felt, and too little to waste an hour.
 *
 * @param hours which hours are good; null if nothing is known
 * @param length how long a sitting stays good; null if nothing is known
 */
public record Rhythm(@Nullable Hint hours, @Nullable Hint length) {
    /** Nothing is known. */
    public static final Rhythm UNKNOWN = new Rhythm(null, null);

    /** Outside the good hours a right answer is wanted so much more often. */
    public static final double EASIER = 0.05;

    /** Nobody is wanted to be right more often because of the hour. */
    public static final double EASIEST = 0.95;

    /** Outside the good hours at most this share of questions is new, as long as there are others. */
    public static final double NEW_SHARE = 1 / 3.0;

    private static final double SECONDS_PER_MINUTE = 60;
    private static final double MICROS_PER_MINUTE = 60e6;

    /** What hints that act say. */
    public static Rhythm of(List<Hint> acting) {
        Hint hours = null;
        Hint length = null;
        for (Hint hint : acting.stream().sorted(Hint.SUREST_FIRST).toList()) {
            if (hint.kind() == Hint.Kind.RHYTHM) {
                hours = hours == null && hint.tellsHours() ? hint : hours;
                length = length == null && hint.sessionMinutes() > 0 ? hint : length;
            }
        }
        return new Rhythm(hours, length);
    }

    /**
     * Whether an hour is outside the good ones.
     *
     * @param hour local, 0 to 23
     */
    public boolean isOutside(int hour) {
        return hours != null && !hours.hours().contains(hour);
    }

    /** The wanted probability of a right answer outside the good hours. */
    public static double easier(double wanted) {
        return Math.max(wanted, Math.min(EASIEST, wanted + EASIER));
    }

    /** Minutes of the sitting under way; 0 if there is none. */
    public static int minutesUnderWay(Session session, long nowMicros) {
        boolean goesOn = session.answers() > 0 && nowMicros - session.lastMicros() <= CognitiveLoad.SESSION_GAP_MICROS;
        return goesOn ? (int) Math.max(0, (nowMicros - session.startMicros()) / MICROS_PER_MINUTE) : 0;
    }

    /** Seconds for which the sitting stays good; infinite if nothing is known, 0 if that time is over. */
    public double secondsLeft(Session session, long nowMicros) {
        return length == null
                ? Double.POSITIVE_INFINITY
                : Math.max(0, length.sessionMinutes() - minutesUnderWay(session, nowMicros)) * SECONDS_PER_MINUTE;
    }
}
