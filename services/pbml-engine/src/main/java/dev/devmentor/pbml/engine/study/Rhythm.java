package dev.devmentor.pbml.engine.study;

import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.pbml.engine.study.StudyPattern.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * At which local hours the person does better than expected of the same items, and how long a sitting stays good.
 *
 * <p>Effects are differences of log odds, each from one step of the score: residuals over information.
 */
final class Rhythm {

    private static final int HOURS = 24;

    /** What an hour says of the hours beside it; they are smoothed in a circle. */
    private static final double NEIGHBOUR = 0.5;

    private static final int LEAST_SITTINGS = 8;
    private static final int LEAST_ANSWERS = 30;

    /** Precision of the prior of an effect: log odds of 0 ± 0.5. */
    private static final double PRIOR_PRECISION = 4;

    /** Shrunk effect in log odds from which it is worth saying: six right answers in a hundred, near one half of them. */
    private static final double LEAST_EFFECT = 0.25;

    private static final int FIRST_CUT = 10;
    private static final int LAST_CUT = 90;
    private static final int CUT_STEP = 5;

    private Rhythm() {}

    static List<StudyPattern> find(Past past) {
        Optional<Tiring> tiring = tiring(past);
        List<StudyPattern> found = new ArrayList<>();
        tiring.ifPresent(t -> found.add(pattern(past, t)));
        // late answers of long sittings would make the hours look bad in which sittings end
        int until = tiring.map(Tiring::minutes).orElse(Integer.MAX_VALUE);
        hours(past, until).ifPresent(found::add);
        return found;
    }

    /** Residuals (right answers above the expected) and information of the answers of a sitting in a part of it. */
    private static double[] score(Past past, Sitting sitting, Predicate<JudgedAnswer> part) {
        double residuals = 0;
        double information = 0;
        for (JudgedAnswer answer : sitting.answers()) {
            if (answer.judged() && part.test(answer)) {
                double weight = past.weight(answer);
                residuals -= weight * Sitting.residual(answer);
                information += weight * Sitting.information(answer);
            }
        }
        return new double[] {residuals, information};
    }

    private static int answers(Past past, Predicate<JudgedAnswer> part) {
        return (int) past.sittings().stream()
                .flatMap(s -> s.answers().stream())
                .filter(a -> a.judged() && part.test(a))
                .count();
    }

    private static List<EventReference> newest(Past past, Predicate<JudgedAnswer> part) {
        return past.sittings().reversed().stream()
                .flatMap(s -> s.answers().reversed().stream())
                .filter(a -> a.judged() && part.test(a))
                .map(JudgedAnswer::event)
                .distinct()
                .limit(StudyPattern.MOST_EVIDENCE)
                .toList();
    }

    /** Chernoff's bound on a normal variable that exceeds its mean by so many standard deviations. */
    private static double normalTail(double deviations) {
        return deviations > 0 ? DeterministicMath.exp(-deviations * deviations / 2) : 1;
    }

    // ---- hours

    /** An hour of a sitting. */
    private record Block(int hour, double residuals, double information) {}

    /**
     * Days differ, so answers of one sitting are not independent: each block's residual sum has variance I + σ² I², with σ²
     * by the method of moments over all blocks (DerSimonian and Laird 1986), and blocks are weighted by its inverse.
     */
    private static Optional<StudyPattern> hours(Past past, int untilMinute) {
        List<Block> blocks = new ArrayList<>();
        int[] answers = new int[HOURS];
        int[] sittings = new int[HOURS];
        double all = 0;
        double allInformation = 0;
        for (Sitting sitting : past.sittings()) {
            for (int hour = 0; hour < HOURS; hour++) {
                int h = hour;
                Predicate<JudgedAnswer> part = a -> a.hour() == h && a.minutesIn() < untilMinute;
                double[] score = score(past, sitting, part);
                if (score[1] > 0) {
                    blocks.add(new Block(h, score[0], score[1]));
                    all += score[0];
                    allInformation += score[1];
                    sittings[h]++;
                    answers[h] += (int) sitting.answers().stream()
                            .filter(a -> a.judged() && part.test(a))
                            .count();
                }
            }
        }
        double variance = varianceOfBlocks(blocks, allInformation > 0 ? all / allInformation : 0);
        double[] score = new double[HOURS];
        double[] information = new double[HOURS];
        for (Block block : blocks) {
            double share = 1 / (1 + variance * block.information());
            score[block.hour()] += share * block.residuals();
            information[block.hour()] += share * block.information();
        }
        boolean[] enough = new boolean[HOURS];
        int tests = 0;
        for (int h = 0; h < HOURS; h++) {
            enough[h] = sittings[h] >= LEAST_SITTINGS && answers[h] >= LEAST_ANSWERS;
            tests += enough[h] ? 1 : 0;
        }
        return patternOfHours(past, untilMinute, score, information, enough, tests);
    }

