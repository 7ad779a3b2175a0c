package dev.devmentor.learning.interview;

import dev.devmentor.kit.http.PageCursor;
import java.util.UUID;

/** Where a page of the list ended. */
record InterviewCursor(long createdMicros, UUID id) {
    /** Before everything. */
    static final InterviewCursor START = new InterviewCursor(Long.MAX_VALUE, new UUID(-1L, -1L));

    String encode() {
        return PageCursor.encode(createdMicros, id);
    }

    static InterviewCursor decode(String text) {
        return PageCursor.decode(
                text, 2, parts -> new InterviewCursor(Long.parseLong(parts[0]), UUID.fromString(parts[1])));
    }
}
