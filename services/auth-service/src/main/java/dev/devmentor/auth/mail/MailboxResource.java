package dev.devmentor.auth.mail;

import dev.devmentor.auth.client.RequestInfo;
import dev.devmentor.kit.problem.ProblemException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The mailbox of a laptop. Where it is switched off, and for whoever is not on this machine, it does not exist. */
@Path("/auth/mailbox")
@PermitAll
@Tag(name = "Mailbox")
public class MailboxResource {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']{1,2000}");
    private static final Pattern LOCAL_HOST =
            Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);
    private static final String FORWARDED_HOST = "X-Forwarded-Host";

    private final Mailbox mailbox;
    private final RequestInfo request;

    MailboxResource(Mailbox mailbox, RequestInfo request) {
        this.mailbox = mailbox;
        this.request = request;
    }

    /** All mails, the newest first. */
    public record Messages(List<MailboxMessage> messages) {}

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response page() {
        mustBeHere();
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\">"
                + "<title>Mailbox of this machine · DevMentor</title><link rel=\"stylesheet\" href=\"/auth/style.css\">"
                + "</head><body><main class=\"card wide\"><h1>Mailbox of this machine</h1>"
                + "<p class=\"hint\">Mails that DevMentor would have sent. They are kept in memory only, and only on a"
                + " laptop. Load the page again to see newer ones.</p>");
        List<MailboxMessage> messages = mailbox.messages();
        if (messages.isEmpty()) {
            html.append("<p>There are none.</p>");
        }
        for (MailboxMessage message : messages) {
            html.append("<section><h2>")
                    .append(Html.escape(message.subject()))
                    .append("</h2><p class=\"hint\">To ")
                    .append(Html.escape(message.to()))
                    .append(", <time>")
                    .append(message.receivedAt().truncatedTo(ChronoUnit.SECONDS))
                    .append("</time></p><pre class=\"mail\">")
                    .append(withLinks(message.text()))
                    .append("</pre></section>");
        }
        html.append("</main></body></html>");
        // The headers of all pages come with it (PageRoutes).
        return Response.ok(html.toString()).header("Cache-Control", "no-store").build();
    }

    @GET
    @Path("/messages")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Mails on this machine",
            description =
                    "The newest first. 404 unless the mailbox is switched on and the caller is on the same machine.")
    @APIResponse(
            responseCode = "200",
            description = "The mails",
            content = @Content(schema = @Schema(implementation = Messages.class)))
    public Response messages(
            @Parameter(description = "only those to this address", example = "anna@example.org")
                    @QueryParam("to")
                    @Nullable String to) {
        mustBeHere();
        return Response.ok(new Messages(mailbox.messages().stream()
                        .filter(message -> to == null || message.to().equalsIgnoreCase(to))
                        .toList()))
                .header("Cache-Control", "no-store")
                .build();
    }

    /**
     * From this machine, and under its name: a foreign page whose name points here reads nothing. Behind the gateway the name that was
     * asked for is in X-Forwarded-Host, which it always sets.
     */
    private void mustBeHere() {
        boolean here = isLoopback(request.get().address())
                && isLocal(request.header("Host"))
                && (request.header(FORWARDED_HOST) == null || isLocal(request.header(FORWARDED_HOST)));
        if (!mailbox.isEnabled() || !here) {
            throw ProblemException.notFound("there is no mailbox here");
        }
    }

    private static boolean isLocal(@Nullable String host) {
        return host != null && LOCAL_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static String withLinks(String text) {
        StringBuilder html = new StringBuilder();
        Matcher link = LINK.matcher(text);
        int done = 0;
        while (link.find()) {
            String address = Html.escape(link.group());
            html.append(Html.escape(text.substring(done, link.start())))
                    .append("<a rel=\"noreferrer\" href=\"")
                    .append(address)
                    .append("\">")
                    .append(address)
                    .append("</a>");
            done = link.end();
        }
        return html.append(Html.escape(text.substring(done))).toString();
    }
}
