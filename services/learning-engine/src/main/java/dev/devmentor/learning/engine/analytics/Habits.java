package dev.devmentor.learning.engine.analytics;

import java.util.Arrays;

/**
 * How a learner works, as far as a workload depends on it: which grades, how often a card is repeated on the same day, how long an
 * answer takes, on which days of the week, how many new cards. Estimated from the log; what it does not say yet is filled up with
 * what many people do.
 *
 * <p>Source of the priors and of their weight (50 answers each): the defaults of fsrs-rs, src/simulation.rs, and
 * fsrs-optimizer, which shrinks towards them by n / (50 + n). That a card is left alone for the day after Again once in twenty
 * times, and after anything better 19 times in twenty, is this scheduler's own rule, which plans it for minutes later or for a
 * later day.
 *
 * <p>Immutable; the same log gives the same bits.
 */
public final class Habits {

    /** A response that took longer counts as this long: somebody went away. Milliseconds. */
    public static final int LONGEST_RESPONSE_MS = 600_000;

    /** How far back grades, repeats and response times are looked at: a season. */
    public static final int MANNER_DAYS = 90;

    /** How far back attendance and new cards are looked at: each day of the week four times. */
    public static final int ATTENDANCE_DAYS = 28;

    /** So many days off in a row are a break, and no habit. */
    public static final int BREAK_DAYS = 7;

    private static final double PRIOR = 50;

    /** How many weeks' worth the overall attendance weighs in that of one day of the week. */
    private static final double PRIOR_WEEKS = 4;

    private static final double[] FIRST_GRADE = {0.24, 0.094, 0.495, 0.171};
    private static final double[] PASS_GRADE = {0.224, 0.631, 0.145};
    private static final double[][] LEARNING_STEP = {
        {0.3686, 0.0628, 0.5108, 0.0577},
        {0.0442, 0.4553, 0.4457, 0.0549},
        {0.0519, 0.047, 0.8462, 0.055},
        {0.0519, 0.047, 0.8462, 0.055}
    };
    private static final double[][] RELEARNING_STEP = {
        {0.2157, 0.0643, 0.6595, 0.0604},
        {0.05, 0.4638, 0.4475, 0.0387},
        {0.1057, 0.1434, 0.7266, 0.0244},
        {0.1057, 0.1434, 0.7266, 0.0244}
    };
    private static final double[][] SECONDS = {
        {19.58, 18.79, 13.78, 10.71},
        {19.38, 17.59, 12.38, 8.94},
        {16.44, 15.25, 12.32, 8.03}
    };
    private static final double REPEATED_AFTER_AGAIN = 0.95;
    private static final double REPEATED_AFTER_PASS = 0.05;

    /** What an answer is to its card. */
    public enum Ask {
        FIRST,
        REVIEW,
        REPEAT
    }

    /** How a card's day began. */
    enum Begin {
        FIRST,
        LAPSED,
        PASSED
    }

    private final double[] firstGrade;
    private final double[] passGrade;
    private final double[][][] step; // by begin, last grade - 1: no more today, then grades 1 to 4
    private final double[][] seconds; // by ask, grade - 1
    private final double[] attendance; // Monday to Sunday
    private final double newPerDay;
    private final int answers;

    private Habits(
            double[] firstGrade,
            double[] passGrade,
            double[][][] step,
            double[][] seconds,
            double[] attendance,
            double newPerDay,
            int answers) {
        this.firstGrade = firstGrade;
        this.passGrade = passGrade;
        this.step = step;
        this.seconds = seconds;
        this.attendance = attendance;
        this.newPerDay = newPerDay;
        this.answers = answers;
    }

