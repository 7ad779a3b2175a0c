package dev.devmentor.bench.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Items by rated difficulty, and which of them one learner was asked. What they really are, the simulation keeps. */
final class Pool {

    /**
     * An item as a policy sees it.
     *
     * @param index place in the pool, by rising difficulty
     * @param rated difficulty as rated, logits
     */
    record Item(int index, double rated) {
        String id() {
            return String.format("i%05d", index);
        }
    }

    private final List<Item> items;
    private final BitSet asked = new BitSet();

    Pool(List<Item> items) {
        this.items = items;
    }

    /** Items spread evenly over a range of difficulty. */
    static List<Item> even(int size, double from, double to) {
        List<Item> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(new Item(i, from + (to - from) * (i + 0.5) / size));
        }
        return List.copyOf(items);
    }

    void ask(Item item) {
        asked.set(item.index());
    }

    /** The unasked items nearest to a difficulty: at most one below it and one above. */
    List<Item> nearest(double difficulty) {
        int low = 0;
        int high = items.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (items.get(middle).rated() < difficulty) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        List<Item> found = new ArrayList<>(2);
        int below = low == 0 ? -1 : asked.previousClearBit(low - 1);
        int above = asked.nextClearBit(low);
        if (below >= 0) {
            found.add(items.get(below));
        }
        if (above < items.size()) {
            found.add(items.get(above));
        }
        return found;
    }
}
