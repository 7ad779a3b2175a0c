package dev.devmentor.cli.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.TypedSecrets;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedInTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private FakeAuthService service;

    @SuppressWarnings("NullAway.Init")
    private AuthApi auth;

    @BeforeEach
    void start() throws Exception {
        service = FakeAuthService.start("launcher-secret", "right");
        auth = new AuthApi(service.url(), "the auth service", Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private LoggedIn at(Instant now) {
        LoginFile file = new LoginFile(directory.resolve("secrets/login.json"), directory.resolve("run/login.lock"));
        return new LoggedIn(auth, file, Clock.fixed(now, ZoneOffset.UTC));
    }

    private Login logIn() {
        return at(NOW).begin(PasswordLogin.run(
                auth, FakeAuthService.EMAIL, TypedSecrets.lines(new ByteArrayInputStream("right\n".getBytes(UTF_8)))));
    }

    private static String subject(String token) {
        return Login.claims(token).path("sub").asText();
    }

    @Test
    void keepsALoginForItsOwnerAlone() throws Exception {
        Login login = logIn();
        assertThat(login.subject()).isEqualTo("demo");
        assertThat(login.client()).isEqualTo("devmentor-web");
        assertThat(login.name()).isEqualTo("demo@devmentor.local");
        assertThat(login.toString()).isEqualTo("Login[demo]");
        Path file = directory.resolve("secrets/login.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(at(NOW).who()).contains(login);
        assertThat(at(NOW).accessToken()).isEqualTo(login.accessToken());
    }

    @Test
    void renewsAnAccessTokenHalfAMinuteBeforeItExpiresAndKeepsTheNextRefreshToken() {
        Login login = logIn();
        assertThat(at(NOW.plusSeconds(869)).accessToken()).isEqualTo(login.accessToken());
        String second = at(NOW.plusSeconds(870)).accessToken();
        assertThat(second).isNotEqualTo(login.accessToken());
        Login renewed = at(NOW).who().orElseThrow();
        assertThat(renewed.accessToken()).isEqualTo(second);
        assertThat(renewed.refreshToken()).isNotEqualTo(login.refreshToken());
        assertThat(renewed.accessUntil()).isEqualTo(NOW.plusSeconds(870 + 900));
        assertThat(at(NOW.plusSeconds(5_000)).accessToken()).isNotEqualTo(second);
        assertThat(service.logins()).isEqualTo(1);
    }

    @Test
    void manyAtOnceUseARefreshTokenOnce() throws Exception {
        logIn();
        Instant later = NOW.plusSeconds(1_000);
        List<Callable<String>> commands = IntStream.range(0, 20)
                .mapToObj(i -> (Callable<String>) () -> at(later).accessToken())
                .toList();
        Set<String> tokens;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> got = new ArrayList<>();
            for (Future<String> one : threads.invokeAll(commands, 60, TimeUnit.SECONDS)) {
                got.add(one.get());
            }
            assertThat(got).hasSize(20);
            tokens = Set.copyOf(got);
        }
        assertThat(tokens).hasSize(1);
        assertThat(service.logins()).isEqualTo(1);
    }

    @Test
    void aLoginThatHasEndedStaysAFailureAndNeverBecomesSomebodyElse() {
        Login login = logIn();
        auth.refresh(login); // somebody else used it
        Instant later = NOW.plusSeconds(1_000);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(Failed.class)
                    .isThrownBy(() -> at(later).accessToken())
                    .withMessage("the login of demo@devmentor.local has ended: scripts/devmentor login"
                            + " (or logout, to act as the demo person again)");
        }
        assertThat(service.logins()).describedAs("reuse ends the family").isZero();
        assertThat(at(NOW).who().orElseThrow().hasEnded()).isTrue();
        assertThat(at(NOW).end().orElseThrow().subject()).isEqualTo("demo");
        assertThat(at(NOW).who()).isEmpty();
    }

    @Test
    void anAuthServiceThatIsAwayEndsNoLogin() {
        Login login = logIn();
        service.close();
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> at(NOW.plusSeconds(1_000)).accessToken())
                .withMessage("the auth service does not answer at " + service.url()
                        + " (is it running? scripts/devmentor status)");
        assertThat(at(NOW).who()).contains(login);
    }

    @Test
    void loggingOutEndsTheLoginAtTheAuthServiceToo() {
        logIn();
        assertThat(service.logins()).isEqualTo(1);
        assertThat(at(NOW).end().orElseThrow().name()).isEqualTo("demo@devmentor.local");
        assertThat(service.logins()).isZero();
        assertThat(at(NOW).end()).isEmpty();
    }

    @Test
    void loggingOutWithoutTheAuthServiceIsSaid() {
        logIn();
        service.close();
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> at(NOW).end())
                .withMessageStartingWith("logged out here, but the auth service does not know yet: ");
        assertThat(at(NOW).who()).isEmpty();
    }

    @Test
    void aSecondLoginEndsTheFirst() {
        Login first = logIn();
        Login second = logIn();
        assertThat(service.logins()).isEqualTo(1);
        assertThat(auth.refresh(first)).isInstanceOf(TokenAnswer.Refused.class);
        assertThat(at(NOW).who()).contains(second);
    }

    @Test
    void aFileThatHoldsNoLoginIsNamed() throws Exception {
        Path file = directory.resolve("secrets/login.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"subject\":");
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> at(NOW).accessToken())
                .withMessage(file + " holds no login (scripts/devmentor logout takes it away)");
        assertThat(at(NOW).end()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void aTokenOfTheLauncherIsKeptForAsLongAsItIsGood() {
        LauncherTokens now = new LauncherTokens(auth, () -> "launcher-secret", Clock.fixed(NOW, ZoneOffset.UTC));
        String token = now.token("ada", "learner");
        assertThat(subject(token)).isEqualTo("ada");
        assertThat(now.token("ada", "learner")).isEqualTo(token);
        assertThat(now.token("ada", "operator")).isNotEqualTo(token);
        service.lifetimeSeconds = 30;
        assertThat(now.token("bob", "learner")).isNotEqualTo(now.token("bob", "learner"));
    }

    @Test
    void anotherLaunchersSecretGetsNothing() {
        LauncherTokens other = new LauncherTokens(auth, () -> "other", Clock.fixed(NOW, ZoneOffset.UTC));
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> other.token("ada", "learner"))
                .withMessage("there is no token for ada: the auth service at " + service.url()
                        + " does not take this data directory's secret");
    }
}
