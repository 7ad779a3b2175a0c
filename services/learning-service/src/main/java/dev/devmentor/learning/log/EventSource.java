package dev.devmentor.learning.log;

/** The CloudEvents source of what this service itself sends. */
public final class EventSource {
    /** Source of this service's events. */
    public static final String URI = "/devmentor/learning-service";

    private static final String IMPORT = "/devmentor/import/";

    private EventSource() {}

    /** Source of what an import sends. */
    public static String ofImport(String kind, String learnerHash) {
        return IMPORT + kind + "/" + learnerHash;
    }

    /** Whether an import sent it, which then also says what of it belongs into the log beside. */
    public static boolean isImport(String source) {
        return source.startsWith(IMPORT);
    }
}
