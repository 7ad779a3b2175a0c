package dev.devmentor.gateway.identity;

import dev.devmentor.gateway.filter.Caller;

/** What came of looking at a token. */
sealed interface Verification {
    /**
     * It is good.
     *
     * @param untilMillis since 1970, when it is so no longer
     * @param key that signed it; once that is withdrawn the token is good no longer
     */
    record Verified(Caller caller, long untilMillis, SigningKey key) implements Verification {}

    /** It names a key that is not known. Perhaps it will be, after a fetch. */
    record UnknownKey() implements Verification {}

    /** It is not good. */
    record Refused(Reason reason) implements Verification {}

    /** Why a token is refused. */
    enum Reason {
        MALFORMED("the access token is malformed"),
        KEY("the access token was not signed by a key of this issuer"),
        SIGNATURE("the access token was not signed by a key of this issuer"),
        ISSUER("the access token is of another issuer"),
        AUDIENCE("the access token is for another audience"),
        EXPIRED("the access token has expired"),
        NOT_YET("the access token is not valid yet"),
        CLAIMS("the access token lacks what is needed here"),
        SESSION_ENDED("the session of the access token has ended");

        private final String detail;

        Reason(String detail) {
            this.detail = detail;
        }

        /** For the caller. */
        String detail() {
            return detail;
        }
    }
}
