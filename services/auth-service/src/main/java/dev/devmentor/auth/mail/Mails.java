package dev.devmentor.auth.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.auth.secret.Secrets;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** The door of this package: letters are handed in here. */
@ApplicationScoped
public class Mails {
    static final String PURPOSE = "mail";

    private final Secrets secrets;
    private final ObjectMapper json;
    private final Clock clock;
    private final MailSignal signal;

    Mails(Secrets secrets, ObjectMapper json, Clock clock, MailSignal signal) {
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
        this.signal = signal;
    }

    /** Sends a letter once the transaction committed. */
    public void send(UnitOfWork work, Letter letter) throws SQLException {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        byte[] text;
        try {
            text = json.writeValueAsBytes(
                    new MailText(letter.to(), letter.subject(), letter.plainText(), letter.html()));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
        try (PreparedStatement insert = work.connection().prepareStatement("""
                INSERT INTO mail (id, account_id, kind, sealed, next_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)""")) {
            insert.setObject(1, id);
            insert.setString(2, letter.accountId());
            insert.setString(3, letter.kind());
            insert.setBytes(4, secrets.seal(PURPOSE, id.toString(), text));
            insert.setTimestamp(5, Timestamp.from(now));
            insert.setTimestamp(6, Timestamp.from(now.plus(letter.goodFor())));
            insert.executeUpdate();
        }
        work.onCommit(signal::raise);
    }

    /** Takes back all letters to a person that are not sent yet. */
    public int forget(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM mail WHERE account_id = ?")) {
            delete.setString(1, accountId);
            return delete.executeUpdate();
        }
    }
}
