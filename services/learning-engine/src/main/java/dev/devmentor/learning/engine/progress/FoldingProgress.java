package dev.devmentor.learning.engine.progress;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Progress while a log is folded into it, in the order of the log. Not safe for use by several threads. */
public final class FoldingProgress {
    private static final double HARD = 0.4;
    private static final int DEEP = 4; // analyze
    private static final int LONG_PAUSE_DAYS = 90;
    private static final int RETURN_DAYS = 14;
    private static final int OFTEN_WRONG = 3;

    private long points;
    private int day;
    private int sharedToday;
    private int ownToday;
    private int grantedToday;
    private int tasksToday;
    private Streak streak;
    private Tally tally;
    private final SortedSet<String> tasks;
    private final SortedMap<String, Long> achievements;

    /** Goes on from a state. */
    public FoldingProgress(Progress from) {
        points = from.points();
        day = from.day();
        sharedToday = from.sharedToday();
        ownToday = from.ownToday();
        grantedToday = from.grantedToday();
        tasksToday = from.tasksToday();
        streak = from.streak();
        tally = from.tally();
        tasks = new TreeSet<>(from.tasks());
        achievements = new TreeMap<>(from.achievements());
    }

    /**
     * An answer as progress sees it.
     *
     * @param atMicros event time
     * @param localDay of the answer
     * @param shared whether everybody is asked this item
     * @param expected probability of a right answer before it
     * @param bloom 1 to 6; 0 if not known
     * @param daysSince local days since the item's last answer; negative if there was none
     * @param rightDays days in a row on which the item's first answer was right
     * @param wrongBefore wrong answers to the item before this one
     * @param lastWasWrong whether the item's last answer was wrong
     * @param newSkills skills in which this is the first right answer
     */
    public record Answer(
            long atMicros,
            int localDay,
            boolean correct,
            boolean shared,
            double expected,
            Effort effort,
            int bloom,
            int daysSince,
            int rightDays,
            int wrongBefore,
            boolean lastWasWrong,
            int newSkills) {}

    /** Folds an answer. One without honest effort changes nothing, but that it ends a row of right ones if it is wrong. */
    public void answer(Answer answer) {
        if (answer.effort() == Effort.NONE) {
            if (!answer.correct()) {
                tally = counted(answer, false);
            }
            return;
        }
        int today = begin(answer.localDay());
        int earned = Points.answer(
                answer.correct(),
                answer.expected(),
                answer.effort(),
                Points.spacing(answer.daysSince(), answer.rightDays()));
        if (answer.shared()) {
            earned = Math.min(earned, Points.SHARED_ITEMS_A_DAY - sharedToday);
            sharedToday += earned;
        } else {
            earned = Math.min(earned, Points.OWN_ITEMS_A_DAY - ownToday);
            ownToday += earned;
        }
        points += earned;
        boolean first = answer.daysSince() != 0; // cramming an item keeps no streak and fills no tally
        if (first) {
            active(today);
        }
        tally = counted(answer, first);
        unlock(answer.atMicros());
    }

    /** Folds a completed task; one that counted before changes nothing. */
    public void task(long atMicros, int localDay, String taskId) {
        if (!tasks.add(taskId)) {
            return;
        }
        int today = begin(localDay);
        if (tasksToday < Points.TASKS_A_DAY) {
            tasksToday++;
            points += Points.TASK;
            tally = withTasks(tally.tasks() + 1);
        }
        active(today);
        unlock(atMicros);
    }

    /** Folds points that another service granted. They keep no streak. */
    public void granted(long atMicros, int localDay, int amount) {
        begin(localDay);
        int earned = Math.clamp(amount, 0, Math.min(Points.LARGEST_GRANT, Points.GRANTED_A_DAY - grantedToday));
        grantedToday += earned;
        points += earned;
        unlock(atMicros);
    }

    /** The state now. */
    public Progress toState() {
        return new Progress(
                points, day, sharedToday, ownToday, grantedToday, tasksToday, streak, tally, tasks, achievements);
    }

    Streak streak() {
        return streak;
    }

    Tally tally() {
        return tally;
    }

    int level() {
        return Points.level(points);
    }

    /** Days never go back, whatever zones do. */
    private int begin(int localDay) {
        if (day == Streak.NO_DAY || localDay > day) {
            day = localDay;
            sharedToday = 0;
            ownToday = 0;
            grantedToday = 0;
            tasksToday = 0;
        }
        return day;
    }

    private void active(int today) {
        int last = streak.lastDay();
        if (last != Streak.NO_DAY && (long) today - last >= RETURN_DAYS) {
            tally = new Tally(
                    tally.right(),
                    tally.run(),
                    tally.longestRun(),
                    tally.hard(),
                    tally.deep(),
                    tally.comebacks(),
                    tally.remembered(),
                    tally.returns() + 1,
                    tally.skills(),
                    tally.tasks());
        }
        streak = streak.active(today);
    }

    private Tally counted(Answer answer, boolean first) {
        boolean right = answer.correct() && first;
        int run = answer.correct() ? tally.run() + (right ? 1 : 0) : 0;
        return new Tally(
                tally.right() + one(right),
                run,
                Math.max(tally.longestRun(), run),
                tally.hard() + one(right && answer.expected() < HARD),
                tally.deep() + one(right && answer.bloom() >= DEEP),
                tally.comebacks() + one(right && answer.lastWasWrong() && answer.wrongBefore() >= OFTEN_WRONG),
                tally.remembered() + one(right && answer.daysSince() >= LONG_PAUSE_DAYS),
                tally.returns(),
                tally.skills() + (right ? answer.newSkills() : 0),
                tally.tasks());
    }

    private Tally withTasks(int count) {
        return new Tally(
                tally.right(),
                tally.run(),
                tally.longestRun(),
                tally.hard(),
                tally.deep(),
                tally.comebacks(),
                tally.remembered(),
                tally.returns(),
                tally.skills(),
                count);
    }

    private static int one(boolean yes) {
        return yes ? 1 : 0;
    }

    private void unlock(long atMicros) {
        for (Achievement achievement : Achievement.values()) {
            if (!achievements.containsKey(achievement.id()) && achievement.isReached(this)) {
                achievements.put(achievement.id(), atMicros);
            }
        }
    }
}
