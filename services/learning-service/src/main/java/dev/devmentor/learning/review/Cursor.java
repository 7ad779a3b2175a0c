package dev.devmentor.learning.review;

import dev.devmentor.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page of the due list ended. */
record Cursor(int rank, long dueMicros, String item) {
    boolean isBefore(int otherRank, long otherDueMicros, String otherItem) {
        if (rank != otherRank) {
            return rank < otherRank;
        }
        if (dueMicros != otherDueMicros) {
            return dueMicros < otherDueMicros;
        }
        return item.compareTo(otherItem) < 0;
    }

    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((rank + ":" + dueMicros + ":" + item).getBytes(StandardCharsets.UTF_8));
    }

    static Cursor decode(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(":", 3);
            if (parts.length == 3) {
                return new Cursor(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2]);
            }
        } catch (IllegalArgumentException unreadable) {
            // Falls through: the caller gets the same answer for every cursor that is not ours.
        }
        throw ProblemException.invalid("'cursor' is not one that this list gave");
    }
}
