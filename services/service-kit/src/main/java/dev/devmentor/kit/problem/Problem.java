package dev.devmentor.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem.
 *
 * @param type stable URI, listed in docs/problems.md
 * @param title the kind of problem in a few words, the same for every occurrence
 * @param status HTTP status code
 * @param detail what is wrong this time and what to do
 * @param instance request id, to be found in the logs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "title", "status", "detail", "instance"})
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance) {
    /** Media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String BASE = "https://devmentor.dev/problems/";

    static Problem of(String slug, String title, int status, @Nullable String detail) {
        return new Problem(BASE + slug, title, status, detail, null);
    }
}
