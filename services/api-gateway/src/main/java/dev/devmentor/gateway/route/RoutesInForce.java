package dev.devmentor.gateway.route;

import dev.devmentor.gateway.route.Route.Access;
import dev.devmentor.gateway.route.RouteTable.Entry;
import dev.devmentor.gateway.settings.Settings;
import dev.devmentor.gateway.settings.Settings.RouteSettings;
import dev.devmentor.gateway.settings.SettingsUser;
import dev.devmentor.gateway.settings.StateSection;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes as they are delivered, configured, and set by operators, in this order. A change is a new table. */
@Singleton
@Unremovable
final class RoutesInForce implements Routes, SettingsUser, StateSection {
    private final Map<String, Entry> configured;
    private volatile RouteTable table;

    @Inject
    RoutesInForce(RouteConfig config) {
        this(config.routes());
    }

    RoutesInForce(Map<String, RouteConfig.Change> changes) {
        configured = configured(changes);
        try {
            table = new RouteTable(configured.values());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("devmentor.gateway.routes: " + e.getMessage());
        }
    }

    @Override
    public @Nullable Route find(String path) {
        return table.find(path);
    }

    @Override
    public List<Route> all() {
        return table.routes();
    }

    @Override
    public List<String> problems(Settings candidate) {
        List<String> problems = new ArrayList<>();
        candidate.routes().forEach((name, set) -> {
            Entry entry = configured.get(name);
            Route route = entry == null ? null : entry.route();
            if (route == null) {
                problems.add("routes." + name + ": there is no such route");
                return;
            }
            if ("OPEN".equals(set.access()) && route.access() != Access.OPEN) {
                problems.add("routes." + name + ".access: can be closed, but not opened here");
            }
            String role = set.role();
            if (role != null && route.role() != null && !role.equals(route.role())) {
                problems.add("routes." + name + ".role: is " + route.role() + ", and can't be another one");
            }
            boolean open = route.access() == Access.OPEN && !"TOKEN".equals(set.access());
            if (role != null && open) {
                problems.add("routes." + name + ".role: needs access TOKEN");
            }
            // Who closes these shuts the door that one comes in by, or hides from orchestrators that it is well.
            if ("TOKEN".equals(set.access()) && (name.equals("quarkus-health") || name.equals("auth-login"))) {
                problems.add("routes." + name + ".access: stays open, or nobody could come in to open it again");
            }
        });
        return problems;
    }

    @Override
    public void apply(Settings settings) {
        List<Entry> entries = new ArrayList<>();
        configured.forEach((name, entry) -> {
            RouteSettings set = settings.routes().get(name);
            Route route = entry.route();
            entries.add(
                    set == null || route == null
                            ? entry
                            : new Entry(entry.prefix(), entry.exact(), changed(route, set)));
        });
        table = new RouteTable(entries);
    }

    private static Route changed(Route route, RouteSettings set) {
        Integer timeout = set.timeoutMillis();
        Long body = set.maxBodyBytes();
        Integer cache = set.cacheSeconds();
        return new Route(
                route.name(),
                route.prefix(),
                route.service(),
                "TOKEN".equals(set.access()) ? Access.TOKEN : route.access(),
                route.role() != null ? route.role() : set.role(),
                route.limits(),
                timeout == null ? route.timeout() : Duration.ofMillis(timeout),
                body == null ? route.maxBodyBytes() : body,
                cache == null ? route.cacheSeconds() : cache);
    }

    private static Map<String, Entry> configured(Map<String, RouteConfig.Change> changes) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Entry entry : DeliveredRoutes.all()) {
            Route route = entry.route();
            entries.put(route == null ? entry.prefix() : route.name(), entry);
        }
        changes.forEach((name, change) -> {
            if (!change.enabled().orElse(true)) {
                entries.remove(name);
                return;
            }
            Entry before = entries.get(name);
            Route old = before == null ? null : before.route();
            String written = change.prefix().orElse("");
            if (written.isEmpty() && before == null) {
                throw new ConfigurationException(
                        "devmentor.gateway.routes." + name + ": there is no such route; a new one needs a prefix");
            }
            boolean exact = written.isEmpty() && before != null ? before.exact() : written.startsWith("=");
            String prefix = written.isEmpty() && before != null ? before.prefix() : written.substring(exact ? 1 : 0);
            // Who opens a route means it: the role that it had would keep it shut.
            boolean opens = change.access().filter(Access.OPEN::equals).isPresent();
            Route changed = new Route(
                    name,
                    prefix,
                    change.service().orElse(old == null ? null : old.service()),
                    change.access().orElse(old == null ? Access.TOKEN : old.access()),
                    change.role().orElse(old == null || opens ? null : old.role()),
                    change.limits().orElse(old == null ? Route.Limits.CALLER : old.limits()),
                    change.timeout().orElse(old == null ? Duration.ofSeconds(30) : old.timeout()),
                    change.maxBody()
                            .map(size -> size.asLongValue())
                            .orElse(old == null ? 1024 * 1024L : old.maxBodyBytes()),
                    change.cacheSeconds().orElse(old == null ? 0 : old.cacheSeconds()));
            entries.put(name, new Entry(prefix, exact, changed));
        });
        return entries;
    }

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public Object state() {
        List<Object> state = new ArrayList<>();
        for (Route route : table.routes()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", route.name());
            line.put("prefix", route.prefix());
            Entry entry = configured.get(route.name());
            line.put("exact", entry != null && entry.exact());
            line.put("service", route.service() == null ? "api-gateway" : route.service());
            line.put("access", route.access().name());
            if (route.role() != null) {
                line.put("role", route.role());
            }
            line.put("limits", route.limits().name());
            line.put("timeoutMillis", route.timeout().toMillis());
            line.put("maxBodyBytes", route.maxBodyBytes());
            line.put("cacheSeconds", route.cacheSeconds());
            state.add(line);
        }
        return state;
    }
}
