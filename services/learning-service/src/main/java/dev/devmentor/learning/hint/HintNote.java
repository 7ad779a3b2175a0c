package dev.devmentor.learning.hint;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a hint changed, for people. */
@Schema(description = "What a hint changed.", examples = """
        {"patternId": "confusion-1f0a6c9e7d21", "kind": "confusion",
         "sentence": "you mix it up with “What follows for records with the same key?”, so both come one after the other"}""")
public record HintNote(
        @Schema(description = "of the hint, as GET hints lists it", examples = "confusion-1f0a6c9e7d21")
        String patternId,

        @Schema(description = "mistake, confusion or rhythm", examples = "confusion")
        String kind,

        @Schema(
                description = "what it changed and why",
                examples =
                        "you mix it up with “What follows for records with the same key?”, so both come one after the other")
        String sentence) {}
