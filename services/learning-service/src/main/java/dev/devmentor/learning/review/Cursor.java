package dev.devmentor.learning.review;

import dev.devmentor.kit.http.PageCursor;

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
        return PageCursor.encode(rank, dueMicros, item);
    }

    static Cursor decode(String text) {
        return PageCursor.decode(
                text, 3, parts -> new Cursor(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2]));
    }
}
