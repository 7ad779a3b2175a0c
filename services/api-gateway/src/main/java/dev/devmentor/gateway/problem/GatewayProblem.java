package dev.devmentor.gateway.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure of the gateway's own (RFC 9457).
 *
 * @param type last part of the type's URI, which docs/problems.md lists
 * @param title of the type
 * @param detail of this occurrence, with nothing that the caller did not send; null for none
 * @param headers of the answer, such as {@code Retry-After}
 */
public record GatewayProblem(
        String type, String title, int status, @Nullable String detail, Map<String, String> headers) {
    public GatewayProblem {
        headers = Map.copyOf(headers);
    }

    public static GatewayProblem of(String type, String title, int status, @Nullable String detail) {
        return new GatewayProblem(type, title, status, detail, Map.of());
    }

    /** 401: no token where one is needed, or a bad one. */
    public static GatewayProblem unauthorized(String detail) {
        return new GatewayProblem(
                "unauthorized", "Not authenticated", 401, detail, Map.of("WWW-Authenticate", "Bearer"));
    }

    /** 403. */
    public static GatewayProblem forbidden(String detail) {
        return of("forbidden", "Not allowed", 403, detail);
    }

    /** What a status says that a framework has given. */
    static GatewayProblem ofStatus(int status) {
        return switch (status) {
            case 404 -> notFound();
            case 405 -> of("method-not-allowed", "Method Not Allowed", 405, "this method is not served here");
            case 406 -> of("not-acceptable", "Not Acceptable", 406, "there is no such form of it");
            case 413 -> of("too-large", "The body is too large", 413, null);
            case 415 ->
                of("unsupported-media-type", "Unsupported Media Type", 415, "a body of this kind is not taken here");
            default ->
                status >= 500
                        ? of("internal-error", "Internal Server Error", status, null)
                        : of("invalid-request", "The request is not valid", status, null);
        };
    }

    /** 404: no route for this path. */
    public static GatewayProblem notFound() {
        return of("not-found", "Not Found", 404, "nothing is at this path");
    }

    /** 400: a request that no service should see. */
    public static GatewayProblem malformed(String detail) {
        return of("malformed-request", "The request is malformed", 400, detail);
    }

    /** 408. */
    public static GatewayProblem requestTimeout(String detail) {
        return of("request-timeout", "The request did not come in time", 408, detail);
    }

    /** 429. */
    public static GatewayProblem tooMany(long retryAfterSeconds, String detail) {
        return new GatewayProblem(
                "rate-limited",
                "Too many requests",
                429,
                detail,
                Map.of("Retry-After", Long.toString(retryAfterSeconds)));
    }

    /** 503 with the time after which it is worth another try. */
    public static GatewayProblem unavailable(long retryAfterSeconds, String detail) {
        return new GatewayProblem(
                "unavailable",
                "Temporarily unavailable",
                503,
                detail,
                Map.of("Retry-After", Long.toString(retryAfterSeconds)));
    }

    /** 504: the service did not answer in time. */
    public static GatewayProblem timeout() {
        return of("upstream-timeout", "The service did not answer in time", 504, null);
    }

    /** 502: the service answered something that is no HTTP, or hung up. */
    public static GatewayProblem badAnswer() {
        return of("bad-upstream-answer", "The service gave no proper answer", 502, null);
    }

    /** Whether nothing more is read of who sent this by HTTP/1: what follows might be meant otherwise, too. */
    public boolean endsConnection() {
        return type.equals("malformed-request");
    }

    /** As {@code application/problem+json}. */
    public String json() {
        StringBuilder json = new StringBuilder(160)
                .append("{\"type\":\"https://devmentor.dev/problems/")
                .append(type)
                .append("\",\"title\":\"")
                .append(title)
                .append("\",\"status\":")
                .append(status);
        if (detail != null) {
            json.append(",\"detail\":\"");
            escape(detail, json);
            json.append('"');
        }
        return json.append('}').toString();
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(' ');
            } else {
                out.append(c);
            }
        }
    }
}
