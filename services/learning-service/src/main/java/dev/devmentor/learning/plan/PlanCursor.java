package dev.devmentor.learning.plan;

import dev.devmentor.kit.http.PageCursor;
import java.util.UUID;

/** Where a page of plans ended. */
record PlanCursor(long atMicros, UUID id) {
    String encode() {
        return PageCursor.encode(atMicros, id);
    }

    static PlanCursor decode(String text) {
        return PageCursor.decode(text, 2, parts -> new PlanCursor(Long.parseLong(parts[0]), UUID.fromString(parts[1])));
    }
}
