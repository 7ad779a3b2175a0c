package dev.devmentor.learning.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An import as shown.
 *
 * @param state reading, applying, done, failed, cancelled or interrupted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Import", examples = """
        {"id": "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a", "state": "done", "dryRun": false,
         "startedAt": "2026-03-01T10:00:00Z",
         "found": {"format": "anki (collection.anki21b, version 18)", "decksTotal": 1, "decks": ["Programming::Java"],
          "noteTypes": 1, "notes": 120, "cards": 180, "reviews": 4501, "manualEntries": 3, "mediaTotal": 2,
          "media": ["heap.png", "stack.png"], "firstReviewAt": "2024-03-01T08:30:00Z",
          "lastReviewAt": "2026-02-28T19:12:00Z"},
         "total": 4501, "read": 4501, "sent": 4320, "alreadyThere": 181, "applied": 4320, "recorded": 7,
         "leftOut": {"media (pictures and recordings)": 2}, "badLines": []}""")
record ImportView(
        @Schema(examples = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a")
        String id,

        @Schema(
                description = "reading, applying (everything was sent, and is not in the log yet), or how it ended:"
                        + " done, failed, cancelled, interrupted (its instance is gone: import again, nothing is"
                        + " doubled)",
                examples = "applying")
        String state,

        boolean dryRun,
        Instant startedAt,
        @Nullable Found found,

        @Schema(description = "rows to be read", examples = "4501")
        long total,

        @Schema(examples = "4501") long read,

        @Schema(description = "events that went through Kafka", examples = "4320")
        long sent,

        @Schema(description = "what an import before had brought", examples = "181")
        long alreadyThere,

        @Schema(description = "of those that were sent, how many are in the log", examples = "2000")
        long applied,

        @Schema(description = "entries beside those: suspended cards, resets, settings", examples = "7")
        long recorded,

        @Nullable @Schema(description = "days by which all times were moved")
        Integer shiftDays,

        @Schema(
                description = "what was left out, and how much of it",
                examples = "{\"media (pictures and recordings)\": 2}")
        Map<String, Long> leftOut,

        @Schema(description = "the first 100 lines that cannot be read", examples = "[\"line 7: front is empty\"]")
        List<String> badLines,

        @Nullable @Schema(description = "one sentence, if it failed")
        String error) {

    /** Whether nothing more will happen. */
    boolean isOver() {
        return switch (state) {
            case "reading", "applying" -> false;
            default -> true;
        };
    }
}
