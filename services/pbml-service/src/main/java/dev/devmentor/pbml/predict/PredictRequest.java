package dev.devmentor.pbml.predict;

import dev.devmentor.kit.problem.ProblemException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is to be predicted, as a request says it.
 *
 * @param limit null for {@value #DEFAULT_LIMIT}
 */
@Schema(name = "PredictRequest", examples = """
        {"kind": "related-files", "repository": "acme/shop", "files": ["src/Basket.java"], "limit": 5}""")
record PredictRequest(
        @Nullable @Schema(description = "next-action, related-files, likely-error or likely-fix", examples = "related-files")
        String kind,

        @Nullable @Schema(description = "of the files", examples = "acme/shop")
        String repository,

        @Nullable @Schema(
                description = "1 to 32 paths from the top of the repository that are being changed; related-files"
                        + " needs them, likely-error takes the running session without them",
                examples = "[\"src/Basket.java\"]")
        List<@Nullable String> files,

        @Nullable @Schema(
                description = "of next-action: the last 1 to 32 actions, the latest last; without them the running"
                        + " session says it",
                examples = "[\"edit code\", \"build error comes\"]")
        List<@Nullable String> actions,

        @Nullable @Schema(
                description = "of likely-fix: what was printed, at most 65536 characters",
                examples = "java.lang.IllegalStateException: the basket is closed")
        String text,

        @Nullable @Schema(
                description = "of likely-fix, instead of a text: id of the error's pattern",
                examples = "error-5f2b8c1e9a7d4c60")
        String pattern,

        @Nullable @Schema(description = "1 to 50 predictions; 10 if absent", examples = "5")
        Integer limit) {
    static final int DEFAULT_LIMIT = 10;

    private static final int LARGEST_LIMIT = 50;
    private static final int MOST_NAMES = 32;
    private static final int LONGEST_REPOSITORY = 256;
    private static final int LONGEST_PATH = 1_024;
    private static final int LONGEST_ACTION = 128;
    private static final int LONGEST_TEXT = 65_536;
    private static final int LONGEST_PATTERN = 64;

    /**
     * The question that a request asks.
     *
     * @throws ProblemException 400 if it is none, 413 if the text is too long
     */
    static Question parse(@Nullable PredictRequest request) {
        if (request == null || request.kind == null) {
            throw ProblemException.invalid("'kind' is missing");
        }
        Integer wanted = request.limit;
        int limit = wanted == null ? DEFAULT_LIMIT : wanted;
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw ProblemException.invalid("'limit' is a number from 1 to " + LARGEST_LIMIT);
        }
        String repository = text("repository", request.repository, LONGEST_REPOSITORY);
        List<String> files = texts("files", request.files, LONGEST_PATH);
        List<String> actions = texts("actions", request.actions, LONGEST_ACTION);
        return switch (request.kind) {
            case "next-action" -> new Question.NextAction(actions, limit);
            case "related-files" -> {
                if (repository == null || files.isEmpty()) {
                    throw ProblemException.invalid("related-files needs 'repository' and 'files'");
                }
                yield new Question.RelatedFiles(repository, files, limit);
            }
            case "likely-error" -> {
                if (repository == null && !files.isEmpty()) {
                    throw ProblemException.invalid("likely-error needs 'repository' beside 'files'");
                }
                yield new Question.LikelyError(repository == null ? "" : repository, files, limit);
            }
            case "likely-fix" -> fix(request, limit);
            default ->
                throw ProblemException.invalid("'kind' is next-action, related-files, likely-error or likely-fix");
        };
    }

    private static Question fix(PredictRequest request, int limit) {
        String text = request.text;
        String pattern = text("pattern", request.pattern, LONGEST_PATTERN);
        if ((text == null) == (pattern == null)) {
            throw ProblemException.invalid("likely-fix needs either 'text' or 'pattern'");
        }
        if (pattern != null) {
            return new Question.FixOfPattern(pattern, limit);
        }
        if (text == null || text.isBlank()) {
            throw ProblemException.invalid("'text' is empty");
        }
        if (text.length() > LONGEST_TEXT) {
            throw ProblemException.tooLarge("'text' has at most " + LONGEST_TEXT + " characters");
        }
        return new Question.FixOfText(text, limit);
    }

    private static @Nullable String text(String name, @Nullable String value, int longest) {
        if (value != null && (value.isEmpty() || value.length() > longest)) {
            throw ProblemException.invalid("'" + name + "' has 1 to " + longest + " characters");
        }
        return value;
    }

    private static List<String> texts(String name, @Nullable List<@Nullable String> values, int longest) {
        if (values == null) {
            return List.of();
        }
        if (values.isEmpty() || values.size() > MOST_NAMES) {
            throw ProblemException.invalid("'" + name + "' has 1 to " + MOST_NAMES + " elements");
        }
        return values.stream()
                .map(value -> {
                    String text = text(name, value, longest);
                    if (text == null) {
                        throw ProblemException.invalid("an element of '" + name + "' is null");
                    }
                    return text;
                })
                .toList();
    }
}
