package dev.devmentor.documents;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a document was not read. The code is what the process that reads ends with; 0 is success, 3 is what the JVM itself
 * ends with when memory is out.
 */
public enum Refusal {
    /** Nothing in it, or nothing but white space. */
    EMPTY(10, "the file is empty"),
    /** Neither PDF nor DOCX nor text. */
    UNSUPPORTED(11, "this is no PDF, DOCX or plain text"),
    /** Something else than what its sender calls it. */
    MISMATCH(12, "the content is not what its media type says"),
    /** Damaged or cut off. */
    BROKEN(13, "the file is damaged or incomplete"),
    /** Needs a password. */
    ENCRYPTED(14, "the file is encrypted; save it without a password"),
    /** More bytes than the limit. */
    TOO_LARGE(15, "the file is too large"),
    /** More pages than the limit. */
    TOO_MANY_PAGES(16, "the file has too many pages"),
    /** More text than the limit. */
    TOO_LONG(17, "the text is too long"),
    /** A small file that unpacks to a huge one. */
    EXPANDS(18, "the file unpacks to far more than its size"),
    /** Nested deeper than the limit. */
    TOO_DEEP(19, "the file is nested too deeply"),
    /** A document type or an entity in XML; no word processor writes one. */
    FORBIDDEN_XML(20, "the file has a document type declaration, which is not read"),
    /** Readable, but pictures alone. */
    NO_TEXT(21, "the file has no text; if it is a scan, send the text instead"),
    /** Not done within the time limit. */
    TOO_SLOW(22, "reading the file took too long"),
    /** Not done within the memory limit. */
    TOO_MUCH_MEMORY(3, "reading the file takes too much memory"),
    /** The process ended in a way that nobody foresaw. */
    CRASHED(1, "the file cannot be read"),
    /** Others are being read, and the wait for a place was in vain. No code: the process was not started. */
    BUSY(-1, "too many documents are being read; try again later"),
    /** There is nothing to start. No code. */
    UNAVAILABLE(-2, "this installation cannot read PDF and DOCX");

    private final int code;
    private final String sentence;

    Refusal(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** Exit code of the process. */
    public int code() {
        return code;
    }

    /** For people; says nothing of the content. */
    public String sentence() {
        return sentence;
    }

    /** The name in metrics. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason behind an exit code; any other code than a documented one is a crash. */
    static Refusal ofCode(int code) {
        @Nullable Refusal found = null;
        for (Refusal refusal : values()) {
            if (refusal.code == code && code > 0) {
                found = refusal;
            }
        }
        return found == null ? CRASHED : found;
    }
}
