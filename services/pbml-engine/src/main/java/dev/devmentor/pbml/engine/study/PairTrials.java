package dev.devmentor.pbml.engine.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sittings in which both of two subjects were asked, and whether they are missed together more often than each one's own
 * rate explains.
 *
 * <p>Score test of the interaction: Σ w R₁ R₂ over sittings, where R is the sum of misses above the expected. What is
 * expected is that of the time, with the form of the sitting, shifted so that each subject is missed as often as it was in
 * these sittings; without the shift, two subjects that are both harder than was expected would look connected. Given the
 * answers to one subject, this is a weighted sum of independent misses of the other. Both ways are tested, and the larger
 * probability counts.
 */
final class PairTrials {

    /** Below it there is no finding, and the test takes longer than all the rest. */
    private static final double LEAST_DEVIATIONS = 2;

    /** Answers of one sitting; the form is that of its other answers. */
    private record Trial(List<JudgedAnswer> firsts, List<JudgedAnswer> seconds, double form) {
        boolean bothMissed() {
            return firsts.stream().anyMatch(JudgedAnswer::missed)
                    && seconds.stream().anyMatch(JudgedAnswer::missed);
        }

        JudgedAnswer newest() {
            JudgedAnswer first = firsts.getLast();
            JudgedAnswer second = seconds.getLast();
            return first.atMicros() > second.atMicros() ? first : second;
        }

        Stream<JudgedAnswer> missed() {
            return Stream.concat(firsts.stream(), seconds.stream())
                    .filter(JudgedAnswer::missed)
                    .sorted(Comparator.comparingLong(JudgedAnswer::atMicros).reversed());
        }
    }

    private final List<Trial> trials = new ArrayList<>();
    private int together;

    /** Answers of one sitting to either subject; both lists have some. */
    void add(List<JudgedAnswer> firsts, List<JudgedAnswer> seconds, double form) {
        Trial trial = new Trial(firsts, seconds, form);
        trials.add(trial);
        if (trial.bothMissed()) {
            together++;
        }
    }

    /** Sittings that asked both. */
    int size() {
        return trials.size();
    }

    /** Those in which both were missed. */
    int together() {
        return together;
    }

    /** Whether the two share a skill, as the answers of the last sitting tell. */
    boolean shareSkill() {
        Trial last = trials.getLast();
        List<String> skills = last.seconds().getLast().skills();
        return last.firsts().getLast().skills().stream().anyMatch(skills::contains);
    }

    /** The least number of different items of a side among what was missed together. */
    int itemsOfASide() {
        return Math.min(
                missedItems(trials.stream().filter(Trial::bothMissed).flatMap(t -> t.firsts().stream())),
                missedItems(trials.stream().filter(Trial::bothMissed).flatMap(t -> t.seconds().stream())));
    }

    private static int missedItems(Stream<JudgedAnswer> answers) {
        Set<String> items =
                answers.filter(JudgedAnswer::missed).map(JudgedAnswer::item).collect(Collectors.toSet());
        return items.size();
    }

    /** Sum of the products of residuals, and of those of information; from them what all pairs have in common is estimated. */
    double[] products() {
        double residuals = 0;
        double information = 0;
        for (Trial trial : trials) {
            double[] first = scores(trial.firsts(), trial.form());
            double[] second = scores(trial.seconds(), trial.form());
            residuals += first[0] * second[0];
            information += first[1] * second[1];
        }
        return new double[] {residuals, information};
    }

    private static double[] scores(List<JudgedAnswer> answers, double shift) {
        double residuals = 0;
        double information = 0;
        for (JudgedAnswer answer : answers) {
            double q = Logistic.probability(answer.missLogit() + shift);
            residuals += (answer.missed() ? 1 : 0) - q;
            information += q * (1 - q);
        }
        return new double[] {residuals, information};
    }

    /**
     * @param p probability under independence
     * @param expected sittings under independence in which both are missed
     * @param bad answers to the second in sittings in which more of the first was missed than expected
     * @param good those in the other sittings
     */
    record Finding(double p, double expected, Answers bad, Answers good) {}

    /** How many answers were given in how many sittings, and how many of them were wrong. */
    record Answers(int sittings, int answers, int missed) {
        static final Answers NONE = new Answers(0, 0, 0);

        Answers plus(List<JudgedAnswer> more) {
            int wrong = (int) more.stream().filter(JudgedAnswer::missed).count();
            return new Answers(sittings + 1, answers + more.size(), missed + wrong);
        }

        double percentMissed() {
            return answers == 0 ? 0 : 100.0 * missed / answers;
        }
    }

    /** @param common variance of what a sitting's form leaves unexplained */
    Finding test(Past past, double common) {
        double shift1 = shift(past, Trial::firsts);
        double shift2 = shift(past, Trial::seconds);
        TailBound given2 = new TailBound();
        TailBound given1 = new TailBound();
        double expected = 0;
        Answers bad = Answers.NONE;
        Answers good = Answers.NONE;
        for (Trial trial : trials) {
            double weight = past.weight(trial.newest());
            double form1 = trial.form() + shift1;
            double form2 = trial.form() + shift2;
            double[] first = scores(trial.firsts(), form1);
            double[] second = scores(trial.seconds(), form2);
            for (JudgedAnswer answer : trial.firsts()) {
                double q = Logistic.probability(answer.missLogit() + form1);
                given2.addMiss(q, weight * second[0], answer.missed());
            }
            for (JudgedAnswer answer : trial.seconds()) {
                double q = Logistic.probability(answer.missLogit() + form2);
                given1.addMiss(q, weight * first[0], answer.missed());
            }
            given2.expect(weight * common * first[1] * second[1]);
            given1.expect(weight * common * first[1] * second[1]);
            if (first[0] > 0) {
                bad = bad.plus(trial.seconds());
            } else {
                good = good.plus(trial.seconds());
            }
            expected += anyMissed(trial.firsts(), form1) * anyMissed(trial.seconds(), form2);
        }
        double deviations = Math.min(given1.deviations(), given2.deviations());
        double p = deviations < LEAST_DEVIATIONS ? 1 : Math.max(given1.tail(), given2.tail());
        return new Finding(p, expected, bad, good);
    }

    private double shift(Past past, Function<Trial, List<JudgedAnswer>> side) {
        int n = trials.stream().mapToInt(t -> side.apply(t).size()).sum();
        double[] logits = new double[n];
        double[] weights = new double[n];
        boolean[] missed = new boolean[n];
        int i = 0;
        for (Trial trial : trials) {
            for (JudgedAnswer answer : side.apply(trial)) {
                logits[i] = answer.missLogit() + trial.form();
                weights[i] = past.weight(answer);
                missed[i++] = answer.missed();
            }
        }
        return Logistic.shift(logits, missed, weights);
    }

    private static double anyMissed(List<JudgedAnswer> answers, double shift) {
        double none = 1;
        for (JudgedAnswer answer : answers) {
            none *= 1 - Logistic.probability(answer.missLogit() + shift);
        }
        return 1 - none;
    }

    /** Of sittings in which both were missed, the newest first. */
    List<EventReference> evidence() {
        return trials.reversed().stream()
                .filter(Trial::bothMissed)
                .flatMap(Trial::missed)
                .map(JudgedAnswer::event)
                .distinct()
                .limit(StudyPattern.MOST_EVIDENCE)
                .toList();
    }
}
