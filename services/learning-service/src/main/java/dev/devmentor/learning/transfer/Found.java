package dev.devmentor.learning.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a file has.
 *
 * @param decks names, at most 200
 * @param media names of pictures and recordings, at most 1 000; they are left out
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What the file has, before anything is sent")
record Found(
        @Schema(description = "what kind of file it is", examples = "anki (collection.anki21b, version 18)")
        String format,

        @Schema(examples = "2") long decksTotal,

        @Schema(description = "the first 200", examples = "[\"Programming::Java\"]")
        List<String> decks,

        @Schema(examples = "1") long noteTypes,
        @Schema(examples = "120") long notes,
        @Schema(examples = "180") long cards,

        @Schema(description = "answers in the review log", examples = "4321")
        long reviews,

        @Schema(description = "entries of the log that are no answers: resets, due dates moved by hand", examples = "3")
        long manualEntries,

        @Schema(description = "media in the file; none of them is taken", examples = "2")
        long mediaTotal,

        @Schema(description = "the first 1 000", examples = "[\"heap.png\"]")
        List<String> media,

        @Nullable String firstReviewAt,
        @Nullable String lastReviewAt) {

    static Found of(String format, long cards, long reviews, long other) {
        return new Found(format, 0, List.of(), 0, cards, cards, reviews, other, 0, List.of(), null, null);
    }
}
