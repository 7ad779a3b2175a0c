package dev.devmentor.learning.transfer;

import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.learning.log.LogEntry;
import java.io.IOException;
import java.util.List;

/** Takes what a file has. Any call may end the import by an exception: it was cancelled, or its person is gone. */
interface ImportSink {
    /** Whose import it is. */
    String learner();

    /** The source of all events of this import. */
    String source();

    /** What the file has, and how many rows will be {@linkplain #read read}. */
    void found(Found found, long rows) throws IOException;

    /** Whether nothing is to be imported. */
    boolean dryRun();

    /**
     * By how many days all times move.
     *
     * @param collection what a repeat of this import can be known by
     * @param lastMillis time of the newest answer
     */
    int shiftDays(String collection, long lastMillis) throws IOException;

    /** Rows were read. */
    void read(long rows) throws IOException;

    /**
     * A card's content. Its event gets an id that follows from what it says; if the note says that already, nothing is
     * sent.
     */
    void card(MemoryUpdated memory) throws IOException;

    /** An event that is sent as it is. */
    void event(String eventId, Object data) throws IOException;

    /** An answer; the id of its event is that of the answer. */
    default void answer(QuizAnswered answer) throws IOException {
        event(answer.answerId(), answer);
    }

    /** Whether an item was answered, reset or moved at a time, according to the log. */
    boolean isInLog(String item, long millis) throws IOException;

    /**
     * An entry that no event can say: it is recorded after everything that was sent is in the log.
     *
     * @param onlyOfCards whether it is left out where the item has no card
     */
    void later(LogEntry entry, boolean onlyOfCards) throws IOException;

    /** Settings and weights, recorded at once, for answers are computed under them. */
    void settings(List<LogEntry> entries) throws IOException;

    /** Something is left out, and named. */
    void leftOut(String reason, long count);

    /** A line cannot be read. */
    void badLine(long line, String reason);
}
