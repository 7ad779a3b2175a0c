package dev.devmentor.auth.registration;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.client.PublicUrl;
import dev.devmentor.auth.mail.Letter;
import dev.devmentor.auth.mail.Mails;
import dev.devmentor.auth.registration.MailTokens.Purpose;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends the letters of this package. No name stands in them: whoever registers a strange address chooses it. */
@ApplicationScoped
public class Links {
    private static final Duration NOTICE = Duration.ofDays(2);

    private final RegistrationConfig config;
    private final MailTokens tokens;
    private final Mails mails;
    private final PublicUrl publicUrl;
    private final Clock clock;

    Links(RegistrationConfig config, MailTokens tokens, Mails mails, PublicUrl publicUrl, Clock clock) {
        this.config = config;
        this.tokens = tokens;
        this.mails = mails;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * Sends a link that confirms the address and brings a password; none if there were many within the last hour.
     *
     * @param phc hash of the password that was given with the request
     */
    public void sendVerification(UnitOfWork work, Account account, String phc) throws SQLException {
        sendVerification(work, account, phc, null);
    }

    /** As the other; with a zero-knowledge password instead of a hash. */
    void sendVerification(UnitOfWork work, Account account, @Nullable String phc, @Nullable String srp)
            throws SQLException {
        if (areMany(work, account, Purpose.VERIFY)) {
            return;
        }
        String token = tokens.issue(work.connection(), account.id(), Purpose.VERIFY, phc, srp, config.verifyLifetime());
        mails.send(
                work,
                Letter.to(
                                account.id(),
                                account.email(),
                                "verify-email",
                                config.verifyLifetime(),
                                "Confirm your address")
                        .text(
                                "Somebody, we think you, has opened an account at DevMentor with this address. Follow the link to"
                                        + " confirm that it is yours.")
                        .link("Confirm the address", publicUrl.of("/auth/verify#token=" + token))
                        .text(
                                "The link is good for "
                                        + config.verifyLifetime().toHours()
                                        + " hours. If it was not you, do not follow it: without it nobody can use the account."));
    }

    void sendReset(UnitOfWork work, Account account) throws SQLException {
        if (areMany(work, account, Purpose.RESET)) {
            return;
        }
        String token = tokens.issue(work.connection(), account.id(), Purpose.RESET, null, null, config.resetLifetime());
        mails.send(
                work,
                Letter.to(account.id(), account.email(), "reset-password", config.resetLifetime(), "Set a new password")
                        .text(
                                "Follow the link to set a new password for your account at DevMentor. All sessions end then.")
                        .link("Set a new password", publicUrl.of("/auth/reset#token=" + token))
                        .text("The link is good for "
                                + config.resetLifetime().toMinutes()
                                + " minutes, once. If it was not you who asked for it, you need not do anything."));
    }

    void sendKnownAlready(UnitOfWork work, Account account) throws SQLException {
        mails.send(
                work,
                Letter.to(
                                account.id(),
                                account.email(),
                                "known-already",
                                config.verifyLifetime(),
                                "You have an account already")
                        .text(
                                "Somebody, maybe you, wanted to open an account at DevMentor with this address. You have one"
                                        + " already, and nothing has changed.")
                        .link("Log in", publicUrl.of("/auth/login"))
                        .link("Set a new password", publicUrl.of("/auth/reset")));
    }

    /**
     * Tells somebody that their password was changed, so that they notice if it was not by them. Links that were asked for before set none any
     * more: who changes a password because somebody reads their mail would else have changed nothing.
     */
    public void sendPasswordChanged(UnitOfWork work, Account account) throws SQLException {
        tokens.withdraw(work.connection(), account.id(), Purpose.RESET);
        mails.send(
                work,
                Letter.to(account.id(), account.email(), "password-changed", NOTICE, "Your password was changed")
                        .text("The password of your account at DevMentor was changed, and other sessions were ended.")
                        .text("If it was not you, set a new one now, and look at what the account's log says.")
                        .link("Set a new password", publicUrl.of("/auth/reset")));
    }

    private boolean areMany(UnitOfWork work, Account account, Purpose purpose) throws SQLException {
        return tokens.sentSince(
                        work.connection(),
                        account.id(),
                        purpose,
                        clock.instant().minus(Duration.ofHours(1)))
                >= config.lettersPerHour();
    }
}
