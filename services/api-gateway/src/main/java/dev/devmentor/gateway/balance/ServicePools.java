package dev.devmentor.gateway.balance;

import dev.devmentor.gateway.breaker.Circuits;
import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.route.Routes;
import dev.devmentor.gateway.settings.Settings;
import dev.devmentor.gateway.settings.Settings.ServiceSettings;
import dev.devmentor.gateway.settings.SettingsUser;
import dev.devmentor.gateway.settings.StateSection;
import dev.devmentor.gateway.shed.LatencyLimit;
import dev.devmentor.gateway.shed.ServiceLimits;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All services with their instances, as they are delivered, configured and set by operators, in this order. How many calls a service
 * is given at once is decided here too, by {@link LatencyLimit}, as here each try begins and ends; a try that is refused by it is
 * a lease that is not there. Operators pass. Streams and WebSockets are counted, but are no measure of a service's pace.
 */
@Singleton
@Unremovable
final class ServicePools implements Upstreams, Alternatives, ServiceHealth, SettingsUser, StateSection {
    /** A service as it is configured, what is found of it, and how it is now. */
    static final class Served {
        final String name;
        final DeliveredServices.Service configured;
        final Pool pool;
        final LatencyLimit limit;
        /** Whether it is there although nobody said so: it has answered, or operators have named instances. */
        volatile boolean isSeen;

        private List<Address> addresses = List.of();
        private final Map<Address, List<InetAddress>> found = new LinkedHashMap<>();

        Served(String name, DeliveredServices.Service configured, Pool pool, LatencyLimit limit) {
            this.name = name;
            this.configured = configured;
            this.pool = pool;
            this.limit = limit;
        }

        synchronized void addresses(List<Address> next) {
            addresses = next;
            found.keySet().retainAll(next);
            update();
        }

        /** The names whose addresses have to be looked up. */
        synchronized List<Address> names() {
            return addresses.stream().filter(Address::byName).toList();
        }

        /** Takes over what was found for a name. */
        synchronized void found(Address name, List<InetAddress> all) {
            if (addresses.contains(name)) {
                found.put(name, List.copyOf(all));
                update();
            }
        }

        private void update() {
            Set<Instance> instances = new LinkedHashSet<>();
            for (Address address : addresses) {
                if (address.byName()) {
                    for (InetAddress each : found.getOrDefault(address, List.of())) {
                        instances.add(new Instance(
                                each.getHostAddress(),
                                address.port(),
                                address.tls(),
                                configured.http2(),
                                address.host()));
                    }
                } else {
                    instances.add(new Instance(address.host(), address.port(), address.tls(), configured.http2()));
                }
            }
            pool.instances(instances);
        }
    }

    private final Map<String, Served> services = new LinkedHashMap<>();
    private final ServiceLimits limits;
    private final Installation installation;

    @Inject
    ServicePools(
            ServicesConfig config, Installation installation, Circuits circuits, ServiceLimits limits, Routes routes) {
        this(config.services(), installation, circuits, limits);
        routes.all().forEach(this::check);
    }

    /** Refuses a route that leads nowhere. */
    void check(Route route) {
        String service = route.service();
        if (service != null && !services.containsKey(service)) {
            throw new ConfigurationException(
                    "devmentor.gateway.routes." + route.name() + ".service: there is no service " + service);
        }
    }

    ServicePools(
            Map<String, ServicesConfig.Service> config,
            Installation installation,
            Circuits circuits,
            ServiceLimits limits) {
        this.limits = limits;
        this.installation = installation;
        Map<String, DeliveredServices.Service> configured = DeliveredServices.all();
        config.forEach((name, change) -> configured.compute(name, (key, delivered) -> merged(name, delivered, change)));
        configured.forEach((name, service) -> {
            Pool pool = new Pool(
                    service.strategy(),
                    circuits::newCircuit,
                    bound -> ThreadLocalRandom.current().nextInt(bound));
            Served served = new Served(name, service, pool, limits.newLimit(name));
            served.addresses(service.addresses());
            services.put(name, served);
        });
        installation.check(services.keySet());
    }

    @Override
    public @Nullable Lease lease(String service, Exchange exchange, Set<Instance> tried) {
        Served served = services.get(service);
        if (served == null) {
            return null;
        }
        boolean measured = !isStream(exchange.request());
        if (measured) {
            if (exchange.caller().roles().contains("operator")) {
                served.limit.enterAnyway();
            } else if (!served.limit.tryEnter()) {
                limits.refused(served.name);
                return null;
            }
        }
        Pool.Chosen chosen = served.pool.choose(exchange.clientAddress(), tried);
        if (chosen == null) {
            if (measured) {
                served.limit.leave();
            }
            return null;
        }
        return new OneLease(chosen, served, measured ? served.limit : null);
    }

    @Override
    public long retryAfterSeconds(String service) {
        Served served = services.get(service);
        return served == null ? 5 : served.pool.retryAfterSeconds();
    }

    @Override
    public int usable(String service) {
        Served served = services.get(service);
        return served == null ? 0 : served.pool.usable();
    }

    @Override
    public boolean isInstalled(String service) {
        Served served = services.get(service);
        return installation.has(service) || served != null && served.isSeen;
    }

