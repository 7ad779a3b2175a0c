package dev.devmentor.pbml.learn;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.pbml.owner.OwnerName;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** Training jobs of the caller. */
@Path("/api/pbml/learn")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Training")
public class LearnResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final String EXAMPLE = "0b0e0b9c-6f0a-4a5e-9f6e-2f6f6c1f5f0a";

    private final Caller caller;
    private final LearnJobs jobs;
    private final LearnConfig config;

    LearnResource(Caller caller, LearnJobs jobs, LearnConfig config) {
        this.caller = caller;
        this.jobs = jobs;
        this.config = config;
    }

    @POST
    @Consumes(NDJSON)
    @RunOnVirtualThread
    @Operation(
            summary = "Learn from a batch of events",
            description = "One event a line, up to 50 MB: code.changed, error.observed, quiz.answered, task.created,"
                    + " task.completed or memory.updated, with the data of that event but without 'learner', which is you."
                    + " Without 'id' the id follows from the content, so that the same batch again changes nothing. A line"
                    + " that is no event is refused alone. The batch is taken in in the background.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING, examples = """
                                    {"type": "code.changed", "data": {"changeId": "abc1234", "repository": "acme/shop", \
                                    "commit": "abc1234", "changedAt": "2026-02-27T16:20:00Z", "origin": "commit", \
                                    "files": [{"path": "src/Basket.java", "change": "modified"}]}}
                                    """)))
    @APIResponse(
            responseCode = "202",
            description = "It is under way; Location is where it can be looked at",
            content = @Content(schema = @Schema(implementation = LearnView.class)))
    @APIResponse(responseCode = "409", description = "A training job of yours is under way")
    @APIResponse(responseCode = "413", description = "The batch is too large")
    @APIResponse(responseCode = "503", description = "As many jobs as this service takes are under way")
    public Response start(@Nullable InputStream body) throws IOException, SQLException {
        if (body == null) {
            throw ProblemException.invalid("the batch is empty");
        }
        LearnView view = jobs.start(person(), body);
        return Response.accepted(view)
                // Not where this service is: callers come by a gateway.
                .header(HttpHeaders.LOCATION, "/api/pbml/learn/" + view.id())
                .build();
    }

    @GET
    @Path("/{jobId}")
    @RunOnVirtualThread
    @Operation(summary = "How far a training job is, and which lines it refused")
    public LearnView show(@Parameter(example = EXAMPLE) @PathParam("jobId") String jobId) throws SQLException {
        return found(id(jobId), person());
    }

    @GET
    @Path("/{jobId}/progress")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Blocking
    @RunOnVirtualThread
    @Operation(
            summary = "A training job as it goes on",
            description = "Server-sent events, one whenever something changed; the last one says how it ended.")
    public Multi<LearnView> follow(@Parameter(example = EXAMPLE) @PathParam("jobId") String jobId) throws SQLException {
        UUID id = id(jobId);
        OwnerName person = person();
        LearnView first = found(id, person);
        return Multi.createFrom()
                .<LearnView>emitter(emitter -> Thread.ofVirtual()
                        .name("learn-progress")
                        .start(() -> {
                            try {
                                LearnView last = first;
                                emitter.emit(last);
                                while (!last.isOver() && !emitter.isCancelled()) {
                                    LockSupport.parkNanos(config.poll().toNanos());
                                    LearnView next = jobs.find(person, id);
                                    if (next == null) {
                                        break;
                                    }
                                    if (!next.equals(last)) {
                                        emitter.emit(next);
                                        last = next;
                                    }
                                }
                                emitter.complete();
                            } catch (SQLException | RuntimeException failure) {
                                emitter.fail(failure);
                            }
                        }));
    }

    @DELETE
    @Path("/{jobId}")
    @RunOnVirtualThread
    @Operation(
            summary = "End a training job",
            description =
                    "What was taken in stays and is learned from; sending the batch again completes it and doubles"
                            + " nothing. A job that is over, or only has to be folded, stays as it is.")
    public LearnView cancel(@Parameter(example = EXAMPLE) @PathParam("jobId") String jobId) throws SQLException {
        UUID id = id(jobId);
        if (!jobs.cancel(person(), id)) {
            throw notFound();
        }
        return found(id, person());
    }

    private OwnerName person() {
        return OwnerName.person(caller.id());
    }

    private LearnView found(UUID id, OwnerName person) throws SQLException {
        LearnView view = jobs.find(person, id);
        if (view == null) {
            throw notFound();
        }
        return view;
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("you have no such training job");
    }

    private static UUID id(String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException noUuid) {
            throw notFound();
        }
    }
}
