package dev.devmentor.auth.client;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All programs that may ask for tokens: those that are built in, with secrets from the configuration, and those that it adds. */
@ApplicationScoped
public class OAuthClients {
    /** The command line. */
    public static final String CLI = "devmentor-cli";
    /** Pages in a browser. */
    public static final String WEB = "devmentor-web";
    /** The API gateway. */
    public static final String GATEWAY = "api-gateway";
    /** The launcher on a laptop. */
    public static final String LAUNCHER = "launcher";

    private static final int SHORTEST_SECRET = 32;

    private final Map<String, OAuthClient> clients = new HashMap<>();

    OAuthClients(ClientsConfig config) {
        add(new OAuthClient(CLI, null, Set.of(Grants.DEVICE_CODE, Grants.REFRESH_TOKEN), ""));
        add(new OAuthClient(WEB, null, Set.of(Grants.REFRESH_TOKEN), ""));
        config.clients().forEach((id, client) -> {
            Optional<String> secret = client.secret().filter(text -> !text.isBlank());
            if (secret.isEmpty()) {
                return; // nobody can be this client
            }
            if (secret.get().length() < SHORTEST_SECRET) {
                throw new IllegalArgumentException(
                        "the secret of client " + id + " has fewer than " + SHORTEST_SECRET + " characters");
            }
            add(new OAuthClient(
                    id,
                    secret.get(),
                    client.grants().<Set<String>>map(Set::copyOf).orElse(usualGrants(id)),
                    String.join(" ", client.scopes().orElse(List.of("service")))));
        });
    }

    private void add(OAuthClient client) {
        if (clients.putIfAbsent(client.id(), client) != null) {
            throw new IllegalArgumentException("the client " + client.id() + " is built in and has no secret");
        }
    }

    private static Set<String> usualGrants(String id) {
        return switch (id) {
            case GATEWAY -> Set.of(Grants.CLIENT_CREDENTIALS, Grants.API_KEY);
            case LAUNCHER -> Set.of(Grants.CLIENT_CREDENTIALS, Grants.TOKEN_EXCHANGE);
            default -> Set.of(Grants.CLIENT_CREDENTIALS);
        };
    }

    /** All of them. */
    public Collection<OAuthClient> all() {
        return clients.values();
    }

    /**
     * The client that shows who it is by its id and, if it has one, its secret.
     *
     * @return empty if there is none of that id, or the secret is another
     */
    public Optional<OAuthClient> authenticate(ClientAuthentication.Shown shown) {
        OAuthClient client = clients.get(shown.id());
        if (client == null) {
            return Optional.empty();
        }
        String expected = client.secret();
        String secret = shown.secret();
        if (expected == null) {
            return secret == null || secret.isEmpty() ? Optional.of(client) : Optional.empty();
        }
        boolean right = is(expected, secret) | is(expected, shown.asSent());
        return right ? Optional.of(client) : Optional.empty();
    }

    private static boolean is(String expected, @Nullable String shown) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                (shown == null ? "" : shown).getBytes(StandardCharsets.UTF_8));
    }
}
