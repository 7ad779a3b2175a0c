package dev.devmentor.pbml.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Patterns: the caller's own, those of their teams, and everyone's. */
@Path("/api/pbml/patterns")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Patterns")
public class PatternResource {
    private static final String ID = "error-5f1d0c9b7a3e2468ace013579bdf0246";
    private static final int LARGEST_PAGE = 200;
    private static final int LONGEST_TEXT = 65_536;
    private static final int LONGEST_REPOSITORY = 256;
    private static final int LONGEST_TITLE = 300;
    private static final int MOST_MERGED = 50;
    private static final int MOST_MEMBERS = 32;
    private static final int LONGEST_KEY = 128;

    private final Caller caller;
    private final ListPatterns list;
    private final FindPattern find;
    private final MatchText match;
    private final ChangePattern change;

    PatternResource(Caller caller, ListPatterns list, FindPattern find, MatchText match, ChangePattern change) {
        this.caller = caller;
        this.list = list;
        this.find = find;
        this.match = match;
        this.change = change;
    }

    @GET
    @Operation(
            summary = "List patterns",
            description = "Your own and those you have a share in, the same pattern once per scope. What does"
                    + " not change while you page is listed exactly once; a page may be shorter than 'limit' and still have a"
                    + " 'next'.")
    public ListPatterns.Page patterns(
            @Parameter(
                            description =
                                    "template, error, sequence, related-files, mistake, confusion, rhythm; several with"
                                            + " commas between",
                            example = "error")
                    @QueryParam("kind")
                    @Nullable String kind,
            @Parameter(
                            description =
                                    "candidate, active, stale, retired; several with commas between; all but retired if"
                                            + " absent",
                            example = "active,stale")
                    @QueryParam("state")
                    @Nullable String state,
            @Parameter(description = "0 to 1", example = "0.5") @QueryParam("minConfidence") @Nullable String minConfidence,
            @Parameter(description = "last seen then or later, RFC 3339", example = "2026-03-01T00:00:00Z")
                    @QueryParam("since")
                    @Nullable String since,
            @Parameter(description = "last seen before, RFC 3339", example = "2026-04-01T00:00:00Z")
                    @QueryParam("until")
                    @Nullable String until,
            @Parameter(description = "person, team or everyone; all if absent", example = "person")
                    @QueryParam("scope")
                    @Nullable String scope,
            @Parameter(description = "one of your teams; then scope is team", example = "checkout")
                    @QueryParam("team")
                    @Nullable String team,
            @Parameter(description = "that it is about", example = "acme/shop") @QueryParam("repository") @Nullable String repository,
            @Parameter(description = "part of the title, in capitals or not", example = "refused")
                    @QueryParam("text")
                    @Nullable String text,
            @Parameter(description = "confidence, recent or support; the largest first", example = "confidence")
                    @QueryParam("sort")
                    @DefaultValue("confidence")
                    String sort,
            @Parameter(description = "1 to 200", example = "20") @QueryParam("limit") @DefaultValue("20") String limit,
            @Parameter(
                            description = "'next' of the page before, with the same other parameters",
                            example = "MDo0NjA0NDE4NTM0MzEzNDQxNzc1OmVycm9yLTVmMWQwYzliOjA6")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        PatternFilter filter = PatternFilter.parse(kind, state, minConfidence, since, until, repository, text);
        PatternSort order = PatternSort.parse(sort);
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        PatternCursor after = cursor == null ? null : PatternCursor.decode(cursor, order);
        List<PatternScope> scopes = scopes(scope, team);
        return list.page(
                caller.id(), scopes, team == null ? caller.teams() : List.of(team), filter, order, after, size);
    }

    private List<PatternScope> scopes(@Nullable String scope, @Nullable String team) {
        if (team != null) {
            if (scope != null && PatternScope.parse(scope) != PatternScope.TEAM) {
                throw ProblemException.invalid("'team' is for scope team");
            }
            if (!caller.teams().contains(team)) {
                throw ProblemException.forbidden("you don't belong to this team");
            }
            return List.of(PatternScope.TEAM);
        }
        return scope == null ? List.of(PatternScope.values()) : List.of(PatternScope.parse(scope));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "A pattern with all that is known of it",
            description =
                    "Your own, else that of a team, else everyone's. One that was merged into another answers with that"
                            + " one and says so. What is shared names nobody and no events.")
    public PatternReport pattern(
            @Parameter(example = ID) @PathParam("id") String id,
            @Parameter(description = "person, team or everyone; the first that has it if absent", example = "person")
                    @QueryParam("scope")
                    @Nullable String scope)
            throws SQLException {
        return find.report(caller.id(), caller.teams(), id, scope == null ? null : PatternScope.parse(scope));
    }

