package dev.devmentor.pbml.log;

/** The CloudEvents source of what this service itself sends and records. */
public final class EventSource {
    /** Source of this service's events. */
    public static final String URI = "/devmentor/pbml-service";

    private EventSource() {}
}
