package dev.devmentor.auth.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that may ask for tokens, beside those that are built in. */
@ConfigMapping(prefix = "devmentor.auth.clients")
interface ClientsConfig {
    /** By their {@code client_id}. */
    @WithParentName
    Map<String, Client> clients();

    /** One of them. */
    interface Client {
        /** Its secret, at least 32 characters. Without one a confidential client cannot get in. */
        Optional<String> secret();

        /** Grants that it may use; those of a service where nothing is said. */
        Optional<List<String>> grants();

        /** Scopes of its own tokens. */
        Optional<List<String>> scopes();
    }
}
