package dev.devmentor.documents;

import java.util.Locale;

/** What a document is, by its content. */
public enum Format {
    /** Portable Document Format. */
    PDF,
    /** WordprocessingML, what word processors save as .docx. */
    DOCX,
    /** Plain text. */
    TEXT,
    /** Whichever of the three it turns out to be. */
    ANY;

    /** The name on the reader's command line and in metrics. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Format ofWireName(String name) {
        for (Format format : values()) {
            if (format.wireName().equals(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException("no format " + name);
    }
}