    /**
     * The habits that a log shows.
     *
     * @param today the day before which answers are looked at
     */
    public static Habits of(AnswerHistory history, int today) {
        double[] first = new double[4];
        double[] pass = new double[3];
        double[][][] steps = new double[3][4][5];
        double[][] millis = new double[3][4];
        double[][] timed = new double[3][4];
        int answers = 0;
        int[] begin = new int[history.reviews().cards()]; // ordinals of Begin
        int[] open = new int[history.reviews().cards()]; // the row whose sequel is not known yet, plus 1
        for (int row = 0; row < history.size(); row++) {
            int card = history.reviews().card(row);
            int grade = history.grade(row);
            Ask ask = history.isFirst(row) ? Ask.FIRST : history.isLongTerm(row) ? Ask.REVIEW : Ask.REPEAT;
            if (open[card] > 0) {
                int last = history.grade(open[card] - 1);
                steps[begin[card]][last - 1][ask == Ask.REPEAT ? grade : 0]++;
            }
            if (ask != Ask.REPEAT) {
                Begin begun = ask == Ask.FIRST ? Begin.FIRST : grade == 1 ? Begin.LAPSED : Begin.PASSED;
                begin[card] = begun.ordinal();
            }
            if (history.day(row) < today - MANNER_DAYS || history.day(row) >= today) {
                open[card] = 0;
                continue;
            }
            answers++;
            open[card] = row + 1;
            if (ask == Ask.FIRST) {
                first[grade - 1]++;
            } else if (ask == Ask.REVIEW && grade > 1) {
                pass[grade - 2]++;
            }
            if (history.responseMs(row) >= 0) {
                millis[ask.ordinal()][grade - 1] += Math.min(history.responseMs(row), LONGEST_RESPONSE_MS);
                timed[ask.ordinal()][grade - 1]++;
            }
        }
        for (int card = 0; card < open.length; card++) {
            if (open[card] > 0) {
                steps[begin[card]][history.grade(open[card] - 1) - 1][0]++;
            }
        }
        double[][] seconds = new double[3][4];
        for (int ask = 0; ask < 3; ask++) {
            for (int grade = 0; grade < 4; grade++) {
                seconds[ask][grade] =
                        (millis[ask][grade] / 1_000 + PRIOR * SECONDS[ask][grade]) / (timed[ask][grade] + PRIOR);
            }
        }
        for (Begin of : Begin.values()) {
            for (int grade = 1; grade <= 4; grade++) {
                double[] counts = steps[of.ordinal()][grade - 1];
                steps[of.ordinal()][grade - 1] = shrunk(counts, stepPrior(of, grade));
            }
        }
        return new Habits(
                shrunk(first, FIRST_GRADE),
                shrunk(pass, PASS_GRADE),
                steps,
                seconds,
                attendance(history, today),
                newPerDay(history, today),
                answers);
    }

    /** The same, working on every day. */
    public Habits everyDay() {
        double[] all = new double[7];
        Arrays.fill(all, 1);
        return new Habits(firstGrade, passGrade, step, seconds, all, newPerDay, answers);
    }

    /** The share of first answers with a grade, 1 to 4. */
    public double firstGrade(int grade) {
        return firstGrade[grade - 1];
    }

    /** The share of recalled long-term answers with a grade, 2 to 4. */
    public double passGrade(int grade) {
        return passGrade[grade - 2];
    }

    /** Mean seconds of an answer. */
    public double seconds(Ask ask, int grade) {
        return seconds[ask.ordinal()][grade - 1];
    }

    /**
     * The probability of working on a day of the week.
     *
     * @param localDay days since 1970-01-01
     */
    public double attendance(int localDay) {
        return attendance[weekday(localDay)];
    }

    /** New cards on a day on which the learner works. */
    public double newPerDay() {
        return newPerDay;
    }

    /** How many answers grades, repeats and times were estimated from. */
    public int answers() {
        return answers;
    }

    int drawFirstGrade(double u) {
        return 1 + draw(firstGrade, u);
    }

    int drawPassGrade(double u) {
        return 2 + draw(passGrade, u);
    }

