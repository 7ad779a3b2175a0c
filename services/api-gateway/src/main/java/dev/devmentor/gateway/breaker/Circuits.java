package dev.devmentor.gateway.breaker;

import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.settings.Settings;
import dev.devmentor.gateway.settings.SettingsUser;
import dev.devmentor.gateway.settings.StateSection;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Makes the circuits of instances, keeps those of routes, and gives all of them the times that are in force. */
@Singleton
@Unremovable
public class Circuits implements RouteBreakers, SettingsUser, StateSection {
    private final BreakerTimes configured;
    private final ConcurrentMap<String, Circuit> routes = new ConcurrentHashMap<>();
    private volatile BreakerTimes times;

    @Inject
    Circuits(BreakerConfig config) {
        this(times(config));
    }

    /** With these times, until operators set others. */
    public Circuits(BreakerTimes configured) {
        this.configured = configured;
        times = configured;
    }

    private static BreakerTimes times(BreakerConfig config) {
        if (config.longestOpen().compareTo(config.open()) < 0) {
            throw new ConfigurationException("devmentor.gateway.breaker.longest-open: is shorter than open");
        }
        return new BreakerTimes(config.failures(), config.open(), config.longestOpen(), config.calm());
    }

    /** One for a new instance. */
    public Circuit newCircuit() {
        return new Circuit(System::nanoTime, () -> times);
    }

    @Override
    public Breaker of(Route route) {
        Circuit circuit = routes.get(route.name());
        return new OneTry(circuit != null ? circuit : routes.computeIfAbsent(route.name(), name -> newCircuit()));
    }

    /** The circuits of the routes that were asked for since the start, by the route's name. */
    public Map<String, Circuit> ofRoutes() {
        return new TreeMap<>(routes);
    }

    @Override
    public List<String> problems(Settings candidate) {
        try {
            merged(candidate);
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of("breaker.longestOpenSeconds: is at least breaker.openSeconds, which is "
                    + seconds(candidate.breaker().openSeconds(), configured.open())
                            .toSeconds());
        }
    }

    @Override
    public void apply(Settings settings) {
        times = merged(settings);
    }

    private BreakerTimes merged(Settings settings) {
        Settings.BreakerSettings set = settings.breaker();
        Integer failures = set.failures();
        return new BreakerTimes(
                failures == null ? configured.failures() : failures,
                seconds(set.openSeconds(), configured.open()),
                seconds(set.longestOpenSeconds(), configured.longest()),
                seconds(set.calmSeconds(), configured.calm()));
    }

    private static Duration seconds(@Nullable Integer set, Duration configured) {
        return set == null ? configured : Duration.ofSeconds(set);
    }

    @Override
    public String name() {
        return "breakers";
    }

    @Override
    public Object state() {
        Map<String, Object> state = new LinkedHashMap<>();
        BreakerTimes set = times;
        state.put("failures", set.failures());
        state.put("openSeconds", set.open().toSeconds());
        state.put("longestOpenSeconds", set.longest().toSeconds());
        state.put("calmSeconds", set.calm().toSeconds());
        Map<String, Object> byRoute = new LinkedHashMap<>();
        ofRoutes().forEach((name, circuit) -> byRoute.put(name, circuit.state().name()));
        state.put("routes", byRoute);
        return state;
    }

    /** A circuit as one request sees it: it keeps the ticket. */
    private static final class OneTry implements Breaker {
        private final Circuit circuit;
        private volatile long ticket = Circuit.REFUSED;

        OneTry(Circuit circuit) {
            this.circuit = circuit;
        }

        @Override
        public boolean tryAcquire() {
            ticket = circuit.tryAcquire();
            return ticket != Circuit.REFUSED;
        }

        @Override
        public void succeeded() {
            circuit.succeeded(ticket);
        }

        @Override
        public void failed() {
            circuit.failed(ticket);
        }

        @Override
        public void abandoned() {
            circuit.abandoned(ticket);
        }

        @Override
        public State state() {
            return circuit.state();
        }

        @Override
        public long retryAfterSeconds() {
            return circuit.retryAfterSeconds();
        }
    }
}
