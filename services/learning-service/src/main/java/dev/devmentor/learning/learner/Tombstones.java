package dev.devmentor.learning.learner;

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

/** Who was erased, by HMAC-SHA-256 of the learner id under the platform's erasure key. */
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

    /** Those of the learners that were erased; each sighting is counted. */
    Set<String> among(Connection connection, List<String> subs) throws SQLException {
        if (subs.isEmpty()) {
            return Set.of();
        }
        List<byte[]> hashes = new ArrayList<>(subs.size());
        for (String sub : subs) {
            hashes.add(hash(sub));
        }
        Set<String> erased = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT k.i FROM unnest(?::bytea[]) WITH ORDINALITY AS k(h, i) JOIN erased e ON e.learner_hash = k.h""")) {
            select.setArray(1, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    erased.add(subs.get(rows.getInt(1) - 1));
                }
            }
        }
        return erased;
    }

    /** Whether a learner was erased. */
    public boolean has(Connection connection, String sub) throws SQLException {
        return !among(connection, List.of(sub)).isEmpty();
    }

    /** Marks a learner as erased; an equal repeat does nothing. */
    public void put(Connection connection, String sub, Instant at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO erased (learner_hash, erased_at) VALUES (?, ?) ON CONFLICT (learner_hash) DO NOTHING""")) {
            insert.setBytes(1, hash(sub));
            insert.setTimestamp(2, Timestamp.from(at));
            insert.executeUpdate();
        }
    }

    /** Counts an event that was ignored because its person was erased. */
    public void countIgnored(Connection connection, String sub, int events) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE erased SET ignored = ignored + ? WHERE learner_hash = ?")) {
            update.setInt(1, events);
            update.setBytes(2, hash(sub));
            update.executeUpdate();
        }
    }

    private byte[] hash(String sub) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(sub.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
