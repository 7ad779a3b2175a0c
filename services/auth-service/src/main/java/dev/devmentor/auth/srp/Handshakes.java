package dev.devmentor.auth.srp;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.account.EmailAddress;
import dev.devmentor.auth.redis.PatientRedis;
import dev.devmentor.auth.secret.Secrets;
import dev.devmentor.kit.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two steps of a login. Between them the server's secret value lies in Redis ({@code session:srp:ID}), two minutes at most, and is
 * taken out by the first proof, right or wrong. While Redis does not answer, it lies in this instance alone. Addresses without such a login go the same way with a verifier that is made up.
 */
@ApplicationScoped
public class Handshakes {
    private static final String KEY = "session:srp:";
    private static final long SECONDS = 120;
    private static final int ID_BYTES = 18;
    private static final int ID_LENGTH = 24;
    private static final int MOST_ALONE = 10_000;
    private static final String NOBODY = "";
    private static final String PURPOSE = "srp-handshake";

    private final SecureRandom random = new SecureRandom();
    private final Transactions transactions;
    private final Accounts accounts;
    private final SrpCredentials credentials;
    private final SrpServer server;
    private final Secrets secrets;
    private final Clock clock;
    private final PatientRedis redis;
    /** What could not be told to Redis; the oldest go first. */
    private final Map<String, String> alone = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_ALONE;
        }
    });

    Handshakes(
            Transactions transactions,
            Accounts accounts,
            SrpCredentials credentials,
            SrpServer server,
            Secrets secrets,
            Clock clock,
            PatientRedis redis) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.credentials = credentials;
        this.server = server;
        this.secrets = secrets;
        this.clock = clock;
        this.redis = redis;
    }

    /** What a client needs to prove a password. */
    record Challenge(String id, Credential credential, BigInteger shown) {}

    /**
     * A handshake whose proof is looked at.
     *
     * @param accountId empty if the address has no such login
     * @param emailKey the address
     */
    public record Begun(String accountId, String emailKey, BigInteger secret, BigInteger shown) {
        private static final String SEPARATOR = "\n";

        String text() {
            return String.join(SEPARATOR, accountId, emailKey, secret.toString(16), shown.toString(16));
        }

        static Begun of(String text) {
            String[] parts = text.split(SEPARATOR, 4);
            return new Begun(parts[0], parts[1], new BigInteger(parts[2], 16), new BigInteger(parts[3], 16));
        }
    }

    /**
     * A password was proven.
     *
     * @param m2 the proof of the server, in hex
     * @param verifier by which it was proven
     */
    public record Proven(String accountId, String m2, BigInteger verifier) {}

    /** Whose password is to be proven, and what stands for it. The work is the same for everybody. */
    private record Claimed(String accountId, Credential credential) {}

    Challenge begin(EmailAddress address) throws SQLException {
        Claimed claimed = transactions.run(work -> claimed(
                work.connection(),
                accounts.byEmail(work.connection(), address.typed())
                        .map(Account::id)
                        .orElse(NOBODY),
                address.key()));
        SrpServer.Ephemeral ours = server.begin(claimed.credential().verifier());
        Begun begun = new Begun(claimed.accountId(), address.key(), ours.secret(), ours.shown());
        return new Challenge(keep(begun), claimed.credential(), ours.shown());
    }

    /** Under another id in each place: what Redis has taken in after all is nobody's second try. */
    private String keep(Begun begun) {
        String id = newId();
        String value = sealed(id, begun);
        boolean shared = redis.ask(
                source -> source.value(String.class)
                        .setex(KEY + id, SECONDS, value)
                        .replaceWith(true),
                () -> false);
        if (shared) {
            return id;
        }
        String own = newId();
        alone.put(own, sealed(own, begun));
        return own;
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Claimed claimed(Connection connection, String accountId, String emailKey) throws SQLException {
        Optional<Credential> real = credentials.find(connection, accountId);
        Credential made = credentials.fake(connection, emailKey);
        return new Claimed(real.isPresent() ? accountId : NOBODY, real.orElse(made));
    }

    /** Takes a handshake out, so that it is good once; empty if there is none of this id, or it is too old. */
    public Optional<Begun> take(@Nullable String id) {
        if (id == null || id.length() != ID_LENGTH) {
            return Optional.empty();
        }
        String own = alone.remove(id);
        Optional<String> value = own != null
                ? Optional.of(own)
                : redis.ask(
                        source -> source.value(String.class).getdel(KEY + id).map(Optional::ofNullable),
                        Optional::empty);
        return value.flatMap(text -> opened(id, text));
    }

    /**
     * Bound to its id and to the time. Whoever could choose b would know the session key without knowing the password (with b = 0 it is
     * 1), so that writing to Redis would be a way in.
     */
    private String sealed(String id, Begun begun) {
        String text = (clock.instant().getEpochSecond() + SECONDS) + Begun.SEPARATOR + begun.text();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(secrets.seal(PURPOSE, id, text.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<Begun> opened(String id, String value) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        return secrets.open(PURPOSE, id, sealed)
                .map(text -> new String(text, StandardCharsets.UTF_8).split(Begun.SEPARATOR, 2))
                .filter(parts -> Long.parseLong(parts[0]) > clock.instant().getEpochSecond())
                .map(parts -> Begun.of(parts[1]));
    }

    /**
     * Looks at a proof.
     *
     * @param a the client's A in hex
     * @param m1 the client's proof in hex
     * @return empty if it is wrong
     * @throws dev.devmentor.kit.problem.ProblemException 400 if a number is none of the group
     */
    public Optional<Proven> prove(Begun begun, @Nullable String a, @Nullable String m1) throws SQLException {
        BigInteger clientValue = SrpServer.number("A", a);
        BigInteger proof = SrpServer.number("M1", m1);
        Claimed claimed = transactions.run(work -> claimed(work.connection(), begun.accountId(), begun.emailKey()));
        BigInteger answer = server.prove(
                claimed.credential().verifier(),
                new SrpServer.Ephemeral(begun.secret(), begun.shown()),
                clientValue,
                proof);
        return claimed.accountId().isEmpty() || answer == null
                ? Optional.empty()
                : Optional.of(new Proven(
                        claimed.accountId(),
                        answer.toString(16),
                        claimed.credential().verifier()));
    }
}
