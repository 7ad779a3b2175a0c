package dev.devmentor.kit.personaldata;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Everything that this service holds of the caller. Nobody gets anybody else's, whatever their role. */
@Path("/personal-data")
@RolesAllowed(Caller.LEARNER)
@RunOnVirtualThread
@Tag(name = "Personal data")
public class PersonalDataResource {
    private static final String EXAMPLE = """
            {"service": "learning-service", "person": "demo", "generatedAt": "2026-03-01T10:00:00Z", "sections": ["notes"], "leftOut": {}}
            {"section": "notes", "row": {"memoryId": "m-1", "title": "Left join", "updated": "2026-03-01T09:00:00Z"}}
            {"complete": true, "counts": {"notes": 1}}
            """;

    private final Caller caller;
    private final Instance<PersonalData> data;
    private final AgroalDataSource dataSource;
    private final Clock clock;
    private final String service;
    private final Semaphore free;

    PersonalDataResource(
            Caller caller,
            Instance<PersonalData> data,
            AgroalDataSource dataSource,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "devmentor.personal-data.at-once", defaultValue = "2") int atOnce) {
        this.caller = caller;
        this.data = data;
        this.dataSource = dataSource;
        this.clock = clock;
        this.service = service;
        this.free = new Semaphore(atOnce);
    }

    @GET
    @Produces(PersonalDataStream.NDJSON)
    @Operation(
            summary = "Everything that this service holds of you",
            description =
                    "A JSON value on each line: first which sections there are, then each row, at the end how many there"
                            + " were; without that last line something is missing. All of it as of one moment. Whoever reads"
                            + " so slowly that nothing moves for 30 s is cut off.")
    @APIResponse(
            responseCode = "200",
            description = "The lines",
            content =
                    @Content(
                            mediaType = PersonalDataStream.NDJSON,
                            schema = @Schema(type = SchemaType.STRING, examples = EXAMPLE)))
    @APIResponse(responseCode = "503", description = "As many exports as this service makes at once are under way")
    public Response export() {
        if (!data.isResolvable()) {
            throw ProblemException.notFound("this service holds nothing of anybody");
        }
        String person = caller.id();
        if (free.availablePermits() == 0) {
            throw ProblemException.unavailable("as many exports as this service makes at once are under way");
        }
        StreamingOutput stream = out -> write(out, person);
        return Response.ok(stream, PersonalDataStream.NDJSON)
                .header("Cache-Control", "no-store")
                .build();
    }

    private void write(OutputStream out, String person) throws IOException {
        // Only here, for a stream that the framework never asks for would keep what it has. Two that passed the check
        // wait.
        free.acquireUninterruptibly();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                PersonalDataStream.write(out, connection, data.get(), service, person, clock.instant());
            } finally {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw new IOException("the database gave out", failure);
        } finally {
            free.release();
        }
    }
}