    /** The grade of the next answer on the same day, 0 if there is none. */
    int drawRepeat(Begin begin, int lastGrade, double u) {
        return draw(step[begin.ordinal()][lastGrade - 1], u);
    }

    /** The grade of a card that was left off within this day and is asked again in any case. */
    int drawAskedAgain(int lastGrade, double u) {
        double[] of = step[Begin.LAPSED.ordinal()][lastGrade - 1];
        double[] grades = Arrays.copyOfRange(of, 1, 5);
        double sum = grades[0] + grades[1] + grades[2] + grades[3];
        return 1 + draw(grades, u * sum);
    }

    private static int draw(double[] shares, double u) {
        double left = u;
        for (int i = 0; i < shares.length - 1; i++) {
            left -= shares[i];
            if (left < 0) {
                return i;
            }
        }
        return shares.length - 1;
    }

    private static double[] stepPrior(Begin begin, int grade) {
        double repeated = grade == 1 ? REPEATED_AFTER_AGAIN : REPEATED_AFTER_PASS;
        double[] grades = (begin == Begin.FIRST ? LEARNING_STEP : RELEARNING_STEP)[grade - 1];
        double sum = Arrays.stream(grades).sum();
        double[] prior = new double[5];
        prior[0] = 1 - repeated;
        for (int i = 0; i < 4; i++) {
            prior[i + 1] = repeated * grades[i] / sum;
        }
        return prior;
    }

    private static double[] shrunk(double[] counts, double[] prior) {
        double n = 0;
        double mass = 0;
        for (int i = 0; i < prior.length; i++) {
            n += counts[i];
            mass += prior[i];
        }
        double[] shares = new double[prior.length];
        for (int i = 0; i < prior.length; i++) {
            shares[i] = (counts[i] + PRIOR * prior[i] / mass) / (n + PRIOR);
        }
        return shares;
    }

    /**
     * By day of the week. Days before the log began do not count, nor do breaks: nobody takes one every four weeks, and a learner who
     * is back works as before. Of somebody who did nothing lately nothing is known, and every day is taken.
     */
    private static double[] attendance(AnswerHistory history, int today) {
        double[] days = new double[7];
        double[] hits = new double[7];
        double total = 0;
        double hit = 0;
        int[] worked = WorkedDays.before(history, today);
        for (int i = 0; i < worked.length; i++) {
            int next = i + 1 < worked.length ? worked[i + 1] : today;
            int off = next - worked[i] - 1 >= BREAK_DAYS ? worked[i] + 1 : next;
            for (int day = Math.max(worked[i], today - ATTENDANCE_DAYS); day < off; day++) {
                days[weekday(day)]++;
                total++;
                if (day == worked[i]) {
                    hits[weekday(day)]++;
                    hit++;
                }
            }
        }
        if (hit == 0) {
            Arrays.fill(hits, 1);
            return hits;
        }
        double overall = (hit + 1) / (total + 1); // one day more, worked on: today
        double[] attendance = new double[7];
        for (int weekday = 0; weekday < 7; weekday++) {
            attendance[weekday] = (hits[weekday] + PRIOR_WEEKS * overall) / (days[weekday] + PRIOR_WEEKS);
        }
        return attendance;
    }

    private static double newPerDay(AnswerHistory history, int today) {
        int from = today - ATTENDANCE_DAYS;
        int firsts = 0;
        for (int row = 0; row < history.size(); row++) {
            if (history.isFirst(row) && history.day(row) >= from && history.day(row) < today) {
                firsts++;
            }
        }
        long days = Arrays.stream(WorkedDays.before(history, today))
                .filter(day -> day >= from)
                .count();
        return days == 0 ? 0 : (double) firsts / days;
    }

    /** 0 for Monday; 1970-01-01 was a Thursday. */
    private static int weekday(int localDay) {
        return Math.floorMod(localDay + 3, 7);
    }
}
