package dev.devmentor.auth.team;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Teams of the caller. Tokens name them from the next refresh on. */
@Path("/api/auth/teams")
@RolesAllowed(Caller.LEARNER)
@RunOnVirtualThread
@Tag(name = "Teams")
public class TeamResource {
    private static final int LONGEST_NAME = 100;
    private static final String EXAMPLE = "t-5w9x3cvb7hjd2kmznq4t";

    private final TeamMembers teams;
    private final Caller caller;

    TeamResource(TeamMembers teams, Caller caller) {
        this.teams = teams;
        this.caller = caller;
    }

    /** A team of the caller: {@code state} is {@code invited} until they accept. */
    @Schema(
            examples =
                    "{\"id\": \"t-5w9x3cvb7hjd2kmznq4t\", \"name\": \"Blue\", \"role\": \"owner\", \"state\": \"member\"}")
    public record Team(String id, String name, String role, String state) {}

    /** All of them. */
    public record TeamList(List<Team> teams) {}

    /** A new one. */
    @Schema(examples = "{\"name\": \"Blue\"}")
    public record NewTeam(@Nullable String name) {}

    /** Somebody in a team. */
    @Schema(examples = """
            {"id": "u-7k2mznq4t8xw5cvb3hjd", "name": "Anna", "role": "owner", "state": "member",
             "since": "2026-03-01T10:00:00Z"}""")
    public record Member(String id, String name, String role, String state, Instant since) {}

    /** Everybody in a team. */
    public record MemberList(List<Member> members) {}

    /** Whom to invite. */
    @Schema(examples = "{\"email\": \"bert@example.org\"}")
    public record Invitation(@Nullable String email) {}

    @GET
    @Operation(summary = "Teams that the caller is in, or is invited to")
    public TeamList list() throws SQLException {
        return new TeamList(teams.list(caller.id()).stream()
                .map(team -> new Team(team.id(), team.name(), team.role(), team.state()))
                .toList());
    }

    @POST
    @Operation(summary = "Make a team; the caller owns it")
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Team.class)))
    public Response create(@Nullable NewTeam team) throws SQLException {
        String name = team == null || team.name() == null ? "" : team.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid("'name' has 1 to " + LONGEST_NAME + " characters, none of them a control");
        }
        String id = teams.create(caller.id(), name);
        return Response.status(201)
                .entity(new Team(id, name, "owner", "member"))
                .build();
    }

    @GET
    @Path("{id}/members")
    @Operation(summary = "Who is in the team")
    public MemberList members(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        return new MemberList(teams.members(caller.id(), id).stream()
                .map(member ->
                        new Member(member.accountId(), member.name(), member.role(), member.state(), member.since()))
                .toList());
    }

    @POST
    @Path("{id}/members")
    @Operation(
            summary = "Invite somebody by mail address",
            description = "For owners. Says the same whether there is an account of this address.")
    @APIResponse(responseCode = "202", description = "If there is such an account, it is invited")
    public Response invite(@Parameter(example = EXAMPLE) @PathParam("id") String id, @Nullable Invitation invitation)
            throws SQLException {
        if (invitation == null
                || invitation.email() == null
                || invitation.email().length() > 254) {
            throw ProblemException.invalid("'email' is a mail address");
        }
        teams.invite(caller.id(), id, invitation.email());
        return Response.accepted().build();
    }

    @POST
    @Path("{id}/acceptance")
    @Operation(summary = "Accept an invitation")
    @APIResponse(responseCode = "204", description = "You are a member; tokens say so from the next one on")
    public void accept(@Parameter(example = EXAMPLE) @PathParam("id") String id) throws SQLException {
        teams.accept(caller.id(), id);
    }

    @DELETE
    @Path("{id}/members/{member}")
    @Operation(summary = "Take somebody out of the team, or leave it")
    public void remove(
            @Parameter(example = EXAMPLE) @PathParam("id") String id,
            @Parameter(example = "u-7k2mznq4t8xw5cvb3hjd") @PathParam("member") String member)
            throws SQLException {
        teams.remove(caller.id(), id, member);
    }
}
