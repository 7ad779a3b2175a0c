package dev.devmentor.auth.mail;

import dev.devmentor.parts.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Switches on the service's own mailbox, on a free port, and gives all mail to it, by a relay that sees who is connected. */
public class MailServer implements QuarkusTestResourceLifecycleManager {
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket relay;

    @Override
    public Map<String, String> start() {
        int mailbox = Ports.free(1).getFirst();
        try {
            ServerSocket opened = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            relay = opened;
            Thread.ofVirtual().start(() -> accept(opened, mailbox));
            return Map.of(
                    "quarkus.mailer.port",
                    Integer.toString(opened.getLocalPort()),
                    "devmentor.auth.mailbox.port",
                    Integer.toString(mailbox),
                    "devmentor.auth.mailbox.enabled",
                    "true",
                    "devmentor.auth.mailbox.most",
                    "20");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many connections there are. */
    public int connections() {
        return connected.size();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(MailServer.class));
    }

    private void accept(ServerSocket from, int mailbox) {
        while (!from.isClosed()) {
            try {
                Socket sender = from.accept();
                connected.add(sender);
                Socket box = new Socket(InetAddress.getLoopbackAddress(), mailbox);
                Thread.ofVirtual().start(() -> copy(sender, box));
                Thread.ofVirtual().start(() -> copy(box, sender));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // By the other direction.
        }
        connected.remove(from);
        connected.remove(to);
    }

    @Override
    public void stop() {
        // The mailbox stops with the service.
        try {
            if (relay != null) {
                relay.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
