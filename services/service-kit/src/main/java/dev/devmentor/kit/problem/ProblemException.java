package dev.devmentor.kit.problem;

/** Ends a request with a problem. Its message goes to the caller: no internals, nobody else's data. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;
    private final long retryAfterSeconds;

    private ProblemException(String slug, String title, int status, String detail) {
        this(slug, title, status, detail, 0);
    }

    private ProblemException(String slug, String title, int status, String detail, long retryAfterSeconds) {
        super(detail, null, false, false);
        this.problem = Problem.of(slug, title, status, detail);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** 401: who calls has not shown who they are, or not lately enough. */
    public static ProblemException unauthenticated(String slug, String detail) {
        return new ProblemException(slug, "Not authenticated", 401, detail);
    }

    /** 403 of a type of its own. */
    public static ProblemException forbidden(String slug, String detail) {
        return new ProblemException(slug, "Not allowed", 403, detail);
    }

    /** 429: too many tries; the answer says after how many seconds the next one is looked at, at least 1. */
    public static ProblemException tooMany(long retryAfterSeconds, String detail) {
        return new ProblemException("rate-limited", "Too many requests", 429, detail, Math.max(1, retryAfterSeconds));
    }

    /** 400: the request is not well-formed or breaks a rule. */
    public static ProblemException invalid(String detail) {
        return new ProblemException("invalid-request", "The request is not valid", 400, detail);
    }

    /** 404: there is no such thing, or it is not the caller's. */
    public static ProblemException notFound(String what) {
        return new ProblemException("not-found", "Not found", 404, what);
    }

    /** 403: the caller's role or scope is not enough. */
    public static ProblemException forbidden(String detail) {
        return new ProblemException("forbidden", "Not allowed", 403, detail);
    }

    /** 409: it contradicts what is already there. */
    public static ProblemException conflict(String slug, String detail) {
        return new ProblemException(slug, "Contradicts what is already there", 409, detail);
    }

    /** 413: larger than this service takes. */
    public static ProblemException tooLarge(String detail) {
        return new ProblemException("too-large", "Too large", 413, detail);
    }

    /** 415: neither a form that this service reads nor what it says that it is. */
    public static ProblemException unsupported(String detail) {
        return new ProblemException("unsupported-media-type", "Unsupported Media Type", 415, detail);
    }

    /** 422: a document that is well-formed as a request, but cannot be read or says nothing. */
    public static ProblemException unreadable(String detail) {
        return new ProblemException("unreadable-document", "The document cannot be read", 422, detail);
    }

    /** 501: this installation lacks what it takes. */
    public static ProblemException notImplemented(String detail) {
        return new ProblemException("not-implemented", "Not possible in this installation", 501, detail);
    }

    /** 503: a part of the platform is down; try again later. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException("unavailable", "Temporarily unavailable", 503, detail);
    }

    /** Value of {@code Retry-After} in seconds; 0 for none. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The problem to answer. */
    public Problem problem() {
        return problem;
    }
}
