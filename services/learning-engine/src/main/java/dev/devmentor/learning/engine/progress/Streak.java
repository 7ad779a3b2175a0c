package dev.devmentor.learning.engine.progress;

/**
 * Local days in a row with honest effort. Seven of them earn a freeze; a day that is missed uses one up instead of ending
 * the streak. Frozen days keep a streak, but don't lengthen it.
 *
 * @param days length at the last active day
 * @param longest the longest so far
 * @param lastDay local day of the last effort; {@link #NO_DAY} before the first
 * @param freezes held, 0 to 2
 * @param freezesUsed so far
 * @param activeDays days with effort, in a row or not
 */
public record Streak(int days, int longest, int lastDay, int freezes, int freezesUsed, int activeDays) {

    /** Most freezes that can be held. */
    public static final int MOST_FREEZES = 2;

    /** So many days in a row earn one. */
    public static final int DAYS_PER_FREEZE = 7;

    /** The last day of somebody who was never active. */
    public static final int NO_DAY = Integer.MIN_VALUE;

    /** Before the first day. */
    public static final Streak NONE = new Streak(0, 0, NO_DAY, 0, 0, 0);

    /** The streak after effort on a day; a day that is not after the last one changes nothing. */
    public Streak active(int day) {
        if (lastDay != NO_DAY && day <= lastDay) {
            return this;
        }
        long missed = lastDay == NO_DAY ? 0 : (long) day - lastDay - 1;
        boolean kept = missed <= freezes;
        int nextDays = kept ? days + 1 : 1;
        int used = kept ? (int) missed : 0;
        int held = freezes - used;
        if (nextDays % DAYS_PER_FREEZE == 0) {
            held = Math.min(MOST_FREEZES, held + 1);
        }
        return new Streak(nextDays, Math.max(longest, nextDays), day, held, freezesUsed + used, activeDays + 1);
    }

    /** How long the streak is on a day, if nothing was done since: 0 once more days were missed than freezes are held. */
    public int daysOn(int today) {
        return lastDay != NO_DAY && (long) today - lastDay - 1 <= freezes ? days : 0;
    }

    /** Freezes that are left on a day, once those for missed days before it are used up. */
    public int freezesOn(int today) {
        if (lastDay == NO_DAY) {
            return freezes;
        }
        long missed = Math.max(0, (long) today - lastDay - 1);
        return missed <= freezes ? freezes - (int) missed : freezes;
    }
}
