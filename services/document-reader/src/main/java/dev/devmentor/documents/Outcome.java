package dev.devmentor.documents;

import java.util.List;

/** What became of a document. */
public sealed interface Outcome {
    /**
     * It was read.
     *
     * @param format what it was
     * @param lines clean as {@link TextLines} makes them; never empty
     */
    record Text(Format format, List<String> lines) implements Outcome {
        public Text {
            lines = List.copyOf(lines);
        }
    }

    /** It was not read. */
    record Refused(Refusal reason) implements Outcome {}
}
