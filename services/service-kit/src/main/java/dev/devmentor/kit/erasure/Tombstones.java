package dev.devmentor.kit.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who was erased, by HMAC-SHA-256 of the person's id under the platform's erasure key. A service that uses it has the
 * table {@code erased (person_hash bytea PRIMARY KEY, erased_at timestamptz NOT NULL, ignored bigint NOT NULL DEFAULT 0)}.
 */
@ApplicationScoped
public class Tombstones {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY_BYTES = 16;

    private final SecretKeySpec key;

    /**
     * @param erasureKey at least 16 bytes in hex, the same for all instances and for ever
     */
    Tombstones(@ConfigProperty(name = "devmentor.erasure.key") String erasureKey) {
        byte[] secret = HexFormat.of().parseHex(erasureKey);
        if (secret.length < SHORTEST_KEY_BYTES) {
            throw new IllegalArgumentException("devmentor.erasure.key needs at least 16 bytes, in hex");
        }
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Those of the persons that were erased. */
    public Set<String> among(Connection connection, List<String> persons) throws SQLException {
        if (persons.isEmpty()) {
            return Set.of();
        }
        List<byte[]> hashes = new ArrayList<>(persons.size());
        for (String person : persons) {
            hashes.add(hash(person));
        }
        Set<String> erased = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT k.i FROM unnest(?::bytea[]) WITH ORDINALITY AS k(h, i) JOIN erased e ON e.person_hash = k.h""")) {
            select.setArray(1, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    erased.add(persons.get(rows.getInt(1) - 1));
                }
            }
        }
        return erased;
    }

    /** Whether a person was erased. */
    public boolean has(Connection connection, String person) throws SQLException {
        return !among(connection, List.of(person)).isEmpty();
    }

    /** Marks a person as erased; an equal repeat does nothing. */
    public void put(Connection connection, String person, Instant at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO erased (person_hash, erased_at) VALUES (?, ?) ON CONFLICT (person_hash) DO NOTHING""")) {
            insert.setBytes(1, hash(person));
            insert.setTimestamp(2, Timestamp.from(at));
            insert.executeUpdate();
        }
    }

    /** Counts events that were ignored because their person was erased. */
    public void countIgnored(Connection connection, String person, int events) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE erased SET ignored = ignored + ? WHERE person_hash = ?")) {
            update.setInt(1, events);
            update.setBytes(2, hash(person));
            update.executeUpdate();
        }
    }

    private byte[] hash(String person) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(person.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
