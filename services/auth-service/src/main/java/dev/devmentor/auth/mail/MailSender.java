package dev.devmentor.auth.mail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.auth.secret.Secrets;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands letters to the mail server, the oldest first. One that the server does not take is tried again later; one that got out
 * just before this instance died goes out twice.
 */
@ApplicationScoped
class MailSender {
    private static final Logger LOG = Logger.getLogger(MailSender.class);

    private final MailConfig config;
    private final MailTable table;
    private final MailSignal signal;
    private final ReactiveMailer mailer;
    private final Secrets secrets;
    private final ObjectMapper json;
    private final Clock clock;
    private final MeterRegistry meters;

    /**
     * Begun elsewhere, the mail client connects on one event loop and listens on another (vertx-mail-client 4.5, {@code SMTPEndPoint}): the
     * server's greeting can come before anybody listens, and the letter waits until patience ends.
     */
    private final Context eventLoop;

    private volatile boolean stopping;
    private @Nullable Thread thread;

    MailSender(
            MailConfig config,
            MailTable table,
            MailSignal signal,
            ReactiveMailer mailer,
            Secrets secrets,
            ObjectMapper json,
            Clock clock,
            MeterRegistry meters,
            Vertx vertx) {
        this.config = config;
        this.table = table;
        this.signal = signal;
        this.mailer = mailer;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
        this.meters = meters;
        this.eventLoop = ((VertxInternal) vertx).createEventLoopContext();
    }

    void begin(@Observes StartupEvent started) {
        if (config.enabled()) {
            thread = Thread.ofVirtual().name("mail-sender").start(this::run);
        }
    }

    void end(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            running.join(Duration.ofSeconds(5));
        }
    }

    private void run() {
        try {
            while (!stopping) {
                try {
                    if (sendNext()) {
                        continue;
                    }
                } catch (SQLException | RuntimeException down) {
                    if (stopping) {
                        return;
                    }
                    LOG.warnf("letters cannot be read: %s", down.getClass().getSimpleName());
                }
                signal.await(config.poll());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there was one to send. */
    private boolean sendNext() throws SQLException {
        Optional<MailTable.Due> taken =
                table.take(clock.instant(), config.patience().multipliedBy(2));
        if (taken.isEmpty()) {
            return false;
        }
        MailTable.Due due = taken.get();
        if (due.expired()) {
            drop(due, "expired");
            return true;
        }
        Optional<byte[]> text = secrets.open(Mails.PURPOSE, due.id().toString(), due.sealed());
        if (text.isEmpty()) {
            drop(due, "unreadable");
            return true;
        }
        try {
            MailText mail = json.readValue(text.get(), MailText.class);
            mailer.send(Mail.withText(mail.to(), mail.subject(), mail.text()).setHtml(mail.html()))
                    .runSubscriptionOn(send -> eventLoop.runOnContext(ignored -> send.run()))
                    .await()
                    .atMost(config.patience());
        } catch (RuntimeException | IOException refused) {
            if (stopping) {
                table.tryAgain(due.id(), clock.instant());
            } else if (due.attempts() >= config.mostAttempts()) {
                drop(due, "given-up");
            } else {
                // Its message can name the receiver.
                LOG.warnf(
                        "a letter (%s) could not be sent at attempt %d: %s",
                        due.kind(), due.attempts(), refused.getClass().getSimpleName());
                count(due, "failed");
                table.tryAgain(due.id(), clock.instant().plus(backoff(due.attempts())));
            }
            return true;
        }
        table.delete(due.id());
        count(due, "sent");
        return true;
    }

    private Duration backoff(int attempts) {
        Duration wait = config.firstBackoff().multipliedBy(1L << Math.min(20, attempts - 1));
        return wait.compareTo(config.longestBackoff()) < 0 ? wait : config.longestBackoff();
    }

    private void drop(MailTable.Due due, String outcome) throws SQLException {
        LOG.warnf("a letter (%s) is not sent any more: %s", due.kind(), outcome);
        table.delete(due.id());
        count(due, outcome);
    }

    private void count(MailTable.Due due, String outcome) {
        meters.counter("devmentor.mail.letters", "kind", due.kind(), "outcome", outcome)
                .increment();
    }
}
