package dev.devmentor.gateway.status;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.balance.ServiceHealth;
import dev.devmentor.gateway.balance.ServiceHealth.ServiceState;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;

/** The services that requests are balanced over, and the routes that lead to them, as they are now. */
@ApplicationScoped
class KnownBackends implements Backends {
    private final ServiceHealth services;
    private final Routes routes;

    KnownBackends(ServiceHealth services, Routes routes) {
        this.services = services;
        this.routes = routes;
    }

    @Override
    public List<String> services() {
        return services.services().stream().map(ServiceState::name).sorted().toList();
    }

    @Override
    public List<URI> instances(String service) {
        return services.instances(service).stream().map(KnownBackends::address).toList();
    }

    @Override
    public boolean isInstalled(String service) {
        return services.services().stream()
                .filter(one -> one.name().equals(service))
                .allMatch(ServiceState::installed);
    }

    private static URI address(Instance instance) {
        String host = instance.host();
        return URI.create((instance.tls() ? "https://" : "http://")
                + (host.indexOf(':') >= 0 ? '[' + host + ']' : host)
                + ':'
                + instance.port());
    }

    @Override
    public boolean serves(String service, String path) {
        Route route = routes.find(path);
        return route != null && service.equals(route.service());
    }
}
