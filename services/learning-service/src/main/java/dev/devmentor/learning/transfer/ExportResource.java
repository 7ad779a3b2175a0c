package dev.devmentor.learning.transfer;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Everything that is kept of the caller. */
@Path("/api/learning/export")
@RolesAllowed(Caller.LEARNER)
@RunOnVirtualThread
@Tag(name = "Import and export")
public class ExportResource {
    private static final String EXPORT = """
            {"format": "devmentor-export", "version": 1, "exportedAt": "2026-03-01T10:00:00Z", "learner": "demo",
             "settings": {"scheduler": "fsrs7", "desiredRetention": 0.9, "zone": "Europe/Vienna"},
             "log": [{"kind": "answer", "at": "2026-03-01T10:00:00Z", "receivedAt": "2026-03-01T10:00:00Z",
              "source": "/devmentor/learning-service", "id": "0f8b4c6e2a917d35", "item": "sql-joins-1",
              "ref": "2f0d6f3c", "localDay": "2026-03-01", "zone": "Europe/Vienna", "grade": 3, "responseMs": 8400,
              "skills": ["sql.joins"]}],
             "cards": [{"item": "sql-joins-1", "title": "Left join", "state": "review", "skills": ["sql.joins"],
              "dueAt": "2026-03-09T04:00:00Z", "intervalDays": 8, "scheduler": "fsrs7", "predictedRecall": 0.97,
              "answers": 3, "lapses": 0, "lastGrade": 3, "lastAnsweredAt": "2026-03-01T10:00:00Z"}],
             "tables": {}}""";

    private final Caller caller;
    private final ExportFile export;
    private final Clock clock;
    private final Semaphore free;

    ExportResource(Caller caller, ExportFile export, TransferConfig config, Clock clock) {
        this.caller = caller;
        this.export = export;
        this.clock = clock;
        this.free = new Semaphore(config.exportsAtOnce());
    }

    @GET
    @Produces({"application/json", "application/zip", "application/octet-stream"})
    @Operation(
            summary = "Everything that is kept of you, as a file",
            description =
                    "json: one document with settings, the whole log, cards and every table; importing it into a new"
                            + " account gives the same cards. csv: a ZIP archive of tables. apkg: an Anki package of cards and"
                            + " answers. The forms are described in docs/import-export.md.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT, examples = EXPORT)),
                @Content(mediaType = "application/zip"),
                @Content(mediaType = "application/octet-stream")
            })
    public Response export(
            @Parameter(description = "json, csv or apkg", example = "json") @QueryParam("format") @DefaultValue("json")
                    String format)
            throws SQLException, IOException {
        ExportFile.Form form = form(format);
        String learner = caller.id();
        if (!free.tryAcquire()) {
            throw ProblemException.unavailable("as many exports as this service makes at once are under way");
        }
        Scratch scratch = null;
        boolean handedOver = false;
        try {
            scratch = new Scratch();
            java.nio.file.Path file = scratch.file("export");
            export.write(learner, form, file, scratch.folder());
            String name = "devmentor-" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + form.suffix();
            Scratch toClose = scratch;
            StreamingOutput content = out -> {
                try (toClose) {
                    Files.copy(file, out);
                }
            };
            Response response = Response.ok(content, form.mediaType())
                    .header(HttpHeaders.CONTENT_LENGTH, Files.size(file))
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                    .build();
            handedOver = true;
            return response;
        } finally {
            free.release();
            if (!handedOver && scratch != null) {
                scratch.close();
            }
        }
    }

    private static ExportFile.Form form(String format) {
        for (ExportFile.Form form : ExportFile.Form.values()) {
            if (form.name().toLowerCase(Locale.ROOT).equals(format)) {
                return form;
            }
        }
        throw ProblemException.invalid("'format' is json, csv or apkg");
    }
}
