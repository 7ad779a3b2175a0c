package dev.devmentor.cli.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.devmentor.cli.terminal.Failed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceLoginTest {
    private final List<Long> slept = new ArrayList<>();
    private final List<DeviceCode> shown = new ArrayList<>();

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

    private TokenAnswer.Granted run() {
        AuthApi auth = new AuthApi(service.url(), "the gateway", Duration.ofSeconds(10));
        return new DeviceLogin(auth, pause -> slept.add(pause.toSeconds())).run(shown::add);
    }

    @Test
    void pollsAtTheIntervalUntilThePersonHasAgreed() {
        service.answerPollBy(400, "authorization_pending");
        service.answerPollBy(400, "authorization_pending");
        TokenAnswer.Granted granted = run();
        assertThat(Login.claims(granted.accessToken()).path("sub").asText()).isEqualTo("demo");
        assertThat(granted.refreshToken()).startsWith("refresh-");
        assertThat(granted.toString()).isEqualTo("Granted[for PT15M]");
        assertThat(slept).containsExactly(1L, 1L, 1L);
        assertThat(service.polls()).containsExactly("device-1", "device-1", "device-1");
        assertThat(shown)
                .extracting(DeviceCode::userCode, DeviceCode::completeUri)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "BCDF-GHJK", service.url() + "/auth/device?user_code=BCDF-GHJK"));
        assertThat(shown.getFirst().toString()).isEqualTo("DeviceCode[BCDF-GHJK]");
    }

    @Test
    void slowsDownForGoodWhenItIsAskedTo() {
        service.answerPollBy(400, "slow_down");
        service.answerPollBy(400, "authorization_pending");
        run();
        assertThat(slept).containsExactly(1L, 6L, 6L);
    }

    @Test
    void aLimitOfTheGatewayOnlySlowsItDown() {
        service.answerPollBy(429, "rate-limited");
        run();
        // The next poll comes 42 s after the answer that asked for that.
        assertThat(slept).containsExactly(1L, 36L, 6L);
    }

    @Test
    void saysThatThePersonRefused() {
        service.answerPollBy(400, "access_denied");
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(this::run)
                .withMessage("the login was refused in the browser");
    }

    @Test
    void saysThatTheCodeHasExpired() {
        service.answerPollBy(400, "expired_token");
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(this::run)
                .withMessage("nobody confirmed the code in time: scripts/devmentor login shows a new one");
    }

    @Test
    void givesUpByItselfWhenTheCodeMustHaveExpired() {
        for (int i = 0; i < 700; i++) {
            service.answerPollBy(400, "authorization_pending");
        }
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(this::run)
                .withMessage("nobody confirmed the code in time: scripts/devmentor login shows a new one");
        assertThat(slept).hasSize(600).containsOnly(1L);
    }

    @Test
    void otherRefusalsAreNamed() {
        service.answerPollBy(400, "invalid_grant");
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(this::run)
                .withMessage("you are not logged in: the gateway answered 400: invalid_grant");
    }
}
