package dev.devmentor.pbml.engine.study;

import dev.devmentor.pbml.engine.study.StudyPattern.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which items, and which skills, are missed in the same sittings. */
final class Mistakes {

    /** With fewer sittings in which both were asked nothing is tested. */
    private static final int LEAST_TRIALS = 5;

    private static final int LEAST_TOGETHER = 4;

    /** So many times what their own rates explain, for it to be worth saying. */
    private static final double LEAST_RATIO = 1.4;

    /** So many skills are compared, those that were answered most. */
    private static final int MOST_SKILLS = 64;

    /** By so many percent more of one skill's answers are missed with those of the other, for it to be worth saying. */
    private static final double LEAST_PERCENT = 10;

    /**
     * Mistakes have one level together: a third of it for the pairs of items that share a skill, which are few and likelier,
     * a third for the many others, and a third for pairs of skills.
     */
    private static final double THIRD = 1 / 3.0;

    private Mistakes() {}

    /** Two subjects, in order. */
    private record Pair(String first, String second) {
        static Pair of(String one, String other) {
            return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    static List<StudyPattern> find(Past past, StudyLimits limits) {
        List<StudyPattern> found = new ArrayList<>();
        Map<Pair, PairTrials> related = pairsOfItems(past, limits);
        double common = common(related);
        Map<Pair, PairTrials> unrelated = new LinkedHashMap<>();
        related.entrySet().removeIf(pair -> {
            if (!pair.getValue().shareSkill()) {
                unrelated.put(pair.getKey(), pair.getValue());
                return true;
            }
            return false;
        });
        found.addAll(patterns(past, related, true, THIRD, common));
        found.addAll(patterns(past, unrelated, true, THIRD, common));
        Map<Pair, PairTrials> skills = pairsOfSkills(past, limits);
        found.addAll(patterns(past, skills, false, THIRD, common(skills)));
        return found;
    }

    /**
     * Days are good or bad in ways that the form of a sitting, known from few answers, does not wholly explain. What is left
     * of it joins all pairs alike, so it is no pattern of any: its variance by the method of moments over all pairs.
     */
    private static double common(Map<Pair, PairTrials> pairs) {
        double residuals = 0;
        double information = 0;
        for (PairTrials trials : pairs.values()) {
            double[] products = trials.products();
            residuals += products[0];
            information += products[1];
        }
        return information > 0 ? Math.max(0, residuals / information) : 0;
    }

    private static Map<Pair, PairTrials> pairsOfItems(Past past, StudyLimits limits) {
        Map<Pair, PairTrials> pairs = new LinkedHashMap<>();
        for (Sitting sitting : past.sittings()) {
            List<JudgedAnswer> judged = sitting.judged(limits.answersOfSitting());
            for (int i = 0; i < judged.size(); i++) {
                for (int k = 0; k < i; k++) {
                    JudgedAnswer one = judged.get(i);
                    JudgedAnswer other = judged.get(k);
                    Pair pair = Pair.of(one.item(), other.item());
                    boolean inOrder = pair.first().equals(one.item());
                    pairs.computeIfAbsent(pair, unused -> new PairTrials())
                            .add(
                                    List.of(inOrder ? one : other),
                                    List.of(inOrder ? other : one),
                                    sitting.formWithout(one, other));
                }
            }
        }
        return pairs;
    }

    /** In each sitting, the answers to one skill without the other, and the reverse. */
    private static Map<Pair, PairTrials> pairsOfSkills(Past past, StudyLimits limits) {
        Set<String> skills = mostAnswered(past);
        Map<Pair, PairTrials> pairs = new LinkedHashMap<>();
        for (Sitting sitting : past.sittings()) {
            List<JudgedAnswer> judged = sitting.judged(limits.answersOfSitting());
            Map<String, List<JudgedAnswer>> bySkill = new LinkedHashMap<>();
            for (JudgedAnswer answer : judged) {
                for (String skill : answer.skills()) {
                    if (skills.contains(skill)) {
                        bySkill.computeIfAbsent(skill, unused -> new ArrayList<>())
                                .add(answer);
                    }
                }
            }
            List<String> here = List.copyOf(bySkill.keySet());
            for (int i = 0; i < here.size(); i++) {
                for (int k = 0; k < i; k++) {
                    match(sitting, bySkill, Pair.of(here.get(i), here.get(k)), pairs);
                }
            }
        }
        return pairs;
    }

    private static void match(
            Sitting sitting, Map<String, List<JudgedAnswer>> bySkill, Pair pair, Map<Pair, PairTrials> pairs) {
        List<JudgedAnswer> firsts = new ArrayList<>();
        List<JudgedAnswer> seconds = new ArrayList<>();
        double residuals = 0;
        double information = 0;
        for (JudgedAnswer answer : bySkill.getOrDefault(pair.first(), List.of())) {
            residuals += Sitting.residual(answer);
            information += Sitting.information(answer);
            if (!answer.skills().contains(pair.second())) {
                firsts.add(answer);
            }
        }
        for (JudgedAnswer answer : bySkill.getOrDefault(pair.second(), List.of())) {
            if (!answer.skills().contains(pair.first())) {
                residuals += Sitting.residual(answer);
                information += Sitting.information(answer);
                seconds.add(answer);
            }
        }
        if (!firsts.isEmpty() && !seconds.isEmpty()) {
            pairs.computeIfAbsent(pair, unused -> new PairTrials())
                    .add(firsts, seconds, sitting.formWithout(residuals, information));
        }
    }

    private static Set<String> mostAnswered(Past past) {
        Map<String, Integer> counts = new HashMap<>();
        for (Sitting sitting : past.sittings()) {
            for (JudgedAnswer answer : sitting.answers()) {
                if (answer.judged()) {
                    answer.skills().forEach(skill -> counts.merge(skill, 1, Integer::sum));
                }
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_SKILLS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<StudyPattern> patterns(
            Past past, Map<Pair, PairTrials> pairs, boolean ofItems, double share, double common) {
        int tests = 0;
        List<Map.Entry<Pair, PairTrials>> candidates = new ArrayList<>();
        for (Map.Entry<Pair, PairTrials> pair : pairs.entrySet()) {
            if (pair.getValue().size() >= LEAST_TRIALS) {
                tests++;
                if (pair.getValue().together() >= LEAST_TOGETHER) {
                    candidates.add(pair);
                }
            }
        }
        PairTrials.Finding[] findings = new PairTrials.Finding[candidates.size()];
        double[] p = new double[findings.length];
        for (int i = 0; i < findings.length; i++) {
            findings[i] = candidates.get(i).getValue().test(past, common);
            p[i] = findings[i].p();
        }
        double[] q = FalseDiscovery.qValues(p, tests, share);
        List<StudyPattern> found = new ArrayList<>();
        for (int i = 0; i < q.length; i++) {
            PairTrials trials = candidates.get(i).getValue();
            boolean worth = ofItems
                    ? trials.together() >= LEAST_RATIO * findings[i].expected()
                    : findings[i].bad().percentMissed() - findings[i].good().percentMissed() >= LEAST_PERCENT
                            // one pair of items is no matter of two skills
                            && trials.itemsOfASide() > 1;
            if (q[i] <= FalseDiscovery.LEVEL && worth) {
                found.add(pattern(candidates.get(i).getKey(), trials, findings[i], q[i], ofItems));
            }
        }
        return found;
    }

    private static StudyPattern pattern(
            Pair pair, PairTrials trials, PairTrials.Finding finding, double q, boolean ofItems) {
        List<String> subjects = List.of(pair.first(), pair.second());
        String explanation = ofItems ? ofItems(pair, trials, finding) : ofSkills(pair, finding);
        return new StudyPattern(
                PatternIds.of(Kind.MISTAKE, ofItems ? "items" : "skills", subjects),
                Kind.MISTAKE,
                ofItems ? subjects : List.of(),
                ofItems ? List.of() : subjects,
                List.of(),
                0,
                explanation,
                1 - q,
                trials.together(),
                trials.evidence());
    }

    private static String ofItems(Pair pair, PairTrials trials, PairTrials.Finding finding) {
        return String.format(
                Locale.ROOT,
                "%s and %s were missed together in %d of the %d sittings that asked both; their own rates explain %.1f.",
                pair.first(),
                pair.second(),
                trials.together(),
                trials.size(),
                finding.expected());
    }

    private static String ofSkills(Pair pair, PairTrials.Finding finding) {
        return String.format(
                Locale.ROOT,
                "In %d sittings with more mistakes on %s than expected, %.0f %% of %d answers on %s were wrong; in %d"
                        + " others, %.0f %% of %d.",
                finding.bad().sittings(),
                pair.first(),
                finding.bad().percentMissed(),
                finding.bad().answers(),
                pair.second(),
                finding.good().sittings(),
                finding.good().percentMissed(),
                finding.good().answers());
    }
}
