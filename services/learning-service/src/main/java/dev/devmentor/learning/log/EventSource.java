package dev.devmentor.learning.log;

/** The CloudEvents source of what this service itself sends. */
public final class EventSource {
    /** Source of this service's events. */
    public static final String URI = "/devmentor/learning-service";

    private EventSource() {}
}
