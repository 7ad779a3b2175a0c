package dev.devmentor.pbml.engine.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Answers of a person whose patterns are known. Without any planted, answers are independent given the items, which get
 * easier as they are practised, and the day, which may be good or bad.
 */
final class SimulatedPerson {

    static final String CONFUSED_A = "item-00";
    static final String CONFUSED_B = "item-08";
    static final String COMMON_A = "item-03";
    static final String COMMON_B = "item-11";
    static final String COMMON_SKILL_A = "skill-4";
    static final String COMMON_SKILL_B = "skill-5";
    static final int GOOD_HOUR = 8;
    static final int GOOD_MINUTES = 35;

    private static final int ITEMS = 40;
    static final int SKILLS = 8;
    private static final int[] HOURS = {7, 8, 9, 13, 18, 20, 21};
    private static final long DAY = 86_400_000_000L;
    private static final long START = 1_700_000_000_000_000L / DAY * DAY;

    /** Which patterns the person has. */
    record Planted(boolean confusion, boolean commonCause, boolean commonSkill, boolean goodHour, boolean tiring) {
        static final Planted NONE = new Planted(false, false, false, false, false);
        static final Planted CONFUSION = new Planted(true, false, false, false, false);
        static final Planted COMMON_CAUSE = new Planted(false, true, false, false, false);
        static final Planted COMMON_SKILL = new Planted(false, false, true, false, false);
        static final Planted GOOD_HOUR = new Planted(false, false, false, true, false);
        static final Planted TIRING = new Planted(false, false, false, false, true);
        static final Planted ALL = new Planted(true, true, true, true, true);
    }

    /**
     * How the person lives and learns, apart from patterns.
     *
     * @param formDeviation of log odds from day to day
     * @param learning log odds that an answer to an item adds to the next one
     * @param introduced items at the start; one more with each day
     */
    record Life(int days, double formDeviation, double learning, int introduced) {
        static final Life STEADY = new Life(120, 0.4, 0.03, ITEMS);
        static final Life LONGER = new Life(180, 0.4, 0.03, ITEMS);
        static final Life SHORT = new Life(30, 0.4, 0.03, ITEMS);
        static final Life MOODY = new Life(120, 0.9, 0.03, ITEMS);
        static final Life BEGINNER = new Life(120, 0.4, 0.2, 5);
    }

    private SimulatedPerson() {}

    static String item(int i) {
        return String.format("item-%02d", i);
    }

    static List<Answer> answers(long seed, Planted planted, Life life) {
        SplittableRandom random = new SplittableRandom(seed);
        double level = 0.9 + 0.5 * random.nextGaussian();
        double[] ease = random.doubles(ITEMS).map(u -> 1.6 * (u - 0.5)).toArray();
        List<Answer> answers = new ArrayList<>();
        Map<Integer, Integer> practised = new HashMap<>();
        for (int day = 0; day < life.days(); day++) {
            int hour = HOURS[random.nextInt(HOURS.length)];
            double form = life.formDeviation() * random.nextGaussian();
            boolean cause = random.nextInt(100) < 30;
            boolean skillCause = random.nextInt(100) < 30;
            int length = random.nextInt(16, 36);
            double seconds = 0;
            List<Integer> sitting = new ArrayList<>();
            for (int k = 0; k < length; k++) {
                int i = random.nextInt(Math.min(ITEMS, life.introduced() + day));
                if (sitting.contains(i)) {
                    continue;
                }
                seconds += random.nextDouble(40, 200);
                double logit = level + ease[i] + form + life.learning() * practised.merge(i, 1, Integer::sum);
                logit += planted.goodHour() && Math.abs(hour - GOOD_HOUR) <= 1 ? 1.1 : 0;
                logit -= planted.tiring() && seconds >= 60 * GOOD_MINUTES ? 1.1 : 0;
                boolean beside = (item(i).equals(CONFUSED_A) && recent(sitting, CONFUSED_B))
                        || (item(i).equals(CONFUSED_B) && recent(sitting, CONFUSED_A));
                if (planted.confusion() && (item(i).equals(CONFUSED_A) || item(i).equals(CONFUSED_B))) {
                    logit = beside ? -1.5 : 2;
                }
                if (planted.commonCause() && (item(i).equals(COMMON_A) || item(i).equals(COMMON_B))) {
                    logit = cause ? -2.5 : 2.5;
                }
                if (planted.commonSkill() && (i % SKILLS == 4 || i % SKILLS == 5)) {
                    logit += skillCause ? -2.1 : 0.9;
                }
                boolean correct = random.nextDouble() < Logistic.probability(logit);
                sitting.add(i);
                long at = START + day * DAY + hour * 3_600_000_000L + (long) (seconds * 1e6);
                answers.add(new Answer(
                        item(i),
                        List.of("skill-" + i % SKILLS),
                        at,
                        (int) (at % DAY / 60_000_000),
                        correct,
                        random.nextInt(1_000, 20_000),
                        new EventReference("/learning", seed + "-" + answers.size())));
            }
        }
        return answers;
    }

    private static boolean recent(List<Integer> sitting, String item) {
        return sitting.subList(Math.max(0, sitting.size() - 8), sitting.size()).stream()
                .anyMatch(i -> item(i).equals(item));
    }

    static StudyPatterns observed(List<Answer> answers) {
        StudyPatterns patterns = new StudyPatterns();
        answers.forEach(patterns::observe);
        return patterns;
    }
}
