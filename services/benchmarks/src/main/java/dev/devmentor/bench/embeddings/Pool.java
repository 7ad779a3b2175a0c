package dev.devmentor.bench.embeddings;

import java.util.List;

/**
 * Texts to be found and what is looked for among them.
 *
 * @param name of the pool
 * @param texts that are ranked
 * @param queries that are asked
 */
record Pool(String name, List<String> texts, List<Query> queries) {

    /**
     * @param text asked for
     * @param itself index of the same text in the pool, which is not ranked, or -1
     * @param group queries of one group count together as much as those of any other
     * @param relevant indexes of the texts that should come first
     * @param candidates how many texts are ranked: those before this index
     */
    record Query(String text, int itself, String group, List<Integer> relevant, int candidates) {}
}
