package dev.devmentor.bench.embeddings;

import java.util.List;

/** A way to say how alike texts are. */
interface Peer {

    String title();

    /** Gets to know all texts that will be ranked, which a peer may use for its weights. */
    Scorer over(List<String> texts);

    /** How alike a text is to each text of the pool, the higher the more; only the order counts. */
    interface Scorer {
        double[] scores(String query);
    }
}
