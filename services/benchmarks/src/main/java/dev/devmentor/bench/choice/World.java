package dev.devmentor.bench.choice;

import dev.devmentor.learning.engine.skill.SkillGraph;
import dev.devmentor.learning.engine.skill.SkillGraph.Built;
import dev.devmentor.learning.engine.skill.SkillGraph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What there is to learn: layers of skills, each with one to three prerequisites in the layers above it, and items of every
 * difficulty for each skill.
 *
 * @param graph of skills, named by their number
 * @param items by number; the true difficulty is hidden from whoever chooses
 */
record World(SkillGraph graph, List<Item> items) {

    static final int LAYERS = 5;
    static final int PER_LAYER = 8;
    static final int SKILLS = LAYERS * PER_LAYER;
    static final int ITEMS_PER_SKILL = 14;

    /**
     * Variance of an item's difficulty that some two hundred answers leave: 1 / (1 + 200 p (1 - p)) with p = .75 and a prior
     * variance of 1, as in the rating.
     */
    static final double RATED_VARIANCE = 1 / (1 + 200 * 0.75 * 0.25);

    /**
     * A question.
     *
     * @param difficulty what it is, logits
     * @param rated what it is thought to be
     */
    record Item(int number, int skill, double difficulty, double rated) {
        String id() {
            return String.format("i%04d", number);
        }
    }

    static String name(int skill) {
        return String.format("s%02d", skill);
    }

    static int number(String skill) {
        return Integer.parseInt(skill.substring(1));
    }

    static int layer(int skill) {
        return skill / PER_LAYER;
    }

    static World of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Node> nodes = new ArrayList<>();
        for (int skill = 0; skill < SKILLS; skill++) {
            int layer = layer(skill);
            TreeSet<String> before = new TreeSet<>();
            if (layer > 0) {
                before.add(name((layer - 1) * PER_LAYER + random.nextInt(PER_LAYER)));
                for (int more = random.nextInt(3); more > 0; more--) {
                    before.add(name(random.nextInt(layer * PER_LAYER)));
                }
            }
            nodes.add(new Node(name(skill), List.copyOf(before), 0));
        }
        if (!(SkillGraph.of(nodes) instanceof Built(SkillGraph graph))) {
            throw new IllegalStateException("layers have no circles");
        }
        List<Item> items = new ArrayList<>();
        double deviation = Math.sqrt(RATED_VARIANCE);
        for (int skill = 0; skill < SKILLS; skill++) {
            for (int i = 0; i < ITEMS_PER_SKILL; i++) {
                double difficulty = -2.2 + 4.4 * (i + 0.5) / ITEMS_PER_SKILL;
                items.add(new Item(items.size(), skill, difficulty, difficulty + deviation * random.nextGaussian()));
            }
        }
        return new World(graph, List.copyOf(items));
    }
}
