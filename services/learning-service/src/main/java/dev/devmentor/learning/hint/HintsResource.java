package dev.devmentor.learning.hint;

import dev.devmentor.events.PatternState;
import dev.devmentor.kit.http.PageCursor;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was learned of how the caller learns. */
@Path("/api/learning/hints")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Recommendations")
public class HintsResource {
    private static final int LARGEST_PAGE = 100;

    private final Caller caller;
    private final Learners learners;
    private final HintTable hints;
    private final Names names;
    private final AgroalDataSource dataSource;

    HintsResource(Caller caller, Learners learners, HintTable hints, Names names, AgroalDataSource dataSource) {
        this.caller = caller;
        this.learners = learners;
        this.hints = hints;
        this.names = names;
        this.dataSource = dataSource;
    }

    private static HintTable.Position position(String[] parts) {
        if (parts[1].indexOf(0) >= 0) {
            throw new IllegalArgumentException("no id of a pattern");
        }
        return new HintTable.Position(Long.parseLong(parts[0]), parts[1]);
    }

    @GET
    @Operation(
            summary = "What was learned of how you learn",
            description = "Mistakes that go together, items that are mixed up, good hours and the length of a good"
                    + " sitting, the newest first. Each says whether it changes what is asked, and if not, why. The setting"
                    + " 'hints' switches all of them off.")
    public HintView.Page hints(
            @Parameter(description = "candidate, active, stale or retired; all if absent", example = "active")
                    @QueryParam("state")
                    @Nullable String state,
            @Parameter(description = "1 to 100", example = "20") @QueryParam("limit") @DefaultValue("20") String limit,
            @Parameter(
                            description = "'next' of the page before",
                            example = "MTc3MjM1OTIwMDAwMDAwMDpjb25mdXNpb24tMWYwYTZjOWU3ZDIx")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        HintTable.Position after = cursor == null ? null : PageCursor.decode(cursor, 2, HintsResource::position);
        if (state != null
                && Arrays.stream(PatternState.values())
                        .noneMatch(known -> known.wire().equals(state))) {
            throw ProblemException.invalid("'state' is candidate, active, stale or retired");
        }
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            if (learner == null) {
                return new HintView.Page(0, List.of(), null);
            }
            List<KnownHint> found = hints.page(connection, learner.id(), state, after, size + 1);
            List<KnownHint> page = found.subList(0, Math.min(size, found.size()));
            Set<String> items = new TreeSet<>();
            page.forEach(hint -> items.addAll(hint.pattern().items()));
            Map<String, String> titles = names.ofItems(connection, learner.id(), items);
            boolean wanted = learner.preferences().hints();
            return new HintView.Page(
                    hints.count(connection, learner.id(), state),
                    page.stream()
                            .map(hint -> HintView.of(hint, wanted, titles, names::ofSkill))
                            .toList(),
                    found.size() > size
                            ? PageCursor.encode(
                                    Micros.of(page.getLast().pattern().learnedAt()),
                                    page.getLast().pattern().patternId())
                            : null);
        }
    }
}
