package dev.devmentor.auth.mail;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A mail in the mailbox.
 *
 * @param text its plain text
 * @param html its HTML, as text; it is never shown as HTML
 */
@Schema(examples = """
        {"id": 1, "receivedAt": "2026-03-01T10:00:00Z", "from": "no-reply@devmentor.local", "to": "anna@example.org",
         "subject": "Confirm your address", "text": "Confirm the address: http://127.0.0.1:8080/auth/verify#token=…",
         "html": "<p>Confirm the address</p>"}""")
public record MailboxMessage(
        long id, Instant receivedAt, String from, String to, String subject, String text, String html) {}
