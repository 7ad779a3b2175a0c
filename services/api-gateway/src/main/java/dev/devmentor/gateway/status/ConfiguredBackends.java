package dev.devmentor.gateway.status;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The services as they are configured, whether or not they are well. */
@ApplicationScoped
@DefaultBean
class ConfiguredBackends implements Backends {
    private final BackendsConfig config;
    private final List<String> services;

    ConfiguredBackends(BackendsConfig config) {
        this.config = config;
        this.services = List.copyOf(new TreeMap<>(config.services()).keySet());
    }

    @Override
    public List<String> services() {
        return services;
    }

    @Override
    public List<URI> instances(String service) {
        BackendsConfig.@Nullable Service known = config.services().get(service);
        return known == null ? List.of() : known.urls().orElse(List.of());
    }

    /** Of several services with a prefix of the path, the one with the longest has it. */
    @Override
    public boolean serves(String service, String path) {
        return service.equals(servedBy(path));
    }

    private @Nullable String servedBy(String path) {
        String best = null;
        int longest = -1;
        for (Map.Entry<String, BackendsConfig.Service> known : config.services().entrySet()) {
            for (String prefix : known.getValue().paths().orElse(List.of())) {
                if (prefix.length() > longest && isBelow(path, prefix)) {
                    longest = prefix.length();
                    best = known.getKey();
                }
            }
        }
        return best;
    }

    /** A prefix ends at a segment: {@code /api/ai} is none of {@code /api/aix}. */
    static boolean isBelow(String path, String prefix) {
        return path.startsWith(prefix)
                && (path.length() == prefix.length() || prefix.endsWith("/") || path.charAt(prefix.length()) == '/');
    }
}
