package dev.devmentor.auth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OAuthClientsTest {
    private static final String SECRET = "x".repeat(32);

    private record Secret(Optional<String> secret) implements ClientsConfig.Client {
        @Override
        public Optional<List<String>> grants() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> scopes() {
            return Optional.empty();
        }
    }

    private static OAuthClients clients(String id, String secret) {
        return new OAuthClients(() -> Map.of(id, new Secret(Optional.of(secret))));
    }

    private static ClientAuthentication.Shown shown(String id, String secret) {
        return new ClientAuthentication.Shown(id, secret, secret);
    }

    private static Optional<OAuthClient> byHeader(OAuthClients clients, String pair) {
        String header = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return ClientAuthentication.of(header, null, null).flatMap(clients::authenticate);
    }

    /** RFC 6749 2.3.1; and curl -u, which encodes nothing. */
    @Test
    void aSecretIsGoodInTheHeaderEncodedAndAsItIs() {
        String secret = "q+Zz/0=%9".repeat(4);
        OAuthClients clients = clients(OAuthClients.GATEWAY, secret);
        assertThat(byHeader(clients, "api-gateway:" + secret)).isPresent();
        assertThat(byHeader(clients, "api-gateway:" + "q%2BZz%2F0%3D%259".repeat(4)))
                .isPresent();
        assertThat(byHeader(clients, "api-gateway:" + secret.replace('+', ' '))).isEmpty();
    }

    @Test
    void withoutASecretNobodyIsThatClient() {
        OAuthClients clients = clients(OAuthClients.LAUNCHER, " ");
        for (String secret : new String[] {null, "", " ", SECRET}) {
            assertThat(clients.authenticate(shown(OAuthClients.LAUNCHER, secret)))
                    .isEmpty();
            assertThat(clients.authenticate(shown(OAuthClients.GATEWAY, secret)))
                    .isEmpty();
        }
    }

    @Test
    void aClientShowsItsWholeSecretAndNothingElse() {
        OAuthClients clients = clients(OAuthClients.GATEWAY, SECRET);
        assertThat(clients.authenticate(shown(OAuthClients.GATEWAY, SECRET))).isPresent();
        for (String wrong : new String[] {null, "", SECRET + "x", SECRET.substring(1), SECRET.toUpperCase()}) {
            assertThat(clients.authenticate(shown(OAuthClients.GATEWAY, wrong))).isEmpty();
        }
        assertThat(clients.authenticate(shown("nobody", SECRET))).isEmpty();
        // One that can keep no secret has none, and is not somebody who has.
        assertThat(clients.authenticate(shown(OAuthClients.CLI, SECRET))).isEmpty();
        assertThat(clients.authenticate(shown(OAuthClients.CLI, null))).isPresent();
    }

    @Test
    void refusesASecretThatIsShortAndOneOfAClientThatIsPublic() {
        assertThatThrownBy(() -> clients(OAuthClients.GATEWAY, "x".repeat(31)))
                .hasMessage("the secret of client api-gateway has fewer than 32 characters")
                .hasMessageNotContaining("xxx");
        assertThatThrownBy(() -> clients(OAuthClients.CLI, SECRET)).isInstanceOf(IllegalArgumentException.class);
    }
}
