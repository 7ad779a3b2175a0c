package dev.devmentor.bench.cochange;

import dev.devmentor.pbml.engine.related.Commit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The peer: how often two files were added or modified by the same commit. Commits of more than {@value #LARGEST} files do not
 * count, as in the studies that it comes from (Ying et al. 2004; Zimmermann et al. 2005).
 */
final class PlainCounts {

    private static final int LARGEST = 30;

    private final Map<String, Map<String, Integer>> counts = new HashMap<>();

    /** The files that changed with one most often, of equal ones that which did so first. */
    List<String> related(String path, int limit) {
        return counts.getOrDefault(path, Map.of()).entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    void observe(Commit commit) {
        Set<String> paths = new LinkedHashSet<>();
        for (Commit.Change change : commit.changes()) {
            if (change.kind() != Commit.Kind.DELETED) {
                paths.add(change.path());
            }
        }
        if (paths.size() > LARGEST) {
            return;
        }
        for (String a : paths) {
            for (String b : paths) {
                if (!a.equals(b)) {
                    counts.computeIfAbsent(a, path -> new LinkedHashMap<>()).merge(b, 1, Integer::sum);
                }
            }
        }
    }
}
