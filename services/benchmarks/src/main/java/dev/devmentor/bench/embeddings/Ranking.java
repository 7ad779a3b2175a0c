package dev.devmentor.bench.embeddings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How early the relevant texts come. Equal scores count as if they stood in an order that is drawn: the expected place.
 *
 * @param at1 whether the first text is relevant
 * @param at5 of the relevant texts, or of 5 if there are more, those among the first five
 * @param at10 the same of the first ten
 * @param mrr one over the place of the first relevant text
 * @param queries how many were asked
 */
record Ranking(double at1, double at5, double at10, double mrr, int queries) {

    private static final class Sums {
        private double at1;
        private double at5;
        private double at10;
        private double mrr;
        private int count;
    }

    /** The mean over the queries of each group, and of these over the groups of all pools. */
    static Ranking of(Peer peer, List<Pool> pools) {
        Map<String, Sums> groups = new HashMap<>();
        int queries = 0;
        for (Pool pool : pools) {
            Peer.Scorer scorer = peer.over(pool.texts());
            for (Pool.Query query : pool.queries()) {
                add(
                        groups.computeIfAbsent(pool.name() + '/' + query.group(), key -> new Sums()),
                        scorer.scores(query.text()),
                        query);
                queries++;
            }
        }
        Sums all = new Sums();
        for (Sums group : groups.values()) {
            all.at1 += group.at1 / group.count;
            all.at5 += group.at5 / group.count;
            all.at10 += group.at10 / group.count;
            all.mrr += group.mrr / group.count;
        }
        int n = groups.size();
        return new Ranking(all.at1 / n, all.at5 / n, all.at10 / n, all.mrr / n, queries);
    }

    private static void add(Sums sums, double[] scores, Pool.Query query) {
        int n = query.relevant().size();
        double in1 = 0;
        double in5 = 0;
        double in10 = 0;
        double best = Double.NEGATIVE_INFINITY;
        for (int relevant : query.relevant()) {
            int before = 0;
            int equal = 0;
            for (int i = 0; i < query.candidates(); i++) {
                if (i != query.itself() && i != relevant) {
                    before += scores[i] > scores[relevant] ? 1 : 0;
                    equal += scores[i] == scores[relevant] ? 1 : 0;
                }
            }
            in1 += within(before, equal, 1);
            in5 += within(before, equal, 5);
            in10 += within(before, equal, 10);
            best = Math.max(best, scores[relevant]);
        }
        sums.at1 += in1;
        sums.at5 += in5 / Math.min(5, n);
        sums.at10 += in10 / Math.min(10, n);
        sums.mrr += 1 / firstPlace(scores, query, best);
        sums.count++;
    }

    /** Of r relevant texts among n that share a score the first is expected at (n + 1) / (r + 1). */
    private static double firstPlace(double[] scores, Pool.Query query, double best) {
        int before = 0;
        int equal = 0;
        for (int i = 0; i < query.candidates(); i++) {
            if (i != query.itself()) {
                before += scores[i] > best ? 1 : 0;
                equal += scores[i] == best ? 1 : 0;
            }
        }
        long relevant = query.relevant().stream().filter(i -> scores[i] == best).count();
        return before + (equal + 1) / (relevant + 1.0);
    }

    /** Probability that a text is among the first k, if so many stand before it and so many beside it. */
    private static double within(int before, int equal, int k) {
        return Math.clamp((k - before) / (equal + 1.0), 0, 1);
    }
}
