package dev.devmentor.gateway.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.gateway.settings.Settings.BreakerSettings;
import dev.devmentor.gateway.settings.Settings.LimitSettings;
import dev.devmentor.gateway.settings.Settings.RetrySettings;
import dev.devmentor.gateway.settings.Settings.RouteSettings;
import dev.devmentor.gateway.settings.Settings.ServiceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings as JSON. Reading takes nothing that is not known, and says of each value what is wrong with it. Writing leaves out what is as
 * configured, so that the text is the same for the same settings.
 */
final class SettingsJson {
    /** Read and written by trees only: no reflection. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_NAMES = 500;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Set<String> STRATEGIES = Set.of("ROUND_ROBIN", "LEAST_CONNECTIONS", "IP_HASH");

    private final List<String> problems = new ArrayList<>();

    private SettingsJson() {}

    /** What was read, and what is wrong with it; settings are only good without problems. */
    record Read(Settings settings, List<String> problems) {}

    static Read read(String text) {
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return new Read(Settings.NONE, List.of("the body is no JSON"));
        }
        return read(tree);
    }

    static Read read(JsonNode tree) {
        SettingsJson reader = new SettingsJson();
        Settings settings = reader.settings(tree);
        List<String> problems = reader.problems;
        return new Read(settings, problems.size() > MOST_PROBLEMS ? problems.subList(0, MOST_PROBLEMS) : problems);
    }

    private Settings settings(JsonNode tree) {
        if (!tree.isObject()) {
            problems.add("the body is an object");
            return Settings.NONE;
        }
        only(tree, "", "limits", "breaker", "retry", "routes", "services");
        JsonNode limits = object(tree, "limits", "anonymous", "free", "premium", "auth");
        JsonNode breaker = object(tree, "breaker", "failures", "openSeconds", "longestOpenSeconds", "calmSeconds");
        JsonNode retry = object(tree, "retry", "retries", "budgetPercent", "floorPerSecond");
        Map<String, RouteSettings> routes = new TreeMap<>();
        named(tree, "routes").forEach((name, route) -> routes.put(name, route("routes." + name, route)));
        Map<String, ServiceSettings> services = new TreeMap<>();
        named(tree, "services").forEach((name, service) -> services.put(name, service("services." + name, service)));
        return new Settings(
                new LimitSettings(
                        whole(limits, "limits", "anonymous", 1, 1_000_000),
                        whole(limits, "limits", "free", 1, 1_000_000),
                        whole(limits, "limits", "premium", 1, 1_000_000),
                        whole(limits, "limits", "auth", 1, 1_000_000)),
                new BreakerSettings(
                        whole(breaker, "breaker", "failures", 1, 1000),
                        whole(breaker, "breaker", "openSeconds", 1, 3600),
                        whole(breaker, "breaker", "longestOpenSeconds", 1, 86_400),
                        whole(breaker, "breaker", "calmSeconds", 1, 86_400)),
                new RetrySettings(
                        whole(retry, "retry", "retries", 0, 3),
                        whole(retry, "retry", "budgetPercent", 0, 100),
                        whole(retry, "retry", "floorPerSecond", 0, 1000)),
                routes,
                services);
    }

    private RouteSettings route(String path, JsonNode route) {
        only(route, path + ".", "timeoutMillis", "access", "role", "maxBodyBytes", "cacheSeconds");
        String access = text(route, path, "access");
        if (access != null && !access.equals("TOKEN") && !access.equals("OPEN")) {
            problems.add(path + ".access: is TOKEN or OPEN");
            access = null;
        }
        String role = text(route, path, "role");
        if (role != null && !ROLE.matcher(role).matches()) {
            problems.add(path + ".role: is a name in small letters");
            role = null;
        }
        return new RouteSettings(
                whole(route, path, "timeoutMillis", 10, 600_000),
                access,
                role,
                number(route, path, "maxBodyBytes", 0, 1L << 30),
                whole(route, path, "cacheSeconds", 0, 86_400));
    }

    private ServiceSettings service(String path, JsonNode service) {
        only(service, path + ".", "instances", "strategy");
        String strategy = text(service, path, "strategy");
        if (strategy != null && !STRATEGIES.contains(strategy)) {
            problems.add(path + ".strategy: is ROUND_ROBIN, LEAST_CONNECTIONS or IP_HASH");
            strategy = null;
        }
        JsonNode given = service.path("instances");
        List<String> instances = null;
        if (!given.isMissingNode() && !given.isNull()) {
            instances = new ArrayList<>();
            boolean good = given.isArray() && !given.isEmpty() && given.size() <= 64;
            for (JsonNode each : given) {
                good &= each.isTextual() && each.textValue().length() <= 300;
                instances.add(each.isTextual() ? each.textValue() : "");
            }
            if (!good) {
                problems.add(path + ".instances: is a list of 1 to 64 URLs");
                instances = null;
            }
        }
        return new ServiceSettings(instances, strategy);
    }

    private void only(JsonNode object, String path, String... known) {
        Set<String> names = Set.of(known);
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problems.add(path + clean(name) + ": is not known");
            }
        });
    }

    private JsonNode object(JsonNode tree, String name, String... known) {
        JsonNode object = tree.path(name);
        if (!object.isMissingNode() && !object.isNull() && !object.isObject()) {
            problems.add(name + ": is an object");
        }
        only(object, name + ".", known);
        return object;
    }

    private Map<String, JsonNode> named(JsonNode tree, String name) {
        JsonNode object = object(tree, name, fieldNames(tree.path(name)));
        Map<String, JsonNode> named = new TreeMap<>();
        if (object.size() > MOST_NAMES) {
            problems.add(name + ": has no more than " + MOST_NAMES + " names");
            return named;
        }
        object.fields().forEachRemaining(field -> {
            if (!NAME.matcher(field.getKey()).matches()) {
                problems.add(name + "." + clean(field.getKey()) + ": is no name");
            } else if (!field.getValue().isObject()) {
                problems.add(name + "." + field.getKey() + ": is an object");
            } else {
                named.put(field.getKey(), field.getValue());
            }
        });
        return named;
    }

    private static String[] fieldNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.toArray(String[]::new);
    }

    private @Nullable Integer whole(JsonNode object, String path, String name, int least, int most) {
        Long value = number(object, path, name, least, most);
        return value == null ? null : Integer.valueOf(value.intValue());
    }

    private @Nullable Long number(JsonNode object, String path, String name, long least, long most) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            problems.add(path + "." + name + ": is a whole number from " + least + " to " + most);
            return null;
        }
        return value.longValue();
    }

    private @Nullable String text(JsonNode object, String path, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            problems.add(path + "." + name + ": is a text");
            return null;
        }
        return value.textValue();
    }

    /** A name that came from outside, for being shown. */
    private static String clean(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_.-]", "?");
        return clean.length() > 64 ? clean.substring(0, 64) : clean;
    }

    static ObjectNode write(Settings settings) {
        ObjectNode tree = JSON.createObjectNode();
        ObjectNode limits = JSON.createObjectNode();
        put(limits, "anonymous", settings.limits().anonymous());
        put(limits, "free", settings.limits().free());
        put(limits, "premium", settings.limits().premium());
        put(limits, "auth", settings.limits().auth());
        putUnlessEmpty(tree, "limits", limits);
        ObjectNode breaker = JSON.createObjectNode();
        put(breaker, "failures", settings.breaker().failures());
        put(breaker, "openSeconds", settings.breaker().openSeconds());
        put(breaker, "longestOpenSeconds", settings.breaker().longestOpenSeconds());
        put(breaker, "calmSeconds", settings.breaker().calmSeconds());
        putUnlessEmpty(tree, "breaker", breaker);
        ObjectNode retry = JSON.createObjectNode();
        put(retry, "retries", settings.retry().retries());
        put(retry, "budgetPercent", settings.retry().budgetPercent());
        put(retry, "floorPerSecond", settings.retry().floorPerSecond());
        putUnlessEmpty(tree, "retry", retry);
        ObjectNode routes = JSON.createObjectNode();
        new TreeMap<>(settings.routes()).forEach((name, set) -> {
            ObjectNode route = JSON.createObjectNode();
            put(route, "timeoutMillis", set.timeoutMillis());
            put(route, "access", set.access());
            put(route, "role", set.role());
            if (set.maxBodyBytes() != null) {
                route.put("maxBodyBytes", set.maxBodyBytes());
            }
            put(route, "cacheSeconds", set.cacheSeconds());
            putUnlessEmpty(routes, name, route);
        });
        putUnlessEmpty(tree, "routes", routes);
        ObjectNode services = JSON.createObjectNode();
        new TreeMap<>(settings.services()).forEach((name, set) -> {
            ObjectNode service = JSON.createObjectNode();
            List<String> instances = set.instances();
            if (instances != null) {
                ArrayNode list = service.putArray("instances");
                instances.forEach(list::add);
            }
            put(service, "strategy", set.strategy());
            putUnlessEmpty(services, name, service);
        });
        putUnlessEmpty(tree, "services", services);
        return tree;
    }

    private static void put(ObjectNode object, String name, @Nullable Integer value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    private static void put(ObjectNode object, String name, @Nullable String value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    private static void putUnlessEmpty(ObjectNode object, String name, ObjectNode value) {
        if (!value.isEmpty()) {
            object.set(name, value);
        }
    }
}