    private static double varianceOfBlocks(List<Block> blocks, double mean) {
        double excess = 0;
        double squares = 0;
        for (Block block : blocks) {
            double deviation = block.residuals() - mean * block.information();
            excess += deviation * deviation - block.information();
            squares += block.information() * block.information();
        }
        return squares > 0 ? Math.max(0, excess / squares) : 0;
    }

    private static Optional<StudyPattern> patternOfHours(
            Past past, int untilMinute, double[] score, double[] information, boolean[] enough, int tests) {
        double allScore = Arrays.stream(score).sum();
        double allInformation = Arrays.stream(information).sum();
        int[] hours = new int[tests];
        double[] p = new double[tests];
        int n = 0;
        for (int h = 0; h < HOURS; h++) {
            if (enough[h]) {
                hours[n] = h;
                p[n++] = probabilityOfHour(h, score, information, allScore, allInformation);
            }
        }
        double[] q = FalseDiscovery.qValues(p, tests, 1);
        List<Integer> good = new ArrayList<>();
        double worst = 0;
        for (int i = 0; i < tests; i++) {
            int h = hours[i];
            double rest = allInformation - information[h];
            double effect = (score[h] / information[h] - (rest > 0 ? (allScore - score[h]) / rest : 0))
                    * information[h]
                    / (information[h] + PRIOR_PRECISION);
            if (q[i] <= FalseDiscovery.LEVEL && effect >= LEAST_EFFECT) {
                good.add(h);
                worst = Math.max(worst, q[i]);
            }
        }
        if (good.isEmpty()) {
            return Optional.empty();
        }
        Predicate<JudgedAnswer> within = a -> good.contains(a.hour()) && a.minutesIn() < untilMinute;
        Predicate<JudgedAnswer> outside = a -> !good.contains(a.hour()) && a.minutesIn() < untilMinute;
        int support = answers(past, within);
        String explanation = String.format(
                Locale.ROOT,
                "At %s, %.0f %% of %d answers were right where %.0f %% were expected of the same items; at other hours"
                        + " %.0f %% of %d where %.0f %% were.",
                good.stream().map(h -> String.format(Locale.ROOT, "%02d h", h)).collect(Collectors.joining(", ")),
                percentRight(past, within),
                support,
                percentExpected(past, within),
                percentRight(past, outside),
                answers(past, outside),
                percentExpected(past, outside));
        return Optional.of(new StudyPattern(
                PatternIds.of(Kind.RHYTHM, "hours", List.of()),
                Kind.RHYTHM,
                List.of(),
                List.of(),
                good,
                0,
                explanation,
                1 - worst,
                support,
                newest(past, within.and(a -> !a.missed()))));
    }

    /** Of the hour with its neighbours, against all hours further away. */
    private static double probabilityOfHour(
            int hour, double[] score, double[] information, double allScore, double allInformation) {
        int before = (hour + HOURS - 1) % HOURS;
        int after = (hour + 1) % HOURS;
        double near = information[hour] + NEIGHBOUR * (information[before] + information[after]);
        double effect = (score[hour] + NEIGHBOUR * (score[before] + score[after])) / near;
        double variance = (information[hour] + NEIGHBOUR * NEIGHBOUR * (information[before] + information[after]))
                / (near * near);
        double rest = allInformation - information[hour] - information[before] - information[after];
        if (!(rest > 1)) {
            return 1;
        }
        double restEffect = (allScore - score[hour] - score[before] - score[after]) / rest;
        return normalTail((effect - restEffect) / Math.sqrt(variance + 1 / rest));
    }

