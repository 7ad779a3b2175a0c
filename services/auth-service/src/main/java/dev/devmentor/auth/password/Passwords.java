package dev.devmentor.auth.password;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.devmentor.auth.secret.Secrets;
import dev.devmentor.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of passwords: Argon2id version 1.3 (RFC 9106), kept as PHC text {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}. The
 * password is hashed as UTF-8 of its NFKC form, so that one that was typed on another keyboard is the same.
 */
@ApplicationScoped
public class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    /** More than any parameters that we have ever set: a row that says more does not make this service do it. */
    private static final int MOST_MEMORY_KIB = 1 << 18;

    private static final int MOST_ITERATIONS = 64;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{20,128})");

    private final Parameters current;
    private final Secrets secrets;
    private final Semaphore turns;
    private final Semaphore places;
    private final Duration patience;
    private final String nobodys;
    private final Counter hashes;
    private final Timer time;

    Passwords(PasswordConfig config, Secrets secrets, MeterRegistry meters) {
        this.current = new Parameters(config.memoryKib(), config.iterations(), config.parallelism());
        this.secrets = secrets;
        this.turns = new Semaphore(config.atOnce(), true);
        this.places = new Semaphore(config.atOnce() + config.mostWaiting());
        this.patience = config.patience();
        this.hashes = Counter.builder("devmentor.password.hashes")
                .description("Argon2id hashes that were computed")
                .register(meters);
        this.time = Timer.builder("devmentor.password.hash")
                .description("Time of one Argon2id hash, without waiting for its turn")
                .register(meters);
        // Never the hash of anything: no input gives 32 zero bytes but by chance.
        this.nobodys = current.phc(secrets.newBytes(SALT_BYTES), new byte[HASH_BYTES]);
    }

    private record Parameters(int memoryKib, int iterations, int parallelism) {
        byte[] hash(byte[] password, byte[] salt, int length) {
            return Argon2Function.getInstance(memoryKib, iterations, parallelism, length, Argon2.ID)
                    .hash(password, salt)
                    .getBytes();
        }

        String phc(byte[] salt, byte[] hash) {
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            return "$argon2id$v=19$m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism + "$"
                    + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        }

        boolean isWeakerThan(Parameters other) {
            return memoryKib < other.memoryKib || iterations < other.iterations || parallelism < other.parallelism;
        }
    }

    /** What a check found. */
    public sealed interface Checked {
        /**
         * It is the password.
         *
         * @param rehashed a hash with the present parameters to keep instead, where they have risen; null if they have not
         */
        record Right(@Nullable String rehashed) implements Checked {}

        /** It is not. */
        record Wrong() implements Checked {}
    }

    /**
     * The hash to keep of a password.
     *
     * @throws ProblemException 503 if too many are hashed at once
     */
    public String hash(String password) {
        byte[] text = bytes(password);
        byte[] salt = secrets.newBytes(SALT_BYTES);
        return inTurn(() -> current.phc(salt, timed(current, text, salt, HASH_BYTES)));
    }

    /**
     * Whether it is the password of a hash. Takes as long for an account that has none, or is none.
     *
     * @param phc the hash that is kept; null if there is none
     * @throws ProblemException 503 if too many are hashed at once
     */
    public Checked check(String password, @Nullable String phc) {
        byte[] text = bytes(password);
        Matcher parts = PHC.matcher(phc == null ? nobodys : phc);
        if (!parts.matches()) {
            throw new IllegalStateException("a hash that is kept is no Argon2id in PHC form");
        }
        Parameters kept = new Parameters(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        if (kept.memoryKib() > MOST_MEMORY_KIB || kept.iterations() > MOST_ITERATIONS) {
            throw new IllegalStateException("a hash that is kept has parameters that we never set");
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        return inTurn(() -> {
            boolean right = MessageDigest.isEqual(expected, timed(kept, text, salt, expected.length)) && phc != null;
            if (!right) {
                return new Checked.Wrong();
            }
            if (!kept.isWeakerThan(current)) {
                return new Checked.Right(null);
            }
            byte[] fresh = secrets.newBytes(SALT_BYTES);
            return new Checked.Right(current.phc(fresh, timed(current, text, fresh, HASH_BYTES)));
        });
    }

    /** The same work as a check or a hash, for nothing: so that an answer takes as long where there is nothing to do. */
    public void pretend(String password) {
        check(password, null);
    }

    private byte[] timed(Parameters parameters, byte[] text, byte[] salt, int length) {
        hashes.increment();
        return Optional.ofNullable(time.record(() -> parameters.hash(text, salt, length)))
                .orElseThrow();
    }

    /** A flood of logins must not take the memory of everything else: only so many at once, the others wait a while. */
    private <R> R inTurn(Supplier<R> work) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy();
            }
            try {
                return work.get();
            } finally {
                turns.release();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            places.release();
        }
    }

    private static ProblemException busy() {
        return ProblemException.unavailable("too many people are logging in at once; try again in some seconds");
    }

    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }
}
