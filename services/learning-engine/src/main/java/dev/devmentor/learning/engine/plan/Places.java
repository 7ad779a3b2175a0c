package dev.devmentor.learning.engine.plan;

import java.util.Arrays;

/**
 * Free places on some days, all filled to one level: on a normal day up to the level, on an easy one to its weight times the
 * level.
 *
 * @param days in rising order
 * @param taken reviews that wait on each of them already
 */
record Places(int[] days, int[] taken, EasyDays easyDays) {
    /** No level has room for all. */
    static final int NONE = -1;

    private static final int HIGHEST_LEVEL = 10_000_000;

    static Places on(int[] days, Loads load, EasyDays easyDays) {
        return new Places(days, Arrays.stream(days).map(load::on).toArray(), easyDays);
    }

    /** What a level that was found means, in words. */
    static String wouldDo(int level) {
        return level == NONE ? "no number a day would do" : level + " a day would do";
    }

    /** Places of each day at a level. */
    int[] at(int level) {
        int[] places = new int[days.length];
        for (int i = 0; i < days.length; i++) {
            places[i] = Math.max(0, easyDays.share(level, days[i]) - taken[i]);
        }
        return places;
    }

    /**
     * The lowest level with room for all cards.
     *
     * @param earliest of each card, the first day on which it can have a place
     * @return {@link #NONE} if there is none
     */
    int lowestLevel(int[] earliest) {
        int[] sorted = earliest.clone();
        Arrays.sort(sorted);
        if (!haveRoom(at(HIGHEST_LEVEL), sorted)) {
            return NONE;
        }
        int low = 0;
        int high = HIGHEST_LEVEL;
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (haveRoom(at(middle), sorted)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return high;
    }

    /**
     * Whether everybody finds a place: for each day, those who can't come before it have to find room on it and after it
     * (Hall's condition, which is enough where everybody can use all days from some day on).
     */
    private boolean haveRoom(int[] places, int[] earliest) {
        long room = 0;
        int card = earliest.length;
        for (int i = days.length - 1; i >= 0; i--) {
            while (card > 0 && earliest[card - 1] > days[i]) {
                card--;
            }
            if (earliest.length - card > room) {
                return false;
            }
            room += places[i];
        }
        return earliest.length <= room;
    }
}
