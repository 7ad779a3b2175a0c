package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.pbml.engine.embedding.Embedder;
import dev.devmentor.pbml.engine.embedding.QuantisedEmbedding;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Embeddings of titles, kept by a hash of the text: the titles themselves are people's, and not kept here. */
@ApplicationScoped
class TitleEmbeddings {
    /** About 600 bytes each. */
    private static final int KEPT = 20_000;

    private final Embedder embedder = new Embedder();
    private final Map<EventIdentity, QuantisedEmbedding> byTitle = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EventIdentity, QuantisedEmbedding> eldest) {
            return size() > KEPT;
        }
    };

    QuantisedEmbedding of(String title) {
        EventIdentity hash = EventIdentity.of(title);
        synchronized (byTitle) {
            QuantisedEmbedding known = byTitle.get(hash);
            if (known != null) {
                return known;
            }
        }
        QuantisedEmbedding embedding = embedder.embed(title).quantised();
        synchronized (byTitle) {
            byTitle.put(hash, embedding);
        }
        return embedding;
    }
}
