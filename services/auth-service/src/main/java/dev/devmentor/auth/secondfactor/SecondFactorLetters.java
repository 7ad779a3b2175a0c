package dev.devmentor.auth.secondfactor;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.client.PublicUrl;
import dev.devmentor.auth.mail.Letter;
import dev.devmentor.auth.mail.Mails;
import dev.devmentor.kit.transaction.UnitOfWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;

/** Tells people what happens with their second factor, so that they notice if it was not by them. */
@ApplicationScoped
class SecondFactorLetters {
    private static final Duration NOTICE = Duration.ofDays(2);

    private final Mails mails;
    private final PublicUrl publicUrl;

    SecondFactorLetters(Mails mails, PublicUrl publicUrl) {
        this.mails = mails;
        this.publicUrl = publicUrl;
    }

    void on(UnitOfWork work, Account account) throws SQLException {
        send(
                work,
                account,
                "second-factor-on",
                "Your second factor is on",
                "From now on a login to your account at DevMentor takes a code of your app, too. Other sessions were ended."
                        + " Keep the recovery codes where you keep important things.");
    }

    void off(UnitOfWork work, Account account, boolean byOperator) throws SQLException {
        send(
                work,
                account,
                "second-factor-off",
                "Your second factor is off",
                (byOperator
                                ? "An operator has switched off the second factor of your account at DevMentor."
                                : "The second factor of your account at DevMentor was switched off.")
                        + " A login takes only the first one now.");
    }

    void codeUsed(UnitOfWork work, Account account, int left) throws SQLException {
        send(
                work,
                account,
                "recovery-code-used",
                "A recovery code was used",
                "A recovery code of your account at DevMentor was used in the place of your app. " + left + " of "
                        + RecoveryCode.COUNT + " are left; you can make new ones.");
    }

    void newCodes(UnitOfWork work, Account account) throws SQLException {
        send(
                work,
                account,
                "recovery-codes-new",
                "You have new recovery codes",
                "New recovery codes were made for your account at DevMentor. The old ones are good for nothing now.");
    }

    /** Many wrong codes, or one a second time; only who got past the first factor comes so far. */
    void guessed(UnitOfWork work, Account account) throws SQLException {
        send(
                work,
                account,
                "second-factor-guessed",
                "Somebody tries codes of your second factor",
                "Somebody has shown the password of your account at DevMentor, or the account of GitHub that it is linked with,"
                        + " and has tried wrong codes, or one that was used before. They did not get in. Unless it was you, they know your password.");
    }

    private void send(UnitOfWork work, Account account, String kind, String subject, String text) throws SQLException {
        mails.send(
                work,
                Letter.to(account.id(), account.email(), kind, NOTICE, subject)
                        .text(text)
                        .text("If it was not you, set a new password now, and look at what the account's log says.")
                        .link("Your account", publicUrl.of("/auth/account"))
                        .link("Set a new password", publicUrl.of("/auth/reset")));
    }
}
