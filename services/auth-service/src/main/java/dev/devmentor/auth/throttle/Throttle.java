package dev.devmentor.auth.throttle;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Growing delays for those who guess passwords, codes or tokens. */
@ApplicationScoped
public class Throttle {
    /** What is guessed at. */
    public enum Kind {
        /** A person's password, whichever way it is proven. */
        PASSWORD,
        /** A code that a device shows. */
        DEVICE_CODE,
        /** A token that was sent by mail, a refresh token, a client's secret, an API key. */
        SECRET,
        /** Mails that a request sends to somebody. */
        MAIL
    }

    /**
     * Whether an attempt may be made now.
     *
     * @param account whom it is aimed at, known or not, in the form that was typed; null if at nobody in particular
     * @param address from where
     * @param device the value of the cookie that a successful login from this browser has left; null without
     * @return null if it may, otherwise after which time it may
     */
    public @Nullable Duration waitFor(Kind kind, @Nullable String account, String address, @Nullable String device) {
        return null;
    }

    /** Notes that an attempt failed. */
    public void failed(Kind kind, @Nullable String account, String address, @Nullable String device) {}

    /** Notes that an attempt succeeded. */
    public void succeeded(Kind kind, String account, String address, @Nullable String device) {}
}
