package dev.devmentor.gateway.filter;

import dev.devmentor.gateway.wire.FieldNames;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Arrays;

/**
 * What the gateway puts on an answer, whoever makes the answer: what filters have set, and what every answer has for the safety of
 * browsers. A service's own value counts where the gateway only has a default.
 */
public final class AnswerHeaders {
    private static final AsciiString REQUEST_ID = FieldNames.of("x-request-id");
    private static final AsciiString DATE = FieldNames.of("date");
    private static final AsciiString VARY = FieldNames.of("vary");
    private static final AsciiString CONTENT_TYPE_OPTIONS = FieldNames.of("x-content-type-options");
    private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
    private static final AsciiString REFERRER_POLICY = FieldNames.of("referrer-policy");
    private static final AsciiString NO_REFERRER = AsciiString.cached("strict-origin-when-cross-origin");
    private static final AsciiString FRAME_OPTIONS = FieldNames.of("x-frame-options");
    private static final AsciiString DENY = AsciiString.cached("DENY");
    private static final AsciiString CONTENT_SECURITY_POLICY = FieldNames.of("content-security-policy");
    private static final AsciiString NO_FRAMES = AsciiString.cached("frame-ancestors 'none'");
    private static final AsciiString TRANSPORT_SECURITY = FieldNames.of("strict-transport-security");
    private static final AsciiString ONE_YEAR = AsciiString.cached("max-age=31536000; includeSubDomains");

    private AsciiString[] names = new AsciiString[8];
    private CharSequence[] values = new CharSequence[8];
    private int count;

    /** Sets a header, in the place of one of that name that was set before. */
    void set(String name, String value) {
        AsciiString known = FieldNames.of(name);
        for (int i = 0; i < count; i++) {
            if (names[i].equals(known)) {
                values[i] = value;
                return;
            }
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        names[count] = known;
        values[count++] = value;
    }

    /**
     * Whether a header that a service sent gives way to the gateway's.
     *
     * @param name in lower case
     */
    public boolean replaces(AsciiString name) {
        if (name == CONTENT_TYPE_OPTIONS || name == REQUEST_ID || name == TRANSPORT_SECURITY) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return name != VARY;
            }
        }
        return false;
    }

    /** Puts them on an answer that already has what the service sent. */
    public void writeTo(MultiMap answer, String requestId, boolean secure) {
        for (int i = 0; i < count; i++) {
            answer.add(names[i], values[i]);
        }
        if (!requestId.isEmpty()) {
            answer.add(REQUEST_ID, requestId);
        }
        answer.add(CONTENT_TYPE_OPTIONS, NOSNIFF);
        if (!answer.contains(DATE)) {
            answer.add(DATE, Now.text());
        }
        if (!answer.contains(REFERRER_POLICY)) {
            answer.add(REFERRER_POLICY, NO_REFERRER);
        }
        boolean policy = answer.contains(CONTENT_SECURITY_POLICY);
        if (!policy) {
            answer.add(CONTENT_SECURITY_POLICY, NO_FRAMES);
            if (!answer.contains(FRAME_OPTIONS)) {
                answer.add(FRAME_OPTIONS, DENY);
            }
        }
        if (secure) {
            answer.set(TRANSPORT_SECURITY, ONE_YEAR);
        }
    }

    /** Puts them on an answer that somebody else will make: what that one sets takes their place. */
    public void presetOn(MultiMap answer, String requestId, boolean secure) {
        writeTo(answer, requestId, secure);
    }
}
