package dev.devmentor.learning.card;

import dev.devmentor.events.EventEncoder;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Why;
import dev.devmentor.learning.fit.Calibration;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.EntryTable;
import dev.devmentor.learning.log.EventSource;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.log.Recorded;
import dev.devmentor.learning.log.ReviewLog;
import dev.devmentor.learning.log.StoredEntry;
import dev.devmentor.learning.note.NoteTable;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's cards. */
@Path("/api/learning/cards/{itemId}")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Cards")
public class CardResource {
    private static final int MOST_HISTORY = 500;
    private static final int LONGEST_ITEM = 256;
    private static final int LONGEST_KEY = 128;

    private final Caller caller;
    private final Learners learners;
    private final CardTable cards;
    private final EntryTable entries;
    private final NoteTable notes;
    private final ReviewLog log;
    private final Calibration calibration;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    CardResource(
            Caller caller,
            Learners learners,
            CardTable cards,
            EntryTable entries,
            NoteTable notes,
            ReviewLog log,
            Calibration calibration,
            Transactions transactions,
            AgroalDataSource dataSource,
            Clock clock) {
        this.caller = caller;
        this.learners = learners;
        this.cards = cards;
        this.entries = entries;
        this.notes = notes;
        this.log = log;
        this.calibration = calibration;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "A card, why it is due when it is, and its history")
    public CardDetail card(
            @Parameter(example = "sql-joins-1") @PathParam("itemId") String itemId,
            @Parameter(description = "entries of the history, newest first, 0 to 500", example = "50")
                    @QueryParam("history")
                    @DefaultValue("50")
                    String historyLength)
            throws SQLException {
        int history = QueryNumber.parse("history", historyLength, 0, MOST_HISTORY);
        String sub = caller.id();
        long now = Micros.of(clock.instant());
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, sub);
            Card card = learner == null ? null : find(connection, learner, itemId);
            if (learner == null || card == null) {
                throw ProblemException.notFound("you have no card of this item");
            }
            String title =
                    notes.titles(connection, learner.id(), List.of(itemId)).get(itemId);
            Predictor predictor = calibration.predictor(connection, learner);
            List<StoredEntry> newest = entries.newestOfCard(connection, learner.id(), sub, itemId, history + 1);
            return new CardDetail(
                    CardView.of(card, predictor, title, now),
                    why(card.state(), whyOf(connection, learner, card, now), predictor, now),
                    newest.stream().limit(history).map(CardResource::show).toList(),
                    newest.size() <= history);
        }
    }

    /**
     * Something done to a card other than answering it.
     *
     * @param action undo, reset, suspend, resume, reschedule or deck
     * @param answerId of undo; the newest answer if absent
     * @param dueAt of reschedule, RFC 3339
     * @param deck of deck, at most 128 characters; empty for none
     */
    @Schema(examples = "{\"action\": \"reschedule\", \"dueAt\": \"2026-03-01T04:00:00Z\"}")
    public record Action(
            @Nullable String action,
            @Nullable String answerId,
            @Nullable String dueAt,
            @Nullable String deck) {}

    @POST
    @Path("/actions")
    @Operation(
            summary = "Undo, reset, suspend, resume, reschedule or put into a deck",
            description =
                    "An entry of the log like an answer; undo restores the state to the bit. Idempotency-Key makes"
                            + " repeating it safe.")
    public CardView act(
            @Parameter(example = "sql-joins-1") @PathParam("itemId") String itemId,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Nullable Action action)
            throws SQLException {
        if (action == null || action.action() == null) {
            throw ProblemException.invalid("'action' is one of undo, reset, suspend, resume, reschedule, deck");
        }
        if (itemId.length() > LONGEST_ITEM || (idempotencyKey != null && idempotencyKey.length() > LONGEST_KEY)) {
            throw ProblemException.invalid("the item has at most 256 characters, the Idempotency-Key at most 128");
        }
        String sub = caller.id();
        long now = Micros.of(clock.instant());
        String eventId = idempotencyKey == null
                ? UUID.randomUUID().toString()
                : EventEncoder.contentId("action", sub, itemId, idempotencyKey);
        return transactions.runRetrying(work -> {
            Learner learner = learners.lock(work.connection(), List.of(sub)).get(sub);
            if (learner == null || find(work.connection(), learner, itemId) == null) {
                throw ProblemException.notFound("you have no card of this item");
            }
            LogEntry entry = entry(work.connection(), learner, itemId, eventId, now, action);
            Card card = switch (log.record(work, List.of(entry)).getFirst()) {
                case Recorded.Added(var _, Card after) -> after;
                case Recorded.Repeated(var _, Card after) -> after;
                case Recorded.Contradicting _ ->
                    throw ProblemException.conflict(
                            "conflicting-duplicate", "this Idempotency-Key was used for another action");
                case Recorded.OfErased _ -> throw ProblemException.notFound("this learner was erased");
            };
            Predictor predictor = calibration.predictor(work.connection(), learner);
            return CardView.of(Objects.requireNonNull(card), predictor, null, now);
        });
    }

    private Why whyOf(Connection connection, Learner learner, Card card, long now) throws SQLException {
        return Why.why(
                card.state(),
                log.foldOf(connection, learner),
                new CardFold.Subject(card.key().item(), card.skills()),
                now);
    }

    private LogEntry entry(
            Connection connection, Learner learner, String itemId, String eventId, long now, Action action)
            throws SQLException {
        String name = Objects.requireNonNull(action.action());
        EntryKind kind = switch (name) {
            case "undo" -> EntryKind.UNDO;
            case "reset" -> EntryKind.RESET;
            case "suspend" -> EntryKind.SUSPEND;
            case "resume" -> EntryKind.RESUME;
            case "reschedule" -> EntryKind.RESCHEDULE;
            case "deck" -> EntryKind.DECK;
            default ->
                throw ProblemException.invalid("'action' is one of undo, reset, suspend, resume, reschedule, deck");
        };
        LogEntry entry = LogEntry.ofCard(learner.sub(), kind, now, EventSource.URI, eventId, itemId)
                .withAssignedTime();
        return switch (kind) {
            case UNDO -> entry.withRef(answerToUndo(connection, learner, itemId, action.answerId(), eventId));
            case RESCHEDULE -> {
                if (action.dueAt() == null) {
                    throw ProblemException.invalid("'dueAt' is missing");
                }
                yield entry.withDue(time(action.dueAt()));
            }
            case DECK -> {
                if (action.deck() == null || action.deck().length() > LONGEST_KEY) {
                    throw ProblemException.invalid("'deck' has at most 128 characters; empty for none");
                }
                yield entry.withRef(action.deck());
            }
            default -> entry;
        };
    }

    private String answerToUndo(
            Connection connection, Learner learner, String itemId, @Nullable String answerId, String eventId)
            throws SQLException {
        String found = entries.answerToUndo(connection, learner.id(), itemId, answerId, eventId);
        if (found == null) {
            throw ProblemException.notFound("the card has no such answer to take back");
        }
        return found;
    }

    private @Nullable Card find(Connection connection, Learner learner, String itemId) throws SQLException {
        CardKey key = new CardKey(learner.id(), itemId);
        Map<CardKey, Card> found = cards.find(connection, List.of(key));
        return found.get(key);
    }

    private static long time(String value) {
        try {
            return Micros.of(Micros.requireInReach(OffsetDateTime.parse(value).toInstant()));
        } catch (DateTimeException unreadable) {
            throw ProblemException.invalid(
                    "'dueAt' is RFC 3339 with an offset, such as 2026-03-01T04:00:00Z, in the years 1970 to 2200");
        }
    }

    private static CardDetail.WhyDue why(CardState state, Why why, Predictor predictor, long now) {
        String reason = why.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        Double whenDue = !state.isReviewed() || state.dueAtMicros() == CardState.NOT_DUE
                ? null
                : predictor.recall(state, state.dueAtMicros());
        return new CardDetail.WhyDue(
                reason,
                text(state, why),
                state.scheduledBy() == null ? null : state.scheduledBy().wireName(),
                state.scheduledBy() == null ? null : state.scheduledRetention(),
                state.isReviewed() ? state.scheduledDays() : null,
                state.isReviewed() ? predictor.recall(state, now) : null,
                whenDue,
                why.elapsedDays());
    }

    private static String text(CardState state, Why why) {
        return switch (why.reason()) {
            case NEVER_ANSWERED -> "it was never answered";
            case FAILED -> "the last answer was wrong, so it comes again soon";
            case MOVED -> "its due date was moved by hand";
            case INTERVAL ->
                String.format(
                        Locale.ROOT,
                        "%d %s after the answer of %s: then the recall predicted at that answer falls to the wanted"
                                + " %.0f %%",
                        state.scheduledDays(),
                        state.scheduledDays() == 1 ? "day" : "days",
                        LocalDate.ofEpochDay(state.lastLocalDay()),
                        state.scheduledRetention() * 100);
        };
    }

    private static CardDetail.HistoryEntry show(StoredEntry stored) {
        LogEntry entry = stored.entry();
        boolean answer = entry.kind() == EntryKind.ANSWER;
        return new CardDetail.HistoryEntry(
                entry.kind().name().toLowerCase(Locale.ROOT),
                Micros.toInstant(entry.atMicros()),
                entry.ref(),
                answer ? entry.grade() : null,
                answer ? LocalDate.ofEpochDay(stored.localDay()) : null,
                entry.zone(),
                entry.responseMs() < 0 ? null : entry.responseMs(),
                entry.kind() == EntryKind.RESCHEDULE ? Micros.toInstant(entry.dueMicros()) : null,
                entry.source(),
                entry.eventId());
    }
}
