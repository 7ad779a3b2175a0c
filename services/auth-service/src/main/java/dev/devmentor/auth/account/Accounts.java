package dev.devmentor.auth.account;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserRegistered;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All accounts. */
@ApplicationScoped
public class Accounts {
    /** CloudEvents source of what this service sends. */
    public static final String SOURCE = "/devmentor/auth-service";

    private static final String COLUMNS = "id, email, email_verified, name, roles, tier, state, created_at";
    private static final String ID_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 20;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    Accounts(Clock clock) {
        this.clock = clock;
    }

    /** The account of this id. */
    public Optional<Account> byId(Connection connection, String id) throws SQLException {
        return one(connection, "SELECT " + COLUMNS + " FROM account WHERE id = ?", id);
    }

    /** The account of this id; its row is locked until the transaction ends. */
    public Optional<Account> lock(Connection connection, String id) throws SQLException {
        return one(connection, "SELECT " + COLUMNS + " FROM account WHERE id = ? FOR UPDATE", id);
    }

    /** The account of this address, however it is spelt. */
    public Optional<Account> byEmail(Connection connection, String email) throws SQLException {
        Optional<EmailAddress> address = EmailAddress.parse(email);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        return one(
                connection,
                "SELECT " + COLUMNS + " FROM account WHERE email_key = ?",
                address.get().key());
    }

    /**
     * Opens an account with an id of its own, whose address has not been verified.
     *
     * @return empty if the address has an account already
     */
    public Optional<Account> create(UnitOfWork work, EmailAddress email, String name) throws SQLException {
        return create(work, newId("u-"), email, name, List.of("learner"), false);
    }

    /**
     * Opens an account.
     *
     * @return empty if the id or the address has one already
     */
    public Optional<Account> create(
            UnitOfWork work, String id, EmailAddress email, String name, List<String> roles, boolean verified)
            throws SQLException {
        Instant now = clock.instant();
        try (PreparedStatement insert = work.connection().prepareStatement("""
                INSERT INTO account (id, email, email_key, email_verified, name, roles, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING\s""" + COLUMNS)) {
            insert.setString(1, id);
            insert.setString(2, email.typed());
            insert.setString(3, email.key());
            insert.setBoolean(4, verified);
            insert.setString(5, name);
            insert.setArray(6, work.connection().createArrayOf("text", roles.toArray()));
            insert.setTimestamp(7, Timestamp.from(now));
            try (ResultSet rows = insert.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Account account = account(rows);
                publish(work, account, now);
                return Optional.of(account);
            }
        }
    }

    private static void publish(UnitOfWork work, Account account, Instant now) {
        Envelope envelope = new Envelope(
                EventEncoder.contentId(SOURCE, "registered", account.id()),
                SOURCE,
                EventTypes.USER_REGISTERED.name(),
                now,
                null,
                EventTypes.USER_REGISTERED.schemaUri(),
                null,
                null);
        work.publish(
                EventTypes.USER_REGISTERED,
                envelope,
                account.id(),
                new UserRegistered(account.id(), now, account.tier(), null));
    }

    /** Notes that the address is the person's. */
    public void verified(Connection connection, String id) throws SQLException {
        update(connection, "UPDATE account SET email_verified = true WHERE id = ?", id);
    }

    /** Changes what the account may be used for. */
    public void state(Connection connection, String id, Account.State state) throws SQLException {
        update(
                connection,
                "UPDATE account SET state = ? WHERE id = ?",
                state.name().toLowerCase(Locale.ROOT),
                id);
    }

    /** Changes the name that the person is shown by. */
    public void rename(Connection connection, String id, String name) throws SQLException {
        update(connection, "UPDATE account SET name = ? WHERE id = ?", name, id);
    }

    /**
     * Changes what an operator decides of an account.
     *
     * @param tier {@code free} or {@code premium}
     */
    public void decide(Connection connection, String id, String tier, Account.State state, List<String> roles)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE account SET tier = ?, state = ?, roles = ? WHERE id = ?")) {
            update.setString(1, tier);
            update.setString(2, state.name().toLowerCase(Locale.ROOT));
            update.setArray(3, connection.createArrayOf("text", roles.toArray()));
            update.setString(4, id);
            update.executeUpdate();
        }
    }

    /** A fresh id with a prefix that says of what. */
    public String newId(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }

    private static void update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setString(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }

    private static Optional<Account> one(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, value);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(account(rows)) : Optional.empty();
            }
        }
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                Arrays.asList((String[]) row.getArray(5).getArray()),
                row.getString(6),
                Account.State.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                row.getTimestamp(8).toInstant());
    }
}
