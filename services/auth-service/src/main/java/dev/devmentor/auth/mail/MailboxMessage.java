package dev.devmentor.auth.mail;

import java.time.Instant;

/**
 * A mail in the mailbox.
 *
 * @param text its plain text
 * @param html its HTML, as text; it is never shown as HTML
 */
public record MailboxMessage(
        long id, Instant receivedAt, String from, String to, String subject, String text, String html) {}
