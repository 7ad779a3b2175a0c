package dev.devmentor.gateway.status;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.balance.ServiceHealth;
import dev.devmentor.gateway.balance.ServiceHealth.ServiceState;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
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
    public List<Instance> instances(String service) {
        return services.instances(service);
    }

    @Override
    public boolean isInstalled(String service) {
        return services.services().stream()
                .filter(one -> one.name().equals(service))
                .allMatch(ServiceState::installed);
    }

    @Override
    public boolean serves(String service, String path) {
        Route route = routes.find(path);
        return route != null && service.equals(route.service());
    }
}
