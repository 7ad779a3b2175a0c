package dev.devmentor.learning.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.anki.Review;
import org.jspecify.annotations.Nullable;

/** What Anki knows of a review and this platform does not: kept with the entry, so that an export gives it back. */
record AnkiDetail(int factor, int interval, int lastInterval, Review.Kind kind) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** JSON with its members in order, as the log keeps fields that it does not know. */
    static String of(Review review) {
        return "{\"anki\":{\"factor\":" + review.factor() + ",\"ivl\":" + review.interval() + ",\"lastIvl\":"
                + review.lastInterval() + ",\"type\":" + review.kind().ordinal() + "}}";
    }

    /** From the detail of an entry; null if it does not come from Anki. */
    static @Nullable AnkiDetail parse(@Nullable String detail) {
        if (detail == null || !detail.contains("\"anki\"")) {
            return null;
        }
        try {
            JsonNode anki = JSON.readTree(detail).path("anki");
            int type = anki.path("type").asInt(-1);
            return anki.isObject() && type >= 0 && type < Review.Kind.values().length
                    ? new AnkiDetail(
                            anki.path("factor").asInt(),
                            anki.path("ivl").asInt(),
                            anki.path("lastIvl").asInt(),
                            Review.Kind.values()[type])
                    : null;
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("an entry whose detail is no JSON", damaged);
        }
    }
}