    /** A text to look up. */
    @Schema(
            examples =
                    "{\"text\": \"java.sql.SQLException: connection to 10.0.0.7 refused\", \"repository\": \"acme/shop\"}")
    public record MatchRequest(
            @Nullable String text, @Nullable String repository) {}

    @POST
    @Path("/match")
    @Operation(
            summary = "Find the patterns that a text is known by",
            description =
                    "An error with its stack trace, or lines of a log. Your own first, then those of your teams and of"
                            + " everyone; similar titles only where none of these knows it. Nothing is learned by asking.")
    public MatchText.Matches match(@Nullable MatchRequest request) throws SQLException {
        if (request == null || request.text() == null || request.text().isEmpty()) {
            throw ProblemException.invalid("'text' is missing or empty");
        }
        if (request.text().length() > LONGEST_TEXT) {
            throw ProblemException.tooLarge("'text' has at most 65536 characters");
        }
        String repository = request.repository();
        if (repository != null && (repository.isEmpty() || repository.length() > LONGEST_REPOSITORY)) {
            throw ProblemException.invalid("'repository' has 1 to 256 characters");
        }
        return match.match(caller.id(), caller.teams(), request.text(), repository);
    }

    /**
     * Exactly one of these.
     *
     * @param title a name of one's own; null takes it back
     * @param merge ids of patterns that are the same as this one
     * @param split keys of parts that are another pattern
     * @param state {@code retired} or {@code active}
     */
    @Schema(examples = {"{\"title\": \"The database is down\"}", "{\"state\": \"retired\"}"})
    public record ChangeRequest(
            @Schema(
                    type = SchemaType.STRING,
                    maxLength = LONGEST_TITLE,
                    nullable = true,
                    examples = "The database is down")
            @Nullable JsonNode title,

            @Nullable List<@Nullable String> merge,
            @Nullable List<@Nullable String> split,
            @Nullable String state) {

        ChangePattern.Change toChange() {
            if (Stream.of(title, merge, split, state)
                            .filter(part -> part != null)
                            .count()
                    != 1) {
                throw ProblemException.invalid("give exactly one of 'title', 'merge', 'split', 'state'");
            }
            if (title != null) {
                return new ChangePattern.Change.Rename(title.isNull() ? null : checkedTitle(title));
            }
            if (merge != null) {
                return new ChangePattern.Change.Merge(checked("merge", merge, MOST_MERGED));
            }
            if (split != null) {
                return new ChangePattern.Change.Split(checked("split", split, MOST_MEMBERS));
            }
            return switch (state) {
                case "retired" -> new ChangePattern.Change.Retire(true);
                case "active" -> new ChangePattern.Change.Retire(false);
                case null, default -> throw ProblemException.invalid("'state' is retired or active");
            };
        }

        private static String checkedTitle(JsonNode node) {
            String title = node.isTextual() ? node.textValue().strip() : "";
            boolean plain = title.codePoints().noneMatch(Character::isISOControl);
            if (title.isEmpty() || title.length() > LONGEST_TITLE || !plain) {
                throw ProblemException.invalid("'title' is null or 1 to 300 characters on one line");
            }
            return title;
        }

        private static List<String> checked(String name, List<@Nullable String> texts, int most) {
            List<String> checked = new ArrayList<>();
            for (String text : texts) {
                if (text == null || text.isEmpty() || text.length() > LONGEST_KEY || text.indexOf('\0') >= 0) {
                    throw ProblemException.invalid("'" + name + "' holds something that is no id");
                }
                checked.add(text);
            }
            if (checked.isEmpty() || checked.size() > most || new HashSet<>(checked).size() < checked.size()) {
                throw ProblemException.invalid("'" + name + "' has 1 to " + most + " different ids");
            }
            return checked;
        }
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Rename, merge, split, retire or revive a pattern",
            description =
                    "Only your own. What you do stays in its history, and is learned from: parts that you split off are"
                            + " not put together again.")
    public PatternSummary change(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Parameter(example = ID) @PathParam("id") String id,
            @Nullable ChangeRequest request)
            throws SQLException {
        if (request == null) {
            throw ProblemException.invalid("the body is missing");
        }
        return change.change(caller.id(), caller.teams(), id, request.toChange(), idempotencyKey);
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Retire a pattern",
            description =
                    "It is listed no more unless asked for; its history stays, and it comes back if it is seen again.")
    public void retire(
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Parameter(example = ID) @PathParam("id") String id)
            throws SQLException {
        change.change(caller.id(), caller.teams(), id, new ChangePattern.Change.Retire(true), idempotencyKey);
    }
}
