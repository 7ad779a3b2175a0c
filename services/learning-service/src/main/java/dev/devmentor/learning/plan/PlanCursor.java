package dev.devmentor.learning.plan;

import dev.devmentor.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Where a page of plans ended. */
record PlanCursor(long atMicros, UUID id) {
    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((atMicros + ":" + id).getBytes(StandardCharsets.UTF_8));
    }

    static PlanCursor decode(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(":", 2);
            if (parts.length == 2) {
                return new PlanCursor(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
            }
        } catch (IllegalArgumentException unreadable) {
            // Falls through: the caller gets the same answer for every cursor that is not ours.
        }
        throw ProblemException.invalid("'cursor' is not one that this list gave");
    }
}
