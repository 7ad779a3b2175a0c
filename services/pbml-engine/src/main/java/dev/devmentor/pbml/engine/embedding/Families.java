package dev.devmentor.pbml.engine.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Texts that belong together, by the method of Taylor and Butina (D. Butina, J. Chem. Inf. Comput. Sci. 39, 1999): what has the
 * most texts within a threshold leads a family of them, then of those left the next. Every member is within the threshold
 * of its leader, so that families do not run into one another by chains; a text within it of several leaders goes
 * to the nearest. The result does not depend on the order in which the texts are given.
 *
 * <p>Time grows with the square of their number, memory with a bit for each two of them.
 */
public final class Families {

    /** How many texts at most: 12.5 MB of bits, 50 million comparisons. */
    public static final int MOST = 10_000;

    /**
     * A text to be put into a family.
     *
     * @param id which no other has
     * @param embedding of the text; an empty one is a family of its own
     */
    public record Item(long id, QuantisedEmbedding embedding) {}

    /**
     * Texts that belong together.
     *
     * @param leader the one that stands for them
     * @param members ids in ascending order, the leader among them
     * @param cohesion mean cosine of the members to the leader, which counts with 1
     */
    public record Family(long leader, List<Long> members, double cohesion) {
        public Family {
            members = List.copyOf(members);
        }
    }

    private final List<Item> items;
    private final double threshold;
    /** For each text a bit for each other one: whether they are within the threshold. */
    private final long[][] near;

    private final int[] counts;

    private Families(List<Item> items, double threshold) {
        this.items = items;
        this.threshold = threshold;
        near = new long[items.size()][(items.size() + 63) / 64];
        counts = new int[items.size()];
    }

    /**
     * Every text in one family, the largest family first, of equally large ones that with the smaller leader.
     *
     * @param items at most {@link #MOST}
     * @param threshold cosine from which on two texts may belong together, above 0, at most 1
     * @throws IllegalArgumentException if there are too many, two with one id, or the threshold is out of range
     */
    public static List<Family> of(List<Item> items, double threshold) {
        if (items.size() > MOST) {
            throw new IllegalArgumentException(items.size() + " texts are more than " + MOST);
        }
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " is not within 0 and 1");
        }
        Set<Long> ids = new HashSet<>();
        for (Item item : items) {
            if (!ids.add(item.id())) {
                throw new IllegalArgumentException("two texts have the id " + item.id());
            }
        }
        List<Item> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparingLong(Item::id));
        return new Families(sorted, threshold).found();
    }

    private List<Family> found() {
        compare();
        boolean[] leads = leaders();
        TreeMap<Integer, List<Integer>> members = new TreeMap<>();
        for (int i = 0; i < leads.length; i++) {
            members.computeIfAbsent(leads[i] ? i : nearest(i, leads), key -> new ArrayList<>())
                    .add(i);
        }
        List<Family> families = new ArrayList<>();
        members.forEach((leader, all) -> families.add(family(leader, all)));
        families.sort(
                Comparator.comparingInt((Family family) -> -family.members().size())
                        .thenComparingLong(Family::leader));
        return List.copyOf(families);
    }

    private void compare() {
        for (int i = 0; i < counts.length; i++) {
            QuantisedEmbedding one = items.get(i).embedding();
            int[] numbers = one.unpacked();
            for (int j = 0; j < i; j++) {
                QuantisedEmbedding other = items.get(j).embedding();
                if (QuantisedEmbedding.cosine(other.dot(numbers), one.length(), other.length()) >= threshold) {
                    near[i][j >> 6] |= 1L << j;
                    near[j][i >> 6] |= 1L << i;
                    counts[i]++;
                    counts[j]++;
                }
            }
        }
    }

    private boolean[] leaders() {
        Integer[] order = new Integer[counts.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingInt(i -> -counts[i])); // stable: the smaller id first
        long[] taken = new long[(counts.length + 63) / 64];
        boolean[] leads = new boolean[counts.length];
        for (int i : order) {
            if ((taken[i >> 6] & 1L << i) == 0) {
                leads[i] = true;
                for (int word = 0; word < taken.length; word++) {
                    taken[word] |= near[i][word];
                }
            }
        }
        return leads;
    }

    /** Of the leaders within the threshold, one of which took the text; the smaller id of equally near ones. */
    private int nearest(int item, boolean[] leads) {
        int nearest = -1;
        for (int i = 0; i < leads.length; i++) {
            if (leads[i]
                    && (near[item][i >> 6] & 1L << i) != 0
                    && (nearest < 0 || cosine(item, i) > cosine(item, nearest))) {
                nearest = i;
            }
        }
        return nearest;
    }

    private Family family(int leader, List<Integer> members) {
        double sum = 1;
        for (int member : members) {
            sum += member == leader ? 0 : cosine(leader, member);
        }
        return new Family(
                items.get(leader).id(),
                members.stream().map(member -> items.get(member).id()).toList(),
                sum / members.size());
    }

    private double cosine(int i, int j) {
        return items.get(i).embedding().cosine(items.get(j).embedding());
    }
}
