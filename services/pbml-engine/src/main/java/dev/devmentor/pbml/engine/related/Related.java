package dev.devmentor.pbml.engine.related;

import java.util.List;

/**
 * A file that may go with a change.
 *
 * @param path of the file
 * @param probability that it is modified with the change; learnt to come true as often as it says
 * @param reason what speaks for it most plainly
 * @param together how many of the latest commits of the query's file touched it too
 * @param of how many latest commits of the query's file are known
 * @param sharedWords words that the two names share, of the words of either, 0 to 1
 * @param evidence ids of commits behind it, the latest first, at most {@value #MOST_EVIDENCE}: those that touched both
 *     files or, if there are none, those that touched this one
 */
public record Related(
        String path,
        double probability,
        Reason reason,
        int together,
        int of,
        double sharedWords,
        List<String> evidence) {

    static final int MOST_EVIDENCE = 5;

    /** What speaks for a file, the plainest first. */
    public enum Reason {
        /** Both were changed by the same commits. */
        CHANGED_TOGETHER,
        /** The same name but for its role or its place: a class and its test, a header, a translation. */
        SAME_NAME,
        /** It was changed with neighbours and namesakes of the query's file. */
        CHANGED_WITH_NEIGHBOURS,
        /** Words of the names agree. */
        SIMILAR_NAME,
        /** The same directory. */
        SAME_DIRECTORY,
        /** It is being worked on. */
        CHANGED_LATELY
    }
}
