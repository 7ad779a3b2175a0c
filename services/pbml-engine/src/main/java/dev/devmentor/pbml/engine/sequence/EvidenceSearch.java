package dev.devmentor.pbml.engine.sequence;

import java.util.ArrayList;
import java.util.List;

/** Finds the stored sequences that a prediction rests on. */
final class EvidenceSearch {
    private static final int MOST = 5;

    /** Of the sequences with a symbol so many, the newest, are looked at. */
    private static final int LOOKED_AT = 256;

    private final SequenceStore store;
    private final SequenceQuestion question;

    EvidenceSearch(SequenceStore store, SequenceQuestion question) {
        this.store = store;
        this.question = question;
    }

    /** Ids of stored sequences in which a symbol came after symbols of the window: those with most of them, the newest first. */
    List<Long> find(int[] context, int position, int symbol) {
        Largest similar = new Largest(MOST);
        int sequences = Math.min(store.frequency(symbol), LOOKED_AT);
        for (int age = 0; age < sequences; age++) {
            int serial = store.newest(symbol, age);
            int common = common(store.get(serial).symbols(), context, position, symbol);
            similar.offer((long) common << 31 | serial - store.first());
        }
        similar.sort();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < similar.size(); i++) {
            int place = (int) similar.get(i) & Integer.MAX_VALUE;
            boolean unrelated = similar.get(i) >>> 31 == 0;
            if (unrelated && !ids.isEmpty()) {
                break;
            }
            long id = store.get(store.first() + place).id();
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** How much of a window stood before a symbol: its end in order counts double, what is there in another place once. */
    private int common(int[] symbols, int[] context, int position, int wanted) {
        int from = Math.max(0, position - question.window());
        int best = 0;
        for (int i = 0; i < symbols.length; i++) {
            if (symbols[i] != wanted) {
                continue;
            }
            int start = Math.max(0, i - question.window() - question.horizon() + 1);
            int common = 0;
            boolean inOrder = true;
            for (int j = position - 1; j >= from; j--) {
                int there = i - (position - j);
                inOrder &= there >= 0 && symbols[there] == context[j];
                boolean anywhere = false;
                for (int k = start; k < i && !anywhere; k++) {
                    anywhere = symbols[k] == context[j];
                }
                common += inOrder ? 2 : anywhere ? 1 : 0;
            }
            best = Math.max(best, common);
        }
        return best;
    }
}
