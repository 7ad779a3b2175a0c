package dev.devmentor.bench.templates;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far found templates agree with true ones, by the rules of loghub-2.0's evaluator (Jiang et al., "A Large-Scale
 * Evaluation for Log Parsing Techniques: How Far Are We?", ISSTA 2024). Lines of one text are one group, for the found
 * templates as for the true ones; texts are compared as they are, without any normalisation.
 *
 * @param ga grouping accuracy: lines whose found group has exactly the lines of their true group
 * @param pa parsing accuracy: lines whose found text is the true text
 * @param fga F1 of groups: a found group is right if it has exactly the lines of a true one
 * @param fta F1 of templates: a found template is right if all its lines have the same true template and that has its text
 * @param found how many templates were found
 * @param truly how many there are
 */
record Accuracy(double ga, double pa, double fga, double fta, int found, int truly) {

    static Accuracy of(List<String> found, List<String> truth) {
        if (found.size() != truth.size() || found.isEmpty()) {
            throw new IllegalArgumentException(found.size() + " found, " + truth.size() + " true");
        }
        Map<String, Integer> foundSizes = new HashMap<>();
        Map<String, Integer> trueSizes = new HashMap<>();
        Map<String, Set<String>> inside = new HashMap<>();
        int same = 0;
        for (int i = 0; i < found.size(); i++) {
            foundSizes.merge(found.get(i), 1, Integer::sum);
            trueSizes.merge(truth.get(i), 1, Integer::sum);
            inside.computeIfAbsent(found.get(i), text -> new HashSet<>()).add(truth.get(i));
            same += found.get(i).equals(truth.get(i)) ? 1 : 0;
        }
        int rightLines = 0;
        int rightGroups = 0;
        int rightTemplates = 0;
        for (Map.Entry<String, Set<String>> group : inside.entrySet()) {
            if (group.getValue().size() != 1) {
                continue;
            }
            String only = group.getValue().iterator().next();
            int size = foundSizes.getOrDefault(group.getKey(), 0);
            if (size == trueSizes.getOrDefault(only, 0)) {
                rightLines += size;
                rightGroups++;
            }
            rightTemplates += only.equals(group.getKey()) ? 1 : 0;
        }
        int both = foundSizes.size() + trueSizes.size();
        double lines = found.size();
        return new Accuracy(
                rightLines / lines,
                same / lines,
                2.0 * rightGroups / both,
                2.0 * rightTemplates / both,
                foundSizes.size(),
                trueSizes.size());
    }
}
