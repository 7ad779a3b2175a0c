package dev.devmentor.auth.token;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of {@code signing_key}. */
@ApplicationScoped
class SigningKeyTable {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final long LOCK = 0x6b657973L; // any number that nobody else takes

    private final KeyBox box;
    private final TokenConfig config;

    SigningKeyTable(KeyBox box, TokenConfig config) {
        this.box = box;
        this.config = config;
    }

    /** Two instances never make a key at once. */
    void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
    }

    /** Keys that are published at a time, the one that signs last first. */
    List<SigningKey> published(Connection connection, Instant now) throws SQLException {
        List<SigningKey> keys = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT kid, private_key, public_jwk, signs_from, signs_until, published_until FROM signing_key
                WHERE published_until IS NULL OR published_until > ? ORDER BY signs_from DESC, kid""")) {
            select.setTimestamp(1, Timestamp.from(now));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String kid = rows.getString(1);
                    keys.add(new SigningKey(
                            kid,
                            privateKey(box.open(rows.getBytes(2), kid)),
                            rows.getString(3),
                            rows.getTimestamp(4).toInstant(),
                            instant(rows, 5),
                            instant(rows, 6)));
                }
            }
        }
        return keys;
    }

    /** Makes a key that signs from then on. */
    void add(Connection connection, Instant now, Instant signsFrom) throws SQLException {
        KeyPair pair;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(config.keyBits());
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
        RSAPublicKey open = (RSAPublicKey) pair.getPublic();
        String modulus = URL.encodeToString(unsigned(open.getModulus()));
        String exponent = URL.encodeToString(unsigned(open.getPublicExponent()));
        String kid = thumbprint(modulus, exponent);
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO signing_key (kid, private_key, public_jwk, created_at, signs_from) VALUES (?, ?, ?, ?, ?)""")) {
            insert.setString(1, kid);
            insert.setBytes(2, box.seal(pair.getPrivate().getEncoded(), kid));
            insert.setString(
                    3,
                    "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + kid + "\",\"n\":\"" + modulus
                            + "\",\"e\":\"" + exponent + "\"}");
            insert.setTimestamp(4, Timestamp.from(now));
            insert.setTimestamp(5, Timestamp.from(signsFrom));
            insert.executeUpdate();
        }
    }

    /** Lets all keys that sign without an end sign and be published until then. */
    void end(Connection connection, Instant newest, Instant signUntil, Instant publishUntil) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE signing_key SET signs_until = least(signs_until, ?), published_until = least(published_until, ?)
                WHERE signs_from < ?""")) {
            update.setTimestamp(1, Timestamp.from(signUntil));
            update.setTimestamp(2, Timestamp.from(publishUntil));
            update.setTimestamp(3, Timestamp.from(newest));
            update.executeUpdate();
        }
    }

    /** Deletes all keys: nothing that they signed is good any more. */
    void deleteAll(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM signing_key")) {
            delete.executeUpdate();
        }
    }

    /** Deletes keys of which every token has ended. */
    void deleteUnpublished(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM signing_key WHERE published_until <= ?")) {
            delete.setTimestamp(1, Timestamp.from(now));
            delete.executeUpdate();
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static PrivateKey privateKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a signing key in the database is none", e);
        }
    }

    /** RFC 7638: over exactly these members in this order. */
    private static String thumbprint(String modulus, String exponent) {
        String members = "{\"e\":\"" + exponent + "\",\"kty\":\"RSA\",\"n\":\"" + modulus + "\"}";
        try {
            return URL.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
