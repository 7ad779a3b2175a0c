package dev.devmentor.learning.engine.choice;

import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.engine.skill.SkillGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Orders due reviews so that few of them do the work of many: first the one whose implicit credit lifts most of the other
 * due items back above their wanted recall ("knocking out" due reviews like dominoes; see {@link ImplicitCredit}).
 *
 * <p>The other items of a skill of the graph count as one step away from it: they share the skill, not the fact. Those that
 * share only a tag that the graph doesn't know settle nothing of one another.
 *
 * @param credit how much flows
 * @param wantedRecall at which an item is due that doesn't say its own, above 0 and below 1
 */
public record ReviewCompression(ImplicitCredit credit, double wantedRecall) {

    /** @throws IllegalArgumentException if the wanted recall is out of range */
    public ReviewCompression {
        if (!(wantedRecall > 0 && wantedRecall < 1)) {
            throw new IllegalArgumentException("a wanted recall of " + wantedRecall);
        }
    }

    /**
     * Something due.
     *
     * @param item id
     * @param skills the main one first; may be empty
     * @param recall predicted now, 0 to 1
     * @param wantedRecall of this item; NaN for that of the rest
     */
    public record Due(String item, List<String> skills, double recall, double wantedRecall) {
        public Due {
            skills = List.copyOf(skills);
        }

        Due(String item, List<String> skills, double recall) {
            this(item, skills, recall, Double.NaN);
        }
    }

    /**
     * A review to do.
     *
     * @param settles ids of the other due items that need no review of their own after it, if it is answered right
     */
    public record Review(Due due, List<String> settles) {
        public Review {
            settles = List.copyOf(settles);
        }
    }

    /** The review that settles most others; of equal ones the one recalled worst, then the smallest id; null if none is due. */
    public @Nullable Review first(SkillGraph graph, List<Due> due) {
        List<Review> order = order(graph, due, 1);
        return order.isEmpty() ? null : order.getFirst();
    }

    /**
     * The reviews in their order. What one of them settles doesn't come again behind it.
     *
     * @param most so many at most
     */
    public List<Review> order(SkillGraph graph, List<Due> due, int most) {
        Map<List<String>, SortedMap<String, Double>> flows = new HashMap<>();
        List<Due> left = new ArrayList<>(due);
        List<Review> order = new ArrayList<>();
        while (!left.isEmpty() && order.size() < most) {
            Review chosen = first(graph, left, flows);
            order.add(chosen);
            Set<String> done = new HashSet<>(chosen.settles());
            done.add(chosen.due().item());
            left.removeIf(item -> done.contains(item.item()));
        }
        return order;
    }

    /** What is settled depends on the skills that are exercised: it is computed once for all items of the same ones. */
    private Review first(SkillGraph graph, List<Due> left, Map<List<String>, SortedMap<String, Double>> flows) {
        Map<String, List<Due>> byMainSkill = new TreeMap<>();
        for (Due item : left) {
            if (!item.skills().isEmpty()) {
                byMainSkill
                        .computeIfAbsent(item.skills().getFirst(), _ -> new ArrayList<>())
                        .add(item);
            }
        }
        Map<List<String>, Set<String>> settledBy = new HashMap<>();
        Due best = left.getFirst();
        int most = -1;
        for (Due item : left) {
            Set<String> settled = settledBy.computeIfAbsent(
                    item.skills(),
                    skills -> settled(flows.computeIfAbsent(skills, named -> flow(graph, named)), byMainSkill));
            int others = settled.size() - (settled.contains(item.item()) ? 1 : 0);
            if (others > most || others == most && isBefore(item, best)) {
                best = item;
                most = others;
            }
        }
        Due chosen = best;
        return new Review(
                chosen,
                settledBy.getOrDefault(chosen.skills(), Set.of()).stream()
                        .filter(item -> !item.equals(chosen.item()))
                        .toList());
    }

    private SortedMap<String, Double> flow(SkillGraph graph, List<String> skills) {
        SortedMap<String, Double> flow = new TreeMap<>(credit.of(graph, skills, true));
        for (String skill : skills) {
            // Cards under a mere tag are facts that have nothing to do with one another.
            if (graph.contains(skill)) {
                flow.put(skill, credit.share(1));
            }
        }
        return flow;
    }

    /**
     * An item is settled if every one of its skills is exercised and the least exercise lifts it to the wanted recall.
     *
     * @return ids, by skill and then as they came
     */
    private Set<String> settled(SortedMap<String, Double> flow, Map<String, List<Due>> byMainSkill) {
        Set<String> settled = new LinkedHashSet<>();
        for (String skill : flow.keySet()) {
            for (Due other : byMainSkill.getOrDefault(skill, List.of())) {
                double least = 1;
                for (String needed : other.skills()) {
                    least = Math.min(least, flow.getOrDefault(needed, 0.0));
                }
                double wanted = Double.isNaN(other.wantedRecall()) ? wantedRecall : other.wantedRecall();
                if (ImplicitCredit.recall(other.recall(), least) >= wanted) {
                    settled.add(other.item());
                }
            }
        }
        return settled;
    }

    private static boolean isBefore(Due one, Due other) {
        int byRecall = Double.compare(one.recall(), other.recall());
        return byRecall != 0 ? byRecall < 0 : one.item().compareTo(other.item()) < 0;
    }
}
