package dev.devmentor.learning.quiz;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What quiz is wanted. Everything may be left out. */
@Schema(
        description = "What quiz is wanted. Everything may be left out; then it has ten questions of the whole bank.",
        examples = "{\"skills\": [\"kafka.partitions\", \"sql\"], \"size\": 10}")
public record GenerateRequest(
        @Schema(
                description =
                        "ids of skills (kafka.partitions) or of whole areas (kafka); of a text, what its questions"
                                + " count for")
        @Nullable List<@Nullable String> skills,

        @Schema(description = "1 to 50") @Nullable Integer size,

        @Schema(description = "1 to 120; so many questions as can be answered in that time") @Nullable Integer minutes,

        @Schema(
                description =
                        "the only reason for which questions are chosen, then fewer or none if it has no more; a mix if absent",
                examples = "due-review")
        @Nullable String strategy,

        @Schema(description = "a text of one's own, at most 64 KiB; the questions are made of it. It is not kept.")
        @Nullable String text,

        @Schema(description = "at most 200 characters") @Nullable String title,

        @Schema(description = "only questions of these levels") @Nullable List<@Nullable String> bloom,

        @Schema(description = "only questions of these types") @Nullable List<@Nullable String> types,

        @Schema(description = "id of a ready-made quiz", examples = "backend-mastery") @Nullable String quiz) {}
