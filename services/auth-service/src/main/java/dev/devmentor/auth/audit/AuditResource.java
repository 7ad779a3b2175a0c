package dev.devmentor.auth.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.http.PageCursor;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit log: one's own part of it, all of it for operators. */
@Path("/api/auth/audit")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Audit")
public class AuditResource {
    private static final int LARGEST_PAGE = 200;
    private static final int LONGEST_FILTER = 128;

    private final Caller caller;
    private final Transactions transactions;
    private final AuditLog log;
    private final AuditCheck check;
    private final AuditChecks running;

    AuditResource(Caller caller, Transactions transactions, AuditLog log, AuditCheck check, AuditChecks running) {
        this.caller = caller;
        this.transactions = transactions;
        this.log = log;
        this.check = check;
        this.running = running;
    }

    /** One check at a time: it reads everything. */
    @jakarta.inject.Singleton
    static final class AuditChecks {
        private final Semaphore one = new Semaphore(1);
    }

    /**
     * A page of the log.
     *
     * @param next cursor of the page after it; null if it is the last
     */
    @Schema(name = "AuditPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(
            List<RecordedEntry> entries,
            @Schema(examples = "MTA0Mg") @Nullable String next) {}

    @GET
    @RolesAllowed({Caller.LEARNER, Caller.OPERATOR})
    @Operation(
            summary = "What was done, the newest first",
            description =
                    "What concerns you. Operators see everything, and may ask for one subject. 'actor' is there where somebody"
                            + " else did it; only operators see who.")
    public Page entries(
            @Parameter(description = "such as login.failed", example = "login.succeeded")
                    @QueryParam("action")
                    @Nullable String action,
            @Parameter(description = "then or later, RFC 3339", example = "2026-03-01T00:00:00Z")
                    @QueryParam("since")
                    @Nullable String since,
            @Parameter(description = "before then, RFC 3339", example = "2026-04-01T00:00:00Z")
                    @QueryParam("until")
                    @Nullable String until,
            @Parameter(description = "whom it concerns; for operators", example = "u-7k2mznq4t8xw5cvb3hjd")
                    @QueryParam("subject")
                    @Nullable String subject,
            @Parameter(description = "1 to 200", example = "50") @QueryParam("limit") @DefaultValue("50") String limit,
            @Parameter(description = "'next' of the page before, with the same other parameters", example = "MTA0Mg")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        boolean all = caller.is(Caller.OPERATOR);
        if (subject != null && !all && !subject.equals(caller.id())) {
            throw ProblemException.forbidden("only operators see what concerns others");
        }
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        long before = cursor == null ? Long.MAX_VALUE : PageCursor.decode(cursor, 1, parts -> Long.parseLong(parts[0]));
        AuditLog.Filter filter = new AuditLog.Filter(
                all ? text("subject", subject) : caller.id(),
                text("action", action),
                time("since", since),
                time("until", until));
        List<RecordedEntry> found = transactions.run(work -> log.find(work.connection(), filter, before, size + 1));
        List<RecordedEntry> page = found.subList(0, Math.min(size, found.size()));
        return new Page(
                all ? page : page.stream().map(AuditResource::withoutActor).toList(),
                found.size() > size ? PageCursor.encode(page.getLast().seq()) : null);
    }

    @POST
    @Path("/verify")
    @RolesAllowed(Caller.OPERATOR)
    @Operation(
            summary = "Check that nothing was changed",
            description =
                    "Goes through the whole log and names the first entry that is not as it was written. With the 'head' of"
                            + " an earlier answer as the body it also says whether that one is still part of the log. One"
                            + " check at a time per instance, else 503.")
    public AuditCheck.Result verify(AuditCheck.@Nullable Mark known) throws SQLException {
        if (known != null
                && (known.seq() < 0 || known.hash() == null || known.hash().length() != 64)) {
            throw ProblemException.invalid("'seq' and 'hash' are those of a 'head'");
        }
        if (!running.one.tryAcquire()) {
            throw ProblemException.unavailable("a check is under way");
        }
        try {
            return check.check(known);
        } finally {
            running.one.release();
        }
    }

    private static RecordedEntry withoutActor(RecordedEntry entry) {
        return entry.actor() == null
                ? entry
                : new RecordedEntry(
                        entry.seq(),
                        entry.at(),
                        entry.action(),
                        entry.subject(),
                        "somebody else",
                        null,
                        entry.details(),
                        entry.redacted());
    }

    private static @Nullable String text(String name, @Nullable String value) {
        if (value != null && (value.isEmpty() || value.length() > LONGEST_FILTER || value.indexOf('\0') >= 0)) {
            throw ProblemException.invalid("'" + name + "' has 1 to " + LONGEST_FILTER + " characters");
        }
        return value;
    }

    private static @Nullable Long time(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return Micros.of(Micros.requireInReach(Instant.parse(value)));
        } catch (DateTimeException noTime) {
            throw ProblemException.invalid("'" + name + "' is a time like 2026-03-01T00:00:00Z");
        }
    }
}
