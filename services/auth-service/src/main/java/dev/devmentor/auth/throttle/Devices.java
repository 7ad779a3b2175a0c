package dev.devmentor.auth.throttle;

import dev.devmentor.auth.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Cookies of browsers in which somebody has logged in (OWASP "Slow down online guessing attacks with device cookies"): guesses
 * from elsewhere never delay these. The cookie proves nothing else, and is good for one account only.
 */
@ApplicationScoped
public class Devices {
    /** Name of the cookie. */
    public static final String COOKIE = "devmentor_device";

    private static final String PURPOSE = "device-cookie";
    private static final int ID_BYTES = 16;
    private static final int MAC_BYTES = 32;
    private static final int LENGTH = ID_BYTES + Long.BYTES + MAC_BYTES;

    private final Secrets secrets;
    private final Clock clock;
    private final Duration lifetime;

    Devices(Secrets secrets, Clock clock, ThrottleConfig config) {
        this.secrets = secrets;
        this.clock = clock;
        this.lifetime = config.deviceLifetime();
    }

    /**
     * The cookie to send after a login.
     *
     * @param account in the form that was typed
     * @param secure whether the person's end speaks TLS
     */
    public NewCookie cookie(String account, boolean secure) {
        return new NewCookie.Builder(COOKIE)
                .value(issue(account))
                .path("/")
                .maxAge(Math.toIntExact(lifetime.toSeconds()))
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    String issue(String account) {
        byte[] head = ByteBuffer.allocate(ID_BYTES + Long.BYTES)
                .put(secrets.newBytes(ID_BYTES))
                .putLong(clock.instant().plus(lifetime).getEpochSecond())
                .array();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(LENGTH)
                        .put(head)
                        .put(mac(head, account))
                        .array());
    }

    /** Which browser it is; empty if the cookie is none of ours, too old, or another account's. */
    Optional<String> known(String account, String cookie) {
        byte[] value;
        try {
            value = cookie.length() > 128 ? new byte[0] : Base64.getUrlDecoder().decode(cookie);
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
        if (value.length != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer parts = ByteBuffer.wrap(value);
        byte[] head = new byte[ID_BYTES + Long.BYTES];
        byte[] mac = new byte[MAC_BYTES];
        parts.get(head).get(mac);
        long until = ByteBuffer.wrap(head).getLong(ID_BYTES);
        return MessageDigest.isEqual(mac, mac(head, account)) && clock.instant().getEpochSecond() < until
                ? Optional.of(HexFormat.of().formatHex(head, 0, ID_BYTES))
                : Optional.empty();
    }

    private byte[] mac(byte[] head, String account) {
        return secrets.mac(PURPOSE, HexFormat.of().formatHex(head) + ":" + Throttle.sameAccount(account));
    }
}
