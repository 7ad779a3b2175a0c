package dev.devmentor.gateway.status;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The issuer, whose keys tokens are checked with. Keys that are known stay in use while it is away. */
@ApplicationScoped
class KeysPart implements OwnPart {
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final int MAX_BYTES = 65_536;
    private static final int OK = 200;

    private final BackendClient client;
    private final URI issuer;

    KeysPart(BackendClient client, @ConfigProperty(name = "quarkus.oidc.auth-server-url") URI issuer) {
        this.client = client;
        this.issuer = issuer;
    }

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public Uni<State> state() {
        String path = issuer.getRawPath() == null ? "" : issuer.getRawPath();
        String discovery = (path.endsWith("/") ? path : path + "/") + ".well-known/openid-configuration";
        return client.ask(issuer, BackendClient.Call.get(discovery, PATIENCE, MAX_BYTES))
                .map(answer -> answer.status() == OK ? State.UP : State.DOWN)
                .onFailure(BackendFailed.class)
                .recoverWithItem(State.DOWN);
    }
}
