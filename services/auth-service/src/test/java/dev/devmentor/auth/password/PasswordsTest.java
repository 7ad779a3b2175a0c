package dev.devmentor.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.auth.secret.SecretsForTests;
import dev.devmentor.kit.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private record Config(int memoryKib, int iterations, int parallelism, int atOnce, int mostWaiting)
            implements PasswordConfig {
        @Override
        public Duration patience() {
            return Duration.ofSeconds(30);
        }
    }

    private Passwords passwords(int memoryKib, int iterations) {
        return new Passwords(new Config(memoryKib, iterations, 1, 2, 4), SecretsForTests.secrets(), meters);
    }

    private static Passwords.Checked right(@Nullable String rehashed) {
        return new Passwords.Checked.Right(rehashed);
    }

    private static final Passwords.Checked WRONG = new Passwords.Checked.Wrong();

    @Test
    void knowsThePasswordAgain() {
        Passwords passwords = passwords(64, 1);
        String phc = passwords.hash("violet orbit lamp");
        assertThat(phc).startsWith("$argon2id$v=19$m=64,t=1,p=1$").doesNotContain("violet");
        assertThat(passwords.hash("violet orbit lamp")).isNotEqualTo(phc);
        assertThat(passwords.check("violet orbit lamp", phc)).isEqualTo(right(null));
        assertThat(passwords.check("violet orbit lamp ", phc)).isEqualTo(WRONG);
        assertThat(passwords.check("", phc)).isEqualTo(WRONG);
    }

    /** Made with the reference program: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32 (its own test). */
    @Test
    void agreesWithTheReferenceProgram() {
        assertThat(
                        passwords(65_536, 2)
                                .check(
                                        "password",
                                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isEqualTo(right(null));
    }

    @Test
    void nothingIsCutOffAndFormsOfACharacterAreOne() {
        Passwords passwords = passwords(64, 1);
        String all = "x".repeat(255);
        String phc = passwords.hash(all + "y");
        assertThat(passwords.check(all + "y", phc)).isEqualTo(right(null));
        assertThat(passwords.check(all + "z", phc)).isEqualTo(WRONG);
        assertThat(passwords.check("Schl\u00fcssel", passwords.hash("Schlu\u0308ssel")))
                .isEqualTo(right(null));
    }

    @Test
    void hashesAnewWhenTheParametersHaveRisen() {
        String old = passwords(64, 1).hash("violet orbit lamp");
        Passwords now = passwords(128, 2);
        assertThat(now.check("violet orbit lamp", old)).isInstanceOfSatisfying(Passwords.Checked.Right.class, found -> {
            assertThat(found.rehashed()).startsWith("$argon2id$v=19$m=128,t=2,p=1$");
            assertThat(now.check("violet orbit lamp", found.rehashed())).isEqualTo(right(null));
        });
        assertThat(now.check("wrong", old)).isEqualTo(WRONG);
        assertThat(passwords(64, 1).check("violet orbit lamp", now.hash("violet orbit lamp")))
                .describedAs("parameters that have sunk")
                .isEqualTo(right(null));
    }

    @Test
    void aMissingHashTakesTheSameWork() {
        Passwords passwords = passwords(64, 1);
        String phc = passwords.hash("violet orbit lamp");
        double before = hashes();
        passwords.check("wrong", phc);
        double known = hashes() - before;
        assertThat(passwords.check("wrong", null)).isEqualTo(WRONG);
        assertThat(hashes() - before).isEqualTo(2 * known);
    }

    private double hashes() {
        return meters.counter("devmentor.password.hashes").count();
    }

    @Test
    void refusesAHashThatWouldTakeAllMemory() {
        assertThatThrownBy(
                        () -> passwords(64, 1)
                                .check(
                                        "x",
                                        "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Two at once, four wait, the others are told to come again. */
    @Test
    void aFloodWaitsOrIsSentAway() throws Exception {
        Passwords passwords = passwords(16_384, 4);
        List<Future<String>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(() -> passwords.hash("violet orbit lamp")));
            }
        }
        int done = 0;
        for (Future<String> one : all) {
            try {
                one.get();
                done++;
            } catch (java.util.concurrent.ExecutionException refused) {
                assertThat(refused.getCause())
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                problem ->
                                        assertThat(problem.problem().status()).isEqualTo(503));
            }
        }
        assertThat(done).isBetween(6, 39);
        assertThat(passwords.hash("it goes on")).isNotEmpty();
    }
}
