package dev.devmentor.learning.engine.card;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A learner's days. Day d (days since 1970-01-01) begins at the first instant at which the clock on the learner's wall
 * shows the rollover hour of that date or later, and ends where day d + 1 begins. Thus days never overlap and never run
 * backwards, whatever a zone does:
 *
 * <ul>
 *   <li>the rollover hour falls into a gap (clocks go forward over it): the day begins at the end of the gap;
 *   <li>the rollover hour comes twice (clocks go back over it): the day begins at the first of them, and the second
 *       stays in it, even if the clock then shows an hour before rollover;
 *   <li>a zone leaves out a date (Pacific/Apia, 2011-12-30): that day lasts from the change to the rollover hour of the
 *       next date, and with a rollover at midnight it is empty, so that no instant lies in it.
 * </ul>
 *
 * <p>Zones follow the time zone database of the running Java until the year 2400, and keep their last offset after
 * that. Days that were computed are stored with the answers, so that new zone data never changes a history.
 */
public final class LocalDays {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final long HORIZON = 13_569_465_600L; // 2400-01-01T00:00Z

    /** Regions are a few hundred; offsets could be written in many ways, so the cache has an end. */
    private static final int CACHED_ZONES = 2_048;

    private static final ConcurrentHashMap<String, Zone> ZONES = new ConcurrentHashMap<>();

    private LocalDays() {}

    /**
     * The learner's day at an instant.
     *
     * @param atMicros microseconds since 1970-01-01T00:00Z
     * @param rolloverHour 0 to 23
     * @return days since 1970-01-01
     */
    public static int localDay(long atMicros, ZoneId zone, int rolloverHour) {
        return zone(zone.getId()).localDay(atMicros, rolloverHour);
    }

    /**
     * The start of the learner's day so many days after another one.
     *
     * @param localDay days since 1970-01-01
     * @param days days to add
     * @param rolloverHour 0 to 23
     * @return microseconds since 1970-01-01T00:00Z
     * @throws ArithmeticException if the result does not fit (beyond the year 290 000)
     */
    public static long dueAtMicros(int localDay, int days, ZoneId zone, int rolloverHour) {
        return zone(zone.getId()).startMicros((long) localDay + days, rolloverHour);
    }

    /**
     * Checks the name of a zone.
     *
     * @throws IllegalArgumentException if there is no such zone
     */
    public static void requireZone(String zone) {
        zone(zone);
    }

    static Zone zone(String id) {
        Zone known = ZONES.get(id);
        if (known != null) {
            return known;
        }
        Zone zone;
        try {
            zone = Zone.of(ZoneId.of(id).getRules());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such zone: '" + id + "'", e);
        }
        if (ZONES.size() < CACHED_ZONES) {
            ZONES.put(id, zone);
        }
        return zone;
    }

    /**
     * A zone as a row of stretches with one offset each, so that a look-up is a binary search over an array.
     *
     * <p>{@code begin[i]} is the first second of stretch i; {@code offset[i]} its offset from UTC in seconds; {@code
     * reached[i]} the wall-clock second that the clock has come to just before stretch i + 1 begins, or the furthest it
     * came to before, if that was further.
     */
    static final class Zone {

        private final long[] begin;
        private final int[] offset;
        private final long[] reached;

        private Zone(long[] begin, int[] offset, long[] reached) {
            this.begin = begin;
            this.offset = offset;
            this.reached = reached;
        }

        static Zone of(ZoneRules rules) {
            List<ZoneOffsetTransition> transitions = new ArrayList<>(rules.getTransitions());
            if (!rules.getTransitionRules().isEmpty()) {
                Instant last = transitions.isEmpty()
                        ? Instant.MIN
                        : transitions.getLast().getInstant();
                ZoneOffsetTransition next = rules.nextTransition(last);
                while (next != null && next.toEpochSecond() < HORIZON) {
                    transitions.add(next);
                    next = rules.nextTransition(next.getInstant());
                }
            }
            int count = transitions.size() + 1;
            long[] begin = new long[count];
            int[] offset = new int[count];
            long[] reached = new long[count];
            begin[0] = Long.MIN_VALUE;
            offset[0] = transitions.isEmpty()
                    ? rules.getOffset(Instant.EPOCH).getTotalSeconds()
                    : transitions.getFirst().getOffsetBefore().getTotalSeconds();
            long furthest = Long.MIN_VALUE;
            for (int i = 1; i < count; i++) {
                ZoneOffsetTransition transition = transitions.get(i - 1);
                begin[i] = transition.toEpochSecond();
                offset[i] = transition.getOffsetAfter().getTotalSeconds();
                furthest = Math.max(furthest, begin[i] + offset[i - 1]);
                reached[i - 1] = furthest;
            }
            reached[count - 1] = Long.MAX_VALUE;
            return new Zone(begin, offset, reached);
        }

        int localDay(long atMicros, int rolloverHour) {
            long second = Math.floorDiv(atMicros, MICROS_PER_SECOND);
            int i = stretchAt(second);
            long wall = second + offset[i];
            if (i > 0) {
                wall = Math.max(wall, reached[i - 1] - 1);
            }
            return (int) Math.floorDiv(wall - (long) rolloverHour * SECONDS_PER_HOUR, SECONDS_PER_DAY);
        }

        long startMicros(long day, int rolloverHour) {
            long wall = day * SECONDS_PER_DAY + (long) rolloverHour * SECONDS_PER_HOUR;
            int i = stretchReaching(wall);
            return Math.multiplyExact(Math.max(begin[i], wall - offset[i]), MICROS_PER_SECOND);
        }

        /** The last stretch that begins at or before the second. */
        private int stretchAt(long second) {
            int low = 0;
            int high = begin.length - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (begin[middle] <= second) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        /** The first stretch in which the wall clock comes to this second. */
        private int stretchReaching(long wall) {
            int low = 0;
            int high = reached.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (reached[middle] > wall) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }
    }
}
