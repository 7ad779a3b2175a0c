package dev.devmentor.gateway.status;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.status.Status.ServiceLine;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks all parts and all instances at once, and keeps what they said for two seconds: however often it is asked for, a service
 * is asked at most once in that time.
 */
@ApplicationScoped
class LookAround {
    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MAX_BYTES = 65_536;
    private static final int NOT_FOUND = 404;

    private final BackendClient client;
    private final Backends backends;
    private final List<OwnPart> parts;
    private final Uni<Map<String, String>> own;
    private final Uni<List<ServiceLine>> services;

    LookAround(BackendClient client, Backends backends, @All List<OwnPart> parts) {
        this.client = client;
        this.backends = backends;
        this.parts = parts;
        this.own = Uni.createFrom().deferred(this::askParts).memoize().atLeast(KEPT);
        this.services = Uni.createFrom().deferred(this::askServices).memoize().atLeast(KEPT);
    }

    /** The gateway's own parts, by name. */
    Uni<Map<String, String>> own() {
        return own;
    }

    /** A line for each service, in their order. */
    Uni<List<ServiceLine>> services() {
        return services;
    }

    private Uni<Map<String, String>> askParts() {
        if (parts.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<Uni<State>> states = parts.stream()
                .map(part -> part.state().onFailure().recoverWithItem(State.UNKNOWN))
                .toList();
        return Uni.join().all(states).andFailFast().map(all -> {
            Map<String, String> byName = new TreeMap<>();
            for (int i = 0; i < all.size(); i++) {
                byName.put(parts.get(i).name(), all.get(i).wire());
            }
            return byName;
        });
    }

    private Uni<List<ServiceLine>> askServices() {
        List<Uni<ServiceLine>> lines =
                backends.services().stream().map(this::askService).toList();
        return lines.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(lines).andFailFast();
    }

    private Uni<ServiceLine> askService(String service) {
        List<Uni<Seen>> instances =
                backends.instances(service).stream().map(this::askInstance).toList();
        return instances.isEmpty()
                ? Uni.createFrom().item(line(service, List.of(), backends.isInstalled(service)))
                : Uni.join()
                        .all(instances)
                        .andFailFast()
                        .map(seen -> line(service, seen, backends.isInstalled(service)));
    }

    private Uni<Seen> askInstance(Instance instance) {
        return Uni.createFrom().deferred(() -> {
            long began = System.nanoTime();
            return client.ask(instance, BackendClient.Call.get("/health", PATIENCE, MAX_BYTES))
                    .map(answer ->
                            new Seen(state(answer.status()), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)))
                    .onFailure(BackendFailed.class)
                    .recoverWithItem(new Seen(State.DOWN, 0));
        });
    }

    /** Who does not know the question is there, but says nothing of how it is. */
    private static State state(int status) {
        if (status >= 200 && status < 300) {
            return State.UP;
        }
        return status == NOT_FOUND ? State.UNKNOWN : State.DOWN;
    }

    static ServiceLine line(String service, List<Seen> seen, boolean installed) {
        List<Seen> up = seen.stream().filter(one -> one.state == State.UP).toList();
        boolean allDown = !seen.isEmpty() && seen.stream().allMatch(one -> one.state == State.DOWN);
        State away = installed ? State.DOWN : State.ABSENT;
        State state = !up.isEmpty() ? State.UP : allDown ? away : State.UNKNOWN;
        return new ServiceLine(
                service,
                state.wire(),
                up.stream()
                        .min(Comparator.comparingLong(Seen::millis))
                        .map(Seen::millis)
                        .orElse(null),
                seen.size(),
                up.size());
    }

    /** How an instance is, and how long it took to say so. */
    record Seen(State state, long millis) {}
}
