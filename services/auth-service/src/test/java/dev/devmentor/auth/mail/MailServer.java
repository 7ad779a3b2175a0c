package dev.devmentor.auth.mail;

import dev.devmentor.parts.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Switches on the service's own mailbox, on a free port, and gives all mail to it. */
public class MailServer implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.mailer.port",
                Integer.toString(Ports.free(1).getFirst()),
                "devmentor.auth.mailbox.enabled",
                "true",
                "devmentor.auth.mailbox.most",
                "20");
    }

    @Override
    public void stop() {
        // The mailbox stops with the service.
    }
}
