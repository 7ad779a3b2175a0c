package dev.devmentor.cli.platform;

import java.util.function.Supplier;

/** Somebody that a command acts as, and where services answer to them. */
public final class Actor {
    private final String subject;
    private final String name;
    private final Supplier<String> token;
    private final Addresses addresses;
    private final boolean byTheGateway;

    Actor(String subject, String name, Supplier<String> token, Addresses addresses, boolean byTheGateway) {
        this.subject = subject;
        this.name = name;
        this.token = token;
        this.addresses = addresses;
        this.byTheGateway = byTheGateway;
    }

    /** Their opaque id. */
    public String subject() {
        return subject;
    }

    /** For a person to read. */
    public String name() {
        return name;
    }

    /** An access token that is good for another half minute at least. */
    public String token() {
        return token.get();
    }

    /** Where a service answers: whoever is logged in goes by the gateway, as from outside; the launcher's own goes straight there. */
    public String service(String service) {
        return addresses.service(byTheGateway ? Platform.GATEWAY : service);
    }
}
