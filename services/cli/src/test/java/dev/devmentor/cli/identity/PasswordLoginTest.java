package dev.devmentor.cli.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.TypedSecrets;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasswordLoginTest {
    @SuppressWarnings("NullAway.Init")
    private FakeAuthService service;

    @BeforeEach
    void start() throws Exception {
        service = FakeAuthService.start("launcher-secret", "right");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private TokenAnswer.Granted logIn(String typed) {
        AuthApi auth = new AuthApi(service.url(), "the auth service", Duration.ofSeconds(10));
        return PasswordLogin.run(
                auth,
                FakeAuthService.EMAIL,
                TypedSecrets.lines(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void asksForACodeOnlyWhereTheServiceDoes() {
        assertThat(Login.claims(logIn("right\n").accessToken()).path("sub").asText())
                .isEqualTo("demo");
        service.secondFactor("492039");
        assertThat(Login.claims(logIn("right\n492039\n").accessToken())
                        .path("sub")
                        .asText())
                .isEqualTo("demo");
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> logIn("right\n"))
                .withMessage("there is no code of your app, or a recovery code on standard input");
    }

    @Test
    void saysWhichOfTheTwoIsWrong() {
        service.secondFactor("492039");
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> logIn("wrong\n492039\n"))
                .withMessage("mail address or password is wrong");
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> logIn("right\n123456\n"))
                .withMessage("you are not logged in: it is wrong-second-factor");
    }
}
