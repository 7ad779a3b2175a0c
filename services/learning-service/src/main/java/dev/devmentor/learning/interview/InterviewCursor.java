package dev.devmentor.learning.interview;

import dev.devmentor.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Where a page of the list ended. */
record InterviewCursor(long createdMicros, UUID id) {
    /** Before everything. */
    static final InterviewCursor START = new InterviewCursor(Long.MAX_VALUE, new UUID(-1L, -1L));

    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdMicros + ":" + id).getBytes(StandardCharsets.UTF_8));
    }

    static InterviewCursor decode(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(":", 2);
            if (parts.length == 2) {
                return new InterviewCursor(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
            }
        } catch (IllegalArgumentException unreadable) {
            // Falls through: the caller gets the same answer for every cursor that is not ours.
        }
        throw ProblemException.invalid("'cursor' is not one that this list gave");
    }
}
