package dev.devmentor.cli.identity;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.TypedSecrets;

/** A login by mail address and password, and by the code of a second factor where the service asks for one. */
public final class PasswordLogin {
    /** What is asked for, as the person reads it. */
    static final String CODE = "code of your app, or a recovery code";
    /** Types of problems that speak of the second factor. */
    static final String REQUIRED = "second-factor-required";

    static final String WRONG = "wrong-second-factor";

    private PasswordLogin() {}

    /** Logs in. */
    public static TokenAnswer.Granted run(AuthApi auth, String email, TypedSecrets secrets) {
        String password = new String(secrets.next("password"));
        TokenAnswer answer = auth.password(email, password, null);
        if (answer instanceof TokenAnswer.Refused refusal && refusal.error().equals(REQUIRED)) {
            answer = auth.password(email, password, new String(secrets.next(CODE)));
        }
        return switch (answer) {
            case TokenAnswer.Granted granted -> granted;
            case TokenAnswer.Refused refusal -> throw failed(refusal);
        };
    }

    private static Failed failed(TokenAnswer.Refused refusal) {
        if (refusal.status() == 429) {
            long seconds = Math.max(1, refusal.retryAfter().toSeconds());
            return new Failed("too many attempts: try again in " + seconds + " s");
        }
        if (refusal.error().equals(WRONG)) {
            return new Failed("you are not logged in: " + refusal.description());
        }
        return refusal.status() == 401 || refusal.error().equals("invalid_grant")
                ? new Failed("mail address or password is wrong")
                : new Failed("you are not logged in: the gateway answered " + refusal.status() + ": "
                        + (refusal.description().isBlank() ? refusal.error() : refusal.description()));
    }
}
