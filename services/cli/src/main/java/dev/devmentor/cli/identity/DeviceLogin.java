package dev.devmentor.cli.identity;

import dev.devmentor.cli.terminal.Failed;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits until a person has agreed to a login in a browser (RFC 8628, section 3.4 and 3.5). */
public final class DeviceLogin {
    /** RFC 8628, section 3.5: slow_down adds five seconds, for this poll and all later ones. */
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final AuthApi auth;
    private final Pause pause;

    /** How time passes. */
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    public DeviceLogin(AuthApi auth, Pause pause) {
        this.auth = auth;
        this.pause = pause;
    }

    /**
     * Begins a flow, shows its code, and polls until it is granted, refused or too late.
     *
     * @throws Failed in one line, if it was not granted
     */
    public TokenAnswer.Granted run(Consumer<DeviceCode> show) {
        DeviceCode code = auth.startDevice();
        show.accept(code);
        Duration interval = code.interval();
        Duration waited = Duration.ZERO;
        while (waited.compareTo(code.lifetime()) < 0) {
            sleep(interval);
            waited = waited.plus(interval);
            switch (auth.pollDevice(code)) {
                case TokenAnswer.Granted granted -> {
                    return granted;
                }
                case TokenAnswer.Refused refusal -> {
                    Duration asked = refusal.retryAfter();
                    boolean tooMany = refusal.status() == 429;
                    if (tooMany || refusal.error().equals("slow_down")) {
                        interval = interval.plus(SLOWER);
                        if (asked.compareTo(interval) > 0) {
                            sleep(asked.minus(interval));
                            waited = waited.plus(asked.minus(interval));
                        }
                    } else if (!refusal.error().equals("authorization_pending")) {
                        throw refused(refusal);
                    }
                }
            }
        }
        throw tooLate();
    }

    private Failed refused(TokenAnswer.Refused refusal) {
        return switch (refusal.error()) {
            case "access_denied" -> new Failed("the login was refused in the browser");
            case "expired_token" -> tooLate();
            default -> auth.refused("you are not logged in", refusal);
        };
    }

    private static Failed tooLate() {
        return new Failed("nobody confirmed the code in time: scripts/devmentor login shows a new one");
    }

    private void sleep(Duration duration) {
        try {
            pause.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted; you are not logged in", e);
        }
    }
}
