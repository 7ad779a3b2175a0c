package dev.devmentor.learning.engine.progress;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a person's effort has come to.
 *
 * @param points all points
 * @param day the newest local day with points; {@link Streak#NO_DAY} before the first
 * @param sharedToday points of that day for questions that everybody is asked
 * @param ownToday points of that day for items of one's own
 * @param grantedToday points of that day that other services granted
 * @param tasksToday tasks of that day that earned points
 * @param streak days in a row
 * @param tally counts for achievements
 * @param tasks ids of tasks that counted, so that none counts twice
 * @param achievements ids, and when each was reached (microseconds since 1970-01-01T00:00Z)
 */
public record Progress(
        long points,
        int day,
        int sharedToday,
        int ownToday,
        int grantedToday,
        int tasksToday,
        Streak streak,
        Tally tally,
        SortedSet<String> tasks,
        SortedMap<String, Long> achievements) {

    /** Nothing done yet. */
    public static final Progress NONE = new Progress(
            0,
            Streak.NO_DAY,
            0,
            0,
            0,
            0,
            Streak.NONE,
            Tally.NONE,
            Collections.emptySortedSet(),
            Collections.emptySortedMap());

    /** Keeps copies. */
    public Progress {
        tasks = Collections.unmodifiableSortedSet(new TreeSet<>(tasks));
        achievements = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Long>) achievements));
    }

    /** The level that the points make. */
    public int level() {
        return Points.level(points);
    }

    /** Points of a local day so far. */
    public int pointsOn(int today) {
        return today == day ? sharedToday + ownToday + grantedToday + tasksToday * Points.TASK : 0;
    }
}
