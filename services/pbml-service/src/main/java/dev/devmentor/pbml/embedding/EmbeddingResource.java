package dev.devmentor.pbml.embedding;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.pbml.engine.embedding.Embedder;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Embeddings of texts. */
@Path("/api/pbml/embeddings")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Embeddings")
public class EmbeddingResource {
    private static final int MOST_TEXTS = 256;
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int MOST_BYTES = 1024 * 1024;

    private final Embedder embedder = new Embedder();

    /** Texts to embed. */
    @Schema(name = "EmbeddingRequest", examples = """
            {"input": ["NullPointerException in Basket.total", "the basket's total is null"]}""")
    public record EmbeddingRequest(
            @Nullable @Schema(description = "1 to 256 texts, each of at most 64 KiB, together at most 1 MiB, in UTF-8")
            List<@Nullable String> input) {}

    /** Embeddings, in the order of the texts. */
    @Schema(name = "Embeddings", examples = """
            {"model": "devmentor-hash-384/1", "dimensions": 384, "data": [{"index": 0, "embedding": [0.0413, -0.0127]}]}""")
    public record Embeddings(
            @Schema(
                    description = "embeddings of different models cannot be compared",
                    examples = "devmentor-hash-384/1")
            String model,

            @Schema(examples = "384") int dimensions,
            List<EmbeddingOfText> data) {}

    /** The embedding of one text. */
    @Schema(name = "Embedding")
    public record EmbeddingOfText(
            @Schema(description = "of the text, from 0", examples = "0")
            int index,

            @Schema(description = "their squares add up to 1; all 0 if the text has neither a letter nor a digit")
            List<Float> embedding) {}

    @POST
    @Operation(
            summary = "Numbers whose cosine says how alike texts are",
            description =
                    "The same text gives the same numbers whatever else is sent, for as long as the model is the same."
                            + " Nothing is kept.")
    @APIResponse(responseCode = "200", description = "One embedding for each text")
    @APIResponse(responseCode = "413", description = "Too many texts, or too long")
    public Embeddings embed(@Nullable EmbeddingRequest request) {
        if (request == null || request.input() == null || request.input().isEmpty()) {
            throw ProblemException.invalid("'input' is missing or empty");
        }
        if (request.input().size() > MOST_TEXTS) {
            throw ProblemException.tooLarge("'input' has at most " + MOST_TEXTS + " texts");
        }
        List<String> texts = new ArrayList<>();
        long bytes = 0;
        for (String text : request.input()) {
            if (text == null) {
                throw ProblemException.invalid("a text of 'input' is null");
            }
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            bytes += length;
            if (length > LONGEST_TEXT) {
                throw ProblemException.tooLarge("a text of 'input' has more than 64 KiB");
            }
            if (bytes > MOST_BYTES) {
                throw ProblemException.tooLarge("the texts of 'input' have more than 1 MiB together");
            }
            texts.add(text);
        }
        List<EmbeddingOfText> data = new ArrayList<>();
        for (String text : texts) {
            data.add(new EmbeddingOfText(
                    data.size(), numbers(embedder.embed(text).values())));
        }
        return new Embeddings(Embedder.MODEL, Embedder.DIMENSION, data);
    }

    private static List<Float> numbers(float[] values) {
        List<Float> numbers = new ArrayList<>(values.length);
        for (float value : values) {
            numbers.add(value);
        }
        return numbers;
    }
}
