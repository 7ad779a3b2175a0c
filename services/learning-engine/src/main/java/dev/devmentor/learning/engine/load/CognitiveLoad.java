package dev.devmentor.learning.engine.load;

import static dev.devmentor.deterministic.DeterministicMath.log;

import org.jspecify.annotations.Nullable;

/**
 * Cognitive load from what can be seen from outside.
 *
 * <p>J. Sweller, "Cognitive load during problem solving", Cognitive Science 12/2, 1988, gives the parts: the material's own
 * complexity, and what is left of a limited memory, which shows in slower and worse answers (F. Paas et al., "Cognitive
 * load measurement as a means to advance cognitive load theory", Educational Psychologist 38/1, 2003) and shrinks with
 * time on the task (J. S. Warm, R. Parasuraman, G. Matthews, "Vigilance requires hard mental work and is stressful",
 * Human Factors 50/3, 2008). The weights, .3 for slowness, .3 for errors, .2 for complexity and .2 for length, are our
 * judgement: what a person does counts for more than what was asked. The estimate is a signal for pacing, not a
 * measurement of anybody's mind.
 */
public final class CognitiveLoad {

    /** A pause longer than this ends a session. */
    public static final long SESSION_GAP_MICROS = 30L * 60 * 1_000_000;

    /** Share of hard questions in the mix of somebody who is fresh. */
    public static final double MOST_HARD = 0.4;

    private static final double STEP = 0.2; // of the moving means: they look over some five answers
    private static final double PACE_STEP = 0.02;
    private static final double LN_2 = 0.6931471805599453;
    private static final double LONG_MINUTES = 60;
    private static final double BREAK_AFTER_MINUTES = 50;
    private static final double BREAK_ABOVE = 0.7;
    private static final double NO_HARD_ABOVE = 0.8;
    private static final int FEWEST_ANSWERS = 8;
    private static final int USUAL_SECONDS = 20; // where nobody says how long an item takes
    private static final int LONGEST_MS = 600_000; // beyond ten minutes somebody was away
    private static final double MICROS_PER_MINUTE = 60e6;

    private CognitiveLoad() {}

    /**
     * What the session says.
     *
     * @param load 0 (fresh) to 1 (exhausted)
     * @param slowness its part from response times, 0 to 1: 1 at twice the person's own usual time
     * @param errors its part from errors beyond the expected ones, 0 to 1
     * @param complexity its part from the questions, 0 to 1
     * @param length its part from time at work, 0 to 1: 1 at an hour
     * @param minutes since the session began
     * @param answers in the session
     * @param hardShare recommended share of hard questions in what follows, 0 to {@link #MOST_HARD}
     * @param pause a break that would do good; null if none
     */
    public record Estimate(
            double load,
            double slowness,
            double errors,
            double complexity,
            double length,
            int minutes,
            int answers,
            double hardShare,
            @Nullable Pause pause) {}

    /**
     * A proposed break.
     *
     * @param reason {@code long-session}, {@code high-load} or {@code tiring}
     * @param minutes how long
     */
    public record Pause(String reason, int minutes) {}

    /**
     * The session after an answer.
     *
     * @param atMicros event time
     * @param responseMs milliseconds; negative if not known
     * @param neededSeconds what a good answer takes; 0 if not known
     * @param expected probability of a right answer before it
     * @param bloom 1 to 6; 0 if not known
     */
    public static Session answered(
            Session before,
            long atMicros,
            int responseMs,
            int neededSeconds,
            double expected,
            boolean correct,
            int bloom) {
        boolean goesOn = before.answers() > 0 && atMicros - before.lastMicros() <= SESSION_GAP_MICROS;
        double slowness = goesOn ? before.slowness() : 0;
        double misses = goesOn ? before.misses() : 0;
        double depth = bloom == 0 ? 0.4 : (bloom - 1) / 5.0;
        double asked = (depth + (1 - expected)) / 2;
        double complexity = goesOn ? before.complexity() + STEP * (asked - before.complexity()) : asked;
        double pace = before.pace();
        int paced = before.paced();
        if (responseMs > 0) {
            double needed = (neededSeconds > 0 ? neededSeconds : USUAL_SECONDS) * 1_000.0;
            double ratio = log(Math.min(responseMs, LONGEST_MS) / needed);
            if (paced > 0) {
                slowness += STEP * (ratio - pace - slowness);
            }
            pace += Math.max(PACE_STEP, 1.0 / (paced + 1)) * (ratio - pace);
            paced++;
        }
        misses += STEP * (expected - (correct ? 1 : 0) - misses);
        return new Session(
                goesOn ? before.startMicros() : atMicros,
                goesOn ? Math.max(before.lastMicros(), atMicros) : atMicros,
                goesOn ? before.answers() + 1 : 1,
                slowness,
                misses,
                complexity,
                pace,
                paced);
    }

    /** The estimate at a time; that of somebody fresh once the session is over. */
    public static Estimate at(Session session, long nowMicros) {
        if (session.answers() == 0 || nowMicros - session.lastMicros() > SESSION_GAP_MICROS) {
            return new Estimate(0, 0, 0, 0, 0, 0, 0, MOST_HARD, null);
        }
        double minutes = (session.lastMicros() - session.startMicros()) / MICROS_PER_MINUTE;
        double slowness = Math.clamp(session.slowness() / LN_2, 0.0, 1.0);
        double errors = Math.clamp(2 * session.misses(), 0.0, 1.0);
        double length = Math.min(1, minutes / LONG_MINUTES);
        double load = 0.3 * slowness + 0.3 * errors + 0.2 * session.complexity() + 0.2 * length;
        return new Estimate(
                load,
                slowness,
                errors,
                session.complexity(),
                length,
                (int) minutes,
                session.answers(),
                MOST_HARD * Math.max(0, 1 - load / NO_HARD_ABOVE),
                pause(session.answers(), minutes, load, slowness, errors));
    }

    private static @Nullable Pause pause(int answers, double minutes, double load, double slowness, double errors) {
        if (answers >= FEWEST_ANSWERS && load >= BREAK_ABOVE) {
            return new Pause("high-load", 15);
        }
        if (minutes >= BREAK_AFTER_MINUTES) {
            return new Pause("long-session", 10);
        }
        if (answers >= FEWEST_ANSWERS && slowness >= 0.5 && errors >= 0.4) {
            return new Pause("tiring", 5);
        }
        return null;
    }
}
