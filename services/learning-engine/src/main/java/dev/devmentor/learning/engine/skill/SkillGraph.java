package dev.devmentor.learning.engine.skill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Skills and what comes before what. There is no circle in it. A skill that isn't in it, such as one that a person has
 * named in a note, is treated as one without neighbours. Immutable; everything is ordered by id where nothing else decides.
 */
public final class SkillGraph {

    /** No skill. */
    public static final SkillGraph EMPTY = new SkillGraph(new TreeMap<>());

    private final SortedMap<String, Node> nodes;
    private final Map<String, List<String>> dependents = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> order;

    private SkillGraph(SortedMap<String, Node> nodes) {
        this.nodes = nodes;
        for (Node node : nodes.values()) {
            for (String before : node.prerequisites()) {
                dependents.computeIfAbsent(before, _ -> new ArrayList<>()).add(node.id());
            }
        }
        this.order = List.copyOf(sorted());
        for (int i = 0; i < order.size(); i++) {
            places.put(order.get(i), i);
        }
    }

    /**
     * A skill.
     *
     * @param id of the skill
     * @param prerequisites ids of skills that come directly before it
     * @param bloom the highest level of Bloom's taxonomy that it is practised at, 1 (remember) to 6 (create); 0 unknown
     */
    public record Node(String id, List<String> prerequisites, int bloom) {
        /** @throws IllegalArgumentException if the level is out of range */
        public Node {
            prerequisites = List.copyOf(new TreeSet<>(prerequisites));
            if (bloom < 0 || bloom > 6) {
                throw new IllegalArgumentException("a level of " + bloom);
            }
        }
    }

    /** What became of a list of skills. */
    public sealed interface Outcome {}

    /** It is a graph. */
    public record Built(SkillGraph graph) implements Outcome {}

    /**
     * Skills come before themselves.
     *
     * @param circle ids, each a prerequisite of the one before it, the first again at the end
     */
    public record Cyclic(List<String> circle) implements Outcome {
        @Override
        public String toString() {
            return String.join(" needs ", circle);
        }
    }

    /** A skill has a prerequisite that isn't there. */
    public record Unknown(String skill, String prerequisite) implements Outcome {}

    /** Two skills have one id. */
    public record Repeated(String skill) implements Outcome {}

    /** The graph of these skills, or the reason why there is none. */
    public static Outcome of(Collection<Node> skills) {
        return EMPTY.with(skills);
    }

    /** This graph and further skills, such as a person's own; they may build on those that are there. */
    public Outcome with(Collection<Node> further) {
        SortedMap<String, Node> all = new TreeMap<>(nodes);
        for (Node node : further) {
            if (all.put(node.id(), node) != null) {
                return new Repeated(node.id());
            }
        }
        for (Node node : further) {
            for (String before : node.prerequisites()) {
                if (!all.containsKey(before)) {
                    return new Unknown(node.id(), before);
                }
            }
        }
        SkillGraph graph = new SkillGraph(all);
        return graph.order.size() == all.size() ? new Built(graph) : new Cyclic(graph.circle());
    }

    /** Ids of all skills. */
    public Set<String> skills() {
        return Collections.unmodifiableSet(nodes.keySet());
    }

    /** Whether a skill is in it. */
    public boolean contains(String skill) {
        return nodes.containsKey(skill);
    }

    /** Highest level of Bloom's taxonomy that a skill is practised at; 0 unknown. */
    public int bloom(String skill) {
        Node node = nodes.get(skill);
        return node == null ? 0 : node.bloom();
    }

    /** What comes directly before a skill. */
    public List<String> prerequisites(String skill) {
        Node node = nodes.get(skill);
        return node == null ? List.of() : node.prerequisites();
    }

    /** What builds directly on a skill. */
    public List<String> dependents(String skill) {
        return Collections.unmodifiableList(dependents.getOrDefault(skill, List.of()));
    }

    /** All skills, each behind its prerequisites; of those that are free at a time, the smallest id first. */
    public List<String> order() {
        return order;
    }

    /** The place of a skill in {@link #order()}; -1 if it isn't in the graph. */
    public int place(String skill) {
        return places.getOrDefault(skill, -1);
    }

    /** Everything that comes before a skill, with the number of steps of the shortest way; not the skill itself. */
    public SortedMap<String, Integer> ancestors(String skill) {
        return reach(skill, true);
    }

    /** Everything that builds on a skill, with the number of steps of the shortest way; not the skill itself. */
    public SortedMap<String, Integer> descendants(String skill) {
        return reach(skill, false);
    }

    /** Skills and all that comes before them, also those that aren't in the graph. */
    public SortedSet<String> withPrerequisites(Collection<String> skills) {
        SortedSet<String> all = new TreeSet<>(skills);
        for (String skill : skills) {
            all.addAll(ancestors(skill).keySet());
        }
        return all;
    }

    private SortedMap<String, Integer> reach(String skill, boolean back) {
        SortedMap<String, Integer> distance = new TreeMap<>();
        List<String> frontier = List.of(skill);
        for (int steps = 1; !frontier.isEmpty(); steps++) {
            List<String> next = new ArrayList<>();
            for (String here : frontier) {
                for (String there : back ? prerequisites(here) : dependents(here)) {
                    if (distance.putIfAbsent(there, steps) == null) {
                        next.add(there);
                    }
                }
            }
            frontier = next;
        }
        return distance;
    }

    /** A. B. Kahn, "Topological sorting of large networks", CACM 5/11, 1962. Shorter than the graph if there is a circle. */
    private List<String> sorted() {
        Map<String, Integer> waiting = new HashMap<>();
        PriorityQueue<String> free = new PriorityQueue<>();
        for (Node node : nodes.values()) {
            waiting.put(node.id(), node.prerequisites().size());
            if (node.prerequisites().isEmpty()) {
                free.add(node.id());
            }
        }
        List<String> sorted = new ArrayList<>(nodes.size());
        for (String next = free.poll(); next != null; next = free.poll()) {
            sorted.add(next);
            for (String after : dependents(next)) {
                if (waiting.merge(after, -1, Integer::sum) == 0) {
                    free.add(after);
                }
            }
        }
        return sorted;
    }

    /** A circle, from its smallest id on. Every skill that can't be sorted has a prerequisite that can't either. */
    private List<String> circle() {
        Set<String> sorted = Set.copyOf(order);
        Set<String> seen = new LinkedHashSet<>();
        String here = first(nodes.keySet(), sorted);
        while (here != null && seen.add(here)) {
            here = first(prerequisites(here), sorted);
        }
        if (here == null) {
            throw new IllegalStateException("no circle");
        }
        List<String> way = new ArrayList<>(seen);
        List<String> circle = way.subList(way.indexOf(here), way.size());
        Collections.rotate(circle, -circle.indexOf(Collections.min(circle)));
        circle.add(circle.getFirst());
        return List.copyOf(circle);
    }

    private static @Nullable String first(Collection<String> skills, Set<String> except) {
        for (String skill : skills) {
            if (!except.contains(skill)) {
                return skill;
            }
        }
        return null;
    }
}
