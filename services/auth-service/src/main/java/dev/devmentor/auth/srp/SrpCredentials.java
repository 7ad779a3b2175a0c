package dev.devmentor.auth.srp;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The verifiers of those whose password never comes here. */
@ApplicationScoped
public class SrpCredentials {
    private static final String HMAC = "HmacSHA256";
    private static final int SALT_BYTES = 16;
    private static final int VERIFIER_BLOCKS = 12;

    private final Clock clock;

    SrpCredentials(Clock clock) {
        this.clock = clock;
    }

    /**
     * Stores the verifier of an account, or another in its place.
     *
     * @throws dev.devmentor.kit.problem.ProblemException 400 if the parameters are not as documented
     */
    public void store(Connection connection, String accountId, SrpParameters parameters) throws SQLException {
        Credential credential = parameters.checked();
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO srp_credential (account_id, salt, iterations, verifier, changed_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (account_id) DO UPDATE SET salt = EXCLUDED.salt, iterations = EXCLUDED.iterations,
                    verifier = EXCLUDED.verifier, changed_at = EXCLUDED.changed_at""")) {
            insert.setString(1, accountId);
            insert.setBytes(2, credential.salt());
            insert.setInt(3, credential.iterations());
            insert.setBytes(4, bytes(credential.verifier()));
            insert.setTimestamp(5, Timestamp.from(clock.instant()));
            insert.executeUpdate();
        }
    }

    /** Whether the account's password is one that never comes here. */
    public boolean has(Connection connection, String accountId) throws SQLException {
        return find(connection, accountId).isPresent();
    }

    /** Whether this is still the verifier of an account. */
    boolean isStill(Connection connection, String accountId, BigInteger verifier) throws SQLException {
        return find(connection, accountId)
                .filter(found -> found.verifier().equals(verifier))
                .isPresent();
    }

    /** The salt and the iterations of an account, without the verifier; empty if its password is an ordinary one. */
    public Optional<SrpParameters> parameters(Connection connection, String accountId) throws SQLException {
        return find(connection, accountId).map(found -> new SrpParameters(found.saltText(), found.iterations(), null));
    }

    /**
     * Forgets the verifier of an account: it has got an ordinary password, or goes away.
     *
     * @return number of verifiers that there were
     */
    public int remove(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM srp_credential WHERE account_id = ?")) {
            delete.setString(1, accountId);
            return delete.executeUpdate();
        }
    }

    Optional<Credential> find(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT salt, iterations, verifier FROM srp_credential WHERE account_id = ?")) {
            select.setString(1, accountId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Credential(rows.getBytes(1), rows.getInt(2), new BigInteger(1, rows.getBytes(3))))
                        : Optional.empty();
            }
        }
    }

    /** What is said of an address without such a login: always the same, and nobody has the password to it. */
    Credential fake(Connection connection, String emailKey) throws SQLException {
        byte[] secret = secret(connection);
        byte[] salt = Arrays.copyOf(hmac(secret, "salt\n" + emailKey), SALT_BYTES);
        byte[] verifier = new byte[VERIFIER_BLOCKS * 32];
        for (int i = 0; i < VERIFIER_BLOCKS; i++) {
            System.arraycopy(hmac(secret, "verifier " + i + "\n" + emailKey), 0, verifier, i * 32, 32);
        }
        // Its first bit is taken off, so that it is below N.
        return new Credential(salt, SrpParameters.ITERATIONS, new BigInteger(1, verifier).clearBit(3071));
    }

    private static byte[] secret(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT value FROM srp_secret");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getBytes(1);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }

    private static byte[] bytes(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