    private static double percentRight(Past past, Predicate<JudgedAnswer> part) {
        return past.sittings().stream()
                .flatMap(s -> s.answers().stream())
                .filter(a -> a.judged() && part.test(a))
                .collect(Collectors.averagingDouble(a -> a.missed() ? 0 : 100));
    }

    private static double percentExpected(Past past, Predicate<JudgedAnswer> part) {
        return past.sittings().stream()
                .flatMap(s -> s.answers().stream())
                .filter(a -> a.judged() && part.test(a))
                .collect(Collectors.averagingDouble(a -> 100 * (1 - a.missProbability())));
    }

    // ---- length of a sitting

    /**
     * @param minutes after which it falls
     * @param p bound on the probability under chance, for all cuts together
     */
    private record Tiring(int minutes, double p, double deviations) {}

    /**
     * The cut with the largest fall from before to after it within the same sittings, so that good and bad days cancel. A
     * change-point by the maximum of score statistics over cuts, whose probability under chance is at most the sum over cuts
     * (Bonferroni).
     */
    private static Optional<Tiring> tiring(Past past) {
        int cuts = (LAST_CUT - FIRST_CUT) / CUT_STEP + 1;
        return java.util.stream.IntStream.range(0, cuts)
                .mapToObj(i -> fall(past, FIRST_CUT + CUT_STEP * i, cuts))
                .flatMap(Optional::stream)
                .max(Comparator.comparingDouble(Tiring::deviations))
                .filter(t -> t.p() <= FalseDiscovery.LEVEL);
    }

    private static Optional<Tiring> fall(Past past, int cut, int cuts) {
        List<double[]> falls = new ArrayList<>();
        double sum = 0;
        double information = 0;
        int late = 0;
        for (Sitting sitting : past.sittings()) {
            double[] before = score(past, sitting, a -> a.minutesIn() < cut);
            double[] after = score(past, sitting, a -> a.minutesIn() >= cut);
            if (before[1] > 0 && after[1] > 0) {
                double fall = before[0] / before[1] - after[0] / after[1];
                double here = before[1] * after[1] / (before[1] + after[1]);
                falls.add(new double[] {fall, here});
                sum += here * fall;
                information += here;
                late += (int) sitting.answers().stream()
                        .filter(a -> a.judged() && a.minutesIn() >= cut)
                        .count();
            }
        }
        if (falls.size() < LEAST_SITTINGS || late < LEAST_ANSWERS) {
            return Optional.empty();
        }
        double mean = sum / information;
        // sittings may differ by more than single answers do
        double between = 0;
        for (double[] fall : falls) {
            double deviation = fall[1] * (fall[0] - mean);
            between += deviation * deviation;
        }
        double deviations = sum / Math.sqrt(Math.max(information, between));
        double shrunk = mean * information / (information + PRIOR_PRECISION);
        return shrunk >= LEAST_EFFECT
                ? Optional.of(new Tiring(cut, Math.min(1, cuts * normalTail(deviations)), deviations))
                : Optional.empty();
    }

    private static StudyPattern pattern(Past past, Tiring tiring) {
        Predicate<JudgedAnswer> early = a -> a.minutesIn() < tiring.minutes();
        Predicate<JudgedAnswer> late = early.negate();
        int support = answers(past, late);
        String explanation = String.format(
                Locale.ROOT,
                "In the first %d minutes of a sitting, %.0f %% of answers were right where %.0f %% were expected; later"
                        + " %.0f %% of %d where %.0f %% were.",
                tiring.minutes(),
                percentRight(past, early),
                percentExpected(past, early),
                percentRight(past, late),
                support,
                percentExpected(past, late));
        return new StudyPattern(
                PatternIds.of(Kind.RHYTHM, "sitting", List.of()),
                Kind.RHYTHM,
                List.of(),
                List.of(),
                List.of(),
                tiring.minutes(),
                explanation,
                1 - tiring.p(),
                support,
                newest(past, late.and(JudgedAnswer::missed)));
    }
}
