package dev.devmentor.learning.transfer;

import dev.devmentor.events.Decoded;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventDecoder;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventType;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.events.TaskCompleted;
import dev.devmentor.events.TaskCreated;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Failures;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.KnownEntries;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import dev.devmentor.learning.note.NoteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One import, from the file to the log. Events go out by the outbox, a batch in each transaction, and never more than some
 * thousand ahead of what the log has taken in: an import neither floods Kafka nor waits for its end to know how far it is.
 */
final class ImportRun implements ImportSink {
    private static final Logger LOG = Logger.getLogger(ImportRun.class);
    private static final int BATCH = 1_000;
    private static final int BATCH_BYTES = 1 << 20;
    private static final int MOST_OUTSTANDING = 6;
    private static final int DIRECT_BATCH = 500;
    private static final int ROWS_PER_REPORT = 2_000;

    /** What a run needs of the service. */
    record Parts(
            Transactions transactions,
            Learners learners,
            ReviewLog log,
            KnownEntries known,
            CardTable cards,
            NoteTable notes,
            ImportJobTable jobs,
            ImportedSettings settings,
            TransferConfig config,
            Clock clock) {}

    /** It ends here, and is no failure of the service. */
    private static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;
        private final String state;

        Stopped(String state, @Nullable String message) {
            super(message);
            this.state = state;
        }
    }

    /** An event on its way out. Of a card the id is the beginning of one: what it says, without when it changed. */
    private record Outgoing(String eventId, Object data, boolean card) {}

    /** A batch that was sent: what of it has to be found in the log. */
    private record Chunk(Set<String> answers, Set<String> events) {
        int size() {
            return answers.size() + events.size();
        }
    }

    private record Later(LogEntry entry, boolean onlyOfCards) {}

    private final Parts parts;
    private final UUID id;
    private final String learner;
    private final long learnerId;
    private final boolean dryRun;
    private final boolean shiftToNow;
    private final String source;
    private final Counts counts = new Counts();
    private final EventDecoder decoder = new EventDecoder();
    private final List<Outgoing> batch = new ArrayList<>(BATCH);
    private final Deque<Chunk> outstanding = new ArrayDeque<>();
    private final List<Later> later = new ArrayList<>();
    private int batchBytes;
    private long rowsSinceReport;
    private String state = ImportJobTable.READING;
    private KnownEntries.@Nullable ItemTimes itemTimes;

    /**
     * A run.
     *
     * @param kind of file; part of the source of its events
     */
    ImportRun(Parts parts, UUID id, Learner learner, String kind, boolean dryRun, boolean shiftToNow) {
        this.parts = parts;
        this.id = id;
        this.learner = learner.sub();
        this.learnerId = learner.id();
        this.dryRun = dryRun;
        this.shiftToNow = shiftToNow;
        this.source = Naming.source(kind, learner.sub());
    }

    void run(ImportSource reader, Path file, Path scratch) {
        String end = "failed";
        try {
            reader.read(file, scratch, this);
            flush();
            state = ImportJobTable.APPLYING;
            while (!outstanding.isEmpty()) {
                settle();
            }
            recordLater();
            end = "done";
        } catch (Stopped stopped) {
            end = stopped.state;
            counts.error = stopped.getMessage();
        } catch (ImportRefused refused) {
            counts.error = refused.getMessage();
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            LOG.errorf(failure, "import %s failed", id);
            counts.error = "it failed, and the failure is logged under " + id + "; what was sent is not lost";
        }
        state = end;
        try {
            retrying(() -> parts.transactions().run(work -> reported(work, null)));
        } catch (IOException | SQLException | RuntimeException failure) {
            LOG.errorf(failure, "the end of import %s cannot be stored", id);
        }
    }

    @Override
    public String learner() {
        return learner;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public boolean dryRun() {
        return dryRun;
    }

    @Override
    public void found(Found found, long rows) throws IOException {
        counts.total = rows;
        report(found);
    }

    @Override
    public void read(long rows) throws IOException {
        counts.read += rows;
        rowsSinceReport += rows;
        if (rowsSinceReport >= ROWS_PER_REPORT) {
            report(null);
        }
    }

    @Override
    public void leftOut(String reason, long count) {
        counts.leaveOut(reason, count);
    }

    @Override
    public void badLine(long line, String reason) {
        counts.badLine(line, reason);
    }

    private void report(@Nullable Found found) throws IOException {
        rowsSinceReport = 0;
        if (!stored(() -> parts.transactions().run(work -> reported(work, found)))) {
            throw new Stopped("cancelled", null);
        }
    }

    private boolean reported(UnitOfWork work, @Nullable Found found) throws SQLException {
        return parts.jobs()
                .report(
                        work.connection(),
                        id,
                        state,
                        counts,
                        found,
                        Micros.of(parts.clock().instant()));
    }

    /** Work on the database. */
    @FunctionalInterface
    private interface Storing<R> {
        R store() throws SQLException, IOException;
    }

    private <R> R stored(Storing<R> storing) throws IOException {
        try {
            return retrying(storing);
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
    }

    /** Waits while the database is away, as long as somebody who waits for the import would. */
    private <R> R retrying(Storing<R> storing) throws SQLException, IOException {
        long until = System.nanoTime() + parts.config().patience().toNanos();
        while (true) {
            try {
                return storing.store();
            } catch (SQLException failure) {
                if (!Failures.isTransient(failure) || System.nanoTime() > until) {
                    throw failure;
                }
            }
            pause();
        }
    }

    private void pause() throws IOException {
        if (Thread.interrupted()) {
            throw new Stopped(ImportJobTable.INTERRUPTED, null);
        }
        LockSupport.parkNanos(parts.config().poll().toNanos());
    }

    /** The learner, locked; an erased one ends the import, also if somebody of the same id has come since. */
    private Learner locked(UnitOfWork work) throws SQLException, IOException {
        Learner locked =
                parts.learners().lock(work.connection(), List.of(learner)).get(learner);
        if (locked == null || locked.id() != learnerId) {
            throw new Stopped("cancelled", "the learner was erased");
        }
        return locked;
    }

    /** Work in a transaction that may also end the import. */
    @FunctionalInterface
    private interface Locked<R> {
        R with(UnitOfWork work, Learner locked) throws SQLException, IOException;
    }

    private <R> R inTransaction(Locked<R> body) throws IOException {
        return stored(() -> {
            IOException[] ended = new IOException[1];
            try {
                return parts.transactions().run(work -> {
                    try {
                        return body.with(work, locked(work));
                    } catch (IOException end) {
                        ended[0] = end;
                        throw new SQLException("the import ends");
                    }
                });
            } catch (SQLException failure) {
                if (ended[0] != null) {
                    throw ended[0];
                }
                throw failure;
            }
        });
    }

    @Override
    public int shiftDays(String collection, long lastMillis) throws IOException {
        long wanted = shiftToNow ? Math.floorDiv(parts.clock().millis() - lastMillis, TimeUnit.DAYS.toMillis(1)) : 0;
        int days = inTransaction((work, locked) -> {
            Integer before = parts.jobs().shiftOf(work.connection(), learnerId, collection);
            int chosen = before == null ? (int) Math.clamp(wanted, -100_000, 100_000) : before;
            parts.jobs().moved(work.connection(), id, collection, chosen);
            return chosen;
        });
        if (days != wanted) {
            counts.leaveOut("a move of all times (they are moved as at the first import of this collection)", 1);
        }
        counts.shiftDays = days;
        return days;
    }

    @Override
    public boolean isInLog(String item, long millis) throws IOException {
        KnownEntries.ItemTimes times = itemTimes;
        if (times == null) {
            times = inTransaction((work, locked) -> parts.known().itemTimes(work.connection(), learnerId));
            itemTimes = times;
        }
        return times.has(item, millis);
    }

    @Override
    public void card(MemoryUpdated memory) throws IOException {
        String says = EventEncoder.contentId(
                memory.memoryId(),
                memory.title(),
                Objects.requireNonNullElse(memory.text(), ""),
                String.join("\n", memory.skills()),
                Objects.requireNonNullElse(memory.deck(), ""),
                Objects.requireNonNullElse(memory.group(), ""));
        add(new Outgoing(says, memory, true));
    }

    @Override
    public void event(String eventId, Object data) throws IOException {
        add(new Outgoing(eventId, data, false));
    }

    private void add(Outgoing outgoing) throws IOException {
        Outgoing checked = switch (outgoing.data()) {
            case QuizAnswered answer -> checked(EventTypes.QUIZ_ANSWERED, outgoing, answer);
            case MemoryUpdated memory -> checked(EventTypes.MEMORY_UPDATED, outgoing, memory);
            case TaskCreated task -> checked(EventTypes.TASK_CREATED, outgoing, task);
            case TaskCompleted task -> checked(EventTypes.TASK_COMPLETED, outgoing, task);
            default ->
                throw new IllegalArgumentException(
                        "an event of " + outgoing.data().getClass());
        };
        if (checked == null) {
            return;
        }
        batch.add(checked);
        if (batch.size() >= BATCH || batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    /** The event as the contract reads it; null if it breaks the contract, which is counted with the rule that it breaks. */
    private <T> @Nullable Outgoing checked(EventType<T> type, Outgoing outgoing, T data) {
        byte[] bytes = EventEncoder.encodeData(type, data);
        Decoded<T> decoded = decoder.decodeData(type, Envelope.of(type, source, outgoing.eventId(), null), bytes);
        return switch (decoded) {
            case Decoded.Accepted<T>(var event) -> {
                batchBytes += bytes.length;
                yield new Outgoing(outgoing.eventId(), event.data(), outgoing.card());
            }
            case Decoded.Rejected<T>(var _, String detail) -> {
                counts.leaveOut("what breaks the contract of " + type.name() + " (" + detail + ")", 1);
                yield null;
            }
        };
    }

    private void flush() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        while (outstanding.size() >= MOST_OUTSTANDING) {
            settle();
        }
        Chunk chunk = inTransaction((work, locked) -> publish(work));
        if (chunk.size() > 0) {
            outstanding.add(chunk);
        }
        counts.sent += chunk.size();
        counts.alreadyThere += batch.size() - chunk.size();
        batch.clear();
        batchBytes = 0;
        report(null);
    }

    private Chunk publish(UnitOfWork work) throws SQLException {
        Set<String> answerIds = new HashSet<>();
        Set<String> eventIds = new HashSet<>();
        Set<String> memoryIds = new HashSet<>();
        for (Outgoing outgoing : batch) {
            if (outgoing.data() instanceof QuizAnswered answer) {
                answerIds.add(answer.answerId());
            } else if (outgoing.card()) {
                memoryIds.add(((MemoryUpdated) outgoing.data()).memoryId());
            } else {
                eventIds.add(outgoing.eventId());
            }
        }
        Set<String> known = parts.known().answers(work.connection(), learnerId, answerIds);
        known.addAll(parts.known().events(work.connection(), learnerId, source, eventIds));
        Map<String, NoteTable.EventName> changes = parts.notes().lastChanges(work.connection(), learnerId, memoryIds);
        Chunk chunk = new Chunk(new HashSet<>(), new HashSet<>());
        for (Outgoing outgoing : batch) {
            switch (outgoing.data()) {
                case QuizAnswered answer
                when !known.contains(answer.answerId()) -> {
                    if (chunk.answers().add(answer.answerId())) {
                        work.publish(
                                EventTypes.QUIZ_ANSWERED,
                                envelope(EventTypes.QUIZ_ANSWERED, outgoing.eventId()),
                                learner,
                                answer);
                    }
                }
                case MemoryUpdated memory when outgoing.card() -> publishCard(work, outgoing, memory, changes, chunk);
                case MemoryUpdated memory
                when isNew(outgoing, known, chunk) ->
                    work.publish(
                            EventTypes.MEMORY_UPDATED,
                            envelope(EventTypes.MEMORY_UPDATED, outgoing.eventId()),
                            learner,
                            memory);
                case TaskCreated task
                when isNew(outgoing, known, chunk) ->
                    work.publish(
                            EventTypes.TASK_CREATED,
                            envelope(EventTypes.TASK_CREATED, outgoing.eventId()),
                            learner,
                            task);
                case TaskCompleted task
                when isNew(outgoing, known, chunk) ->
                    work.publish(
                            EventTypes.TASK_COMPLETED,
                            envelope(EventTypes.TASK_COMPLETED, outgoing.eventId()),
                            learner,
                            task);
                default -> {
                    // It is in the log already.
                }
            }
        }
        return chunk;
    }

    private static boolean isNew(Outgoing outgoing, Set<String> known, Chunk chunk) {
        return !known.contains(outgoing.eventId()) && chunk.events().add(outgoing.eventId());
    }

    private Envelope envelope(EventType<?> type, String eventId) {
        return Envelope.of(type, source, eventId, parts.clock().instant());
    }

    /** Nothing that the note says already, and nothing over a note that somebody else keeps. */
    private void publishCard(
            UnitOfWork work,
            Outgoing outgoing,
            MemoryUpdated memory,
            Map<String, NoteTable.EventName> changes,
            Chunk chunk) {
        NoteTable.EventName last = changes.get(memory.memoryId());
        if (last != null && (!last.source().equals(source) || last.id().startsWith(outgoing.eventId() + "-"))) {
            return;
        }
        String eventId = outgoing.eventId() + "-" + memory.version();
        if (chunk.events().add(eventId)) {
            work.publish(EventTypes.MEMORY_UPDATED, envelope(EventTypes.MEMORY_UPDATED, eventId), learner, memory);
        }
    }

    /** Waits until the oldest batch is in the log. */
    private void settle() throws IOException {
        Chunk oldest = outstanding.getFirst();
        long before = counts.applied;
        long seen = 0;
        long until = System.nanoTime() + parts.config().patience().toNanos();
        while (true) {
            long there = inLog(oldest);
            counts.applied = before + there;
            if (there == oldest.size()) {
                outstanding.removeFirst();
                report(null);
                return;
            }
            if (there > seen) {
                seen = there;
                until = System.nanoTime() + parts.config().patience().toNanos();
            } else if (System.nanoTime() > until) {
                throw new Stopped(
                        "failed",
                        "of what was sent, " + (oldest.size() - there) + " events were not applied within "
                                + parts.config().patience().toSeconds()
                                + " s; what is in Kafka is not lost, and importing again doubles nothing");
            }
            report(null);
            pause();
        }
    }

    private long inLog(Chunk chunk) throws IOException {
        return stored(() -> parts.transactions()
                .run(work -> (long) parts.known()
                                .answers(work.connection(), learnerId, chunk.answers())
                                .size()
                        + parts.known()
                                .events(work.connection(), learnerId, source, chunk.events())
                                .size()));
    }

    @Override
    public void later(LogEntry entry, boolean onlyOfCards) {
        later.add(new Later(entry, onlyOfCards));
    }

    private void recordLater() throws IOException {
        for (int from = 0; from < later.size(); from += DIRECT_BATCH) {
            List<Later> some = later.subList(from, Math.min(from + DIRECT_BATCH, later.size()));
            inTransaction((work, locked) -> {
                record(work, some);
                return true;
            });
            report(null);
        }
    }

    private void record(UnitOfWork work, List<Later> some) throws SQLException {
        Set<CardKey> keys = new HashSet<>();
        for (Later one : some) {
            keys.add(new CardKey(learnerId, Objects.requireNonNull(one.entry().item())));
        }
        Map<CardKey, Card> cards = parts.cards().find(work.connection(), keys);
        Map<String, LogEntry> entries = LinkedHashMap.newLinkedHashMap(some.size());
        for (Later one : some) {
            LogEntry entry = one.entry();
            Card card = cards.get(new CardKey(learnerId, Objects.requireNonNull(entry.item())));
            if (one.onlyOfCards() && card == null) {
                counts.leaveOut("resets, moved due dates and decks of cards that were never answered", 1);
            } else if (card != null && saysNothingNew(entry, card)) {
                counts.alreadyThere++;
            } else {
                entries.putIfAbsent(entry.eventId(), entry);
            }
        }
        for (Recorded recorded : parts.log().record(work, List.copyOf(entries.values()))) {
            switch (recorded) {
                case Recorded.Added _ -> counts.recorded++;
                case Recorded.Repeated _ -> counts.alreadyThere++;
                case Recorded.Contradicting _ -> counts.leaveOut("entries that contradict what is in the log", 1);
                case Recorded.OfErased _ -> throw new IllegalStateException("a learner was erased while locked");
            }
        }
    }

    private static boolean saysNothingNew(LogEntry entry, Card card) {
        // A time that is chosen here says that it is about how things are, not about what happened.
        return entry.atAssigned()
                && switch (entry.kind()) {
                    case DECK -> card.state().deck().equals(entry.ref());
                    case SUSPEND -> card.state().suspended();
                    default -> false;
                };
    }

    @Override
    public void settings(List<LogEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        long recorded = inTransaction((work, locked) -> parts.settings().record(work, locked, entries));
        if (recorded < 0) {
            counts.leaveOut("settings and weights, for you have settings of your own", entries.size());
        } else {
            counts.recorded += recorded;
            counts.alreadyThere += entries.size() - recorded;
        }
    }
}