    @Override
    public List<ServiceState> services() {
        return services.values().stream()
                .map(served -> new ServiceState(
                        served.name,
                        served.pool.nodes().length,
                        served.pool.usable(),
                        served.configured.healthPath() != null,
                        isInstalled(served.name)))
                .toList();
    }

    @Override
    public List<Instance> instances(String service) {
        Served served = services.get(service);
        if (served == null) {
            return List.of();
        }
        Node[] nodes = served.pool.nodes();
        List<Instance> usable = Stream.of(nodes)
                .filter(Node::isUsable)
                .map(node -> node.instance)
                .toList();
        return usable.isEmpty() ? Stream.of(nodes).map(node -> node.instance).toList() : usable;
    }

    /** All services, for those who keep them up to date. */
    Collection<Served> all() {
        return services.values();
    }

    @Override
    public List<String> problems(Settings candidate) {
        List<String> problems = new ArrayList<>();
        candidate.services().forEach((name, set) -> {
            if (!services.containsKey(name)) {
                problems.add("services." + name + ": there is no such service");
            }
            List<String> instances = set.instances();
            for (int i = 0; instances != null && i < instances.size(); i++) {
                try {
                    Address.of(instances.get(i));
                } catch (IllegalArgumentException e) {
                    problems.add("services." + name + ".instances[" + i + "]: " + e.getMessage());
                }
            }
        });
        return problems;
    }

    @Override
    public void apply(Settings settings) {
        services.forEach((name, served) -> {
            ServiceSettings set = settings.services().get(name);
            List<String> instances = set == null ? null : set.instances();
            String strategy = set == null ? null : set.strategy();
            if (instances != null) {
                served.isSeen = true;
            }
            served.pool.strategy(strategy == null ? served.configured.strategy() : Strategy.valueOf(strategy));
            served.addresses(
                    instances == null
                            ? served.configured.addresses()
                            : instances.stream().map(Address::of).toList());
        });
    }

    @Override
    public String name() {
        return "services";
    }

    @Override
    public Object state() {
        Map<String, Object> state = new LinkedHashMap<>();
        services.forEach((name, served) -> {
            List<Object> instances = new ArrayList<>();
            for (Node node : served.pool.nodes()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("instance", node.instance.toString());
                line.put("well", node.isWell());
                line.put("breaker", node.circuit.state().name());
                line.put("underWay", node.underWay.get());
                instances.add(line);
            }
            Map<String, Object> service = new LinkedHashMap<>();
            service.put("strategy", served.pool.strategy().name());
            service.put("limit", served.limit.limit());
            service.put("underWay", served.limit.underWay());
            service.put("instances", instances);
            state.put(name, service);
        });
        return state;
    }

    private static boolean isStream(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                || (accept != null && accept.contains("text/event-stream"));
    }

    private static DeliveredServices.Service merged(
            String name, DeliveredServices.@Nullable Service delivered, ServicesConfig.Service change) {
        List<Address> addresses = change.instances()
                .map(all -> all.stream().map(text -> address(name, text)).toList())
                .orElse(delivered == null ? List.of() : delivered.addresses());
        if (addresses.isEmpty()) {
            throw new ConfigurationException(
                    "devmentor.gateway.services." + name + ": there is no such service; a new one needs instances");
        }
        String path = change.healthPath()
                .orElse(delivered == null || delivered.healthPath() == null ? "none" : delivered.healthPath());
        if (!path.equals("none") && !path.startsWith("/")) {
            throw new ConfigurationException("devmentor.gateway.services." + name + ".health-path: " + path
                    + " does not begin with a slash, and is not none");
        }
        return new DeliveredServices.Service(
                addresses,
                change.strategy().orElse(delivered == null ? Strategy.ROUND_ROBIN : delivered.strategy()),
                path.equals("none") ? null : path,
                change.http2().orElse(delivered != null && delivered.http2()));
    }

    private static Address address(String service, String text) {
        try {
            return Address.of(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("devmentor.gateway.services." + service + ".instances: " + text
                    + ": an instance " + e.getMessage());
        }
    }

    private static final class OneLease implements Lease {
        private final Pool.Chosen chosen;
        private final Served served;
        private final @Nullable LatencyLimit limit;
        private final long began = System.nanoTime();
        private final AtomicBoolean ended = new AtomicBoolean();

        OneLease(Pool.Chosen chosen, Served served, @Nullable LatencyLimit limit) {
            this.chosen = chosen;
            this.served = served;
            this.limit = limit;
            chosen.node().underWay.incrementAndGet();
        }

        @Override
        public Instance instance() {
            return chosen.node().instance;
        }

        @Override
        public void succeeded() {
            if (ends(true)) {
                chosen.node().circuit.succeeded(chosen.ticket());
                if (!served.isSeen) {
                    served.isSeen = true;
                }
            }
        }

        @Override
        public void failed(Failure how) {
            // Silence is how an overloaded service answers; what fails at once says nothing of its pace.
            if (ends(how == Failure.TIMEOUT)) {
                chosen.node().circuit.failed(chosen.ticket());
            }
        }

        @Override
        public void abandoned() {
            if (ends(false)) {
                chosen.node().circuit.abandoned(chosen.ticket());
            }
        }

        private boolean ends(boolean measured) {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
            chosen.node().underWay.decrementAndGet();
            if (limit != null) {
                if (measured) {
                    limit.leave(began);
                } else {
                    limit.leave();
                }
            }
            return true;
        }
    }
}
