package dev.devmentor.gateway.balance;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which services of the catalogue this installation has. One that it does not have is used like any other once it has answered; until
 * then it is absent and nothing is wrong.
 */
@Singleton
final class Installation {
    static final Installation OF_EVERYTHING = new Installation(Optional.empty());

    private final Optional<Set<String>> services;

    /** @param services empty for all */
    @Inject
    Installation(@ConfigProperty(name = "devmentor.gateway.installed") Optional<List<String>> services) {
        this.services = services.map(Set::copyOf);
    }

    boolean has(String service) {
        return services.isEmpty() || services.get().contains(service);
    }

    /** Refuses names that no service has. */
    void check(Set<String> known) {
        services.ifPresent(named -> named.forEach(name -> {
            if (!known.contains(name)) {
                throw new ConfigurationException("devmentor.gateway.installed: there is no service " + name);
            }
        }));
    }
}
