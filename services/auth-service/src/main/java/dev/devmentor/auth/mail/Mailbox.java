package dev.devmentor.auth.mail;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server for a laptop that keeps what it gets in memory, for the page that shows it. It listens on the loopback address
 * alone, passes nothing on, and is not there unless it is switched on.
 */
@ApplicationScoped
class Mailbox implements SimpleMessageListener {
    private static final Logger LOG = Logger.getLogger(Mailbox.class);
    private static final int LARGEST = 256 * 1024;
    private static final int MOST_CONNECTIONS = 16;
    private static final int MOST_RECIPIENTS = 10;

    private final MailboxConfig config;
    private final Clock clock;
    private final Deque<MailboxMessage> messages = new ArrayDeque<>();
    private @Nullable SMTPServer server;
    private long last;

    Mailbox(MailboxConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Before letters are sent. */
    void begin(@Observes @Priority(1) StartupEvent started) {
        if (config.enabled()) {
            SMTPServer begun = SMTPServer.port(config.port())
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .hostName("localhost")
                    .softwareName("DevMentor mailbox")
                    .maxMessageSize(LARGEST)
                    .maxConnections(MOST_CONNECTIONS)
                    .maxRecipients(MOST_RECIPIENTS)
                    .connectionTimeoutMs(30_000)
                    .simpleMessageListener(this)
                    .build();
            begun.start();
            server = begun;
            LOG.info("mail stays on this machine, in the mailbox at /auth/mailbox");
        }
    }

    void end(@Observes ShutdownEvent stopped) {
        SMTPServer running = server;
        if (running != null) {
            running.stop();
        }
    }

    boolean isEnabled() {
        return config.enabled();
    }

    @Override
    public boolean accept(String from, String recipient) {
        return true;
    }

    @Override
    public void deliver(String from, String recipient, InputStream data) throws IOException {
        MimeReader mail = MimeReader.read(data.readNBytes(LARGEST));
        synchronized (messages) {
            messages.addFirst(new MailboxMessage(
                    ++last, clock.instant(), from, recipient, mail.subject(), mail.text(), mail.html()));
            while (messages.size() > config.most()) {
                messages.removeLast();
            }
        }
    }

    /** The newest first. */
    List<MailboxMessage> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }
}
