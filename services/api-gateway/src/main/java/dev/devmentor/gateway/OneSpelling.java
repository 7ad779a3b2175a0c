package dev.devmentor.gateway;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a service or a route in a setting may be quoted or not, and comes from the environment with dots for its dashes. Here all
 * are the same: otherwise two ways to write one name would be two services, and one of them without instances.
 */
@Priority(Priorities.LIBRARY + 1000)
public final class OneSpelling implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;

    private static final Pattern NAMED =
            Pattern.compile("(devmentor\\.gateway\\.(?:services|routes)\\.)(?:\"([^\"]+)\"|([^.\"]+))(\\..+)");

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        Matcher named = NAMED.matcher(name);
        if (!named.matches()) {
            return context.proceed(name);
        }
        ConfigValue quoted = context.proceed(quoted(named));
        ConfigValue bare = context.proceed(named.group(1) + name(named) + named.group(4));
        ConfigValue found = bare == null || quoted != null && comesBefore(quoted, bare) ? quoted : bare;
        return found == null ? null : found.withName(name);
    }

    private static boolean comesBefore(ConfigValue one, ConfigValue other) {
        int order = Integer.compare(one.getConfigSourceOrdinal(), other.getConfigSourceOrdinal());
        return order == 0 ? one.getConfigSourcePosition() <= other.getConfigSourcePosition() : order > 0;
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Set<String> names = new LinkedHashSet<>();
        context.iterateNames().forEachRemaining(name -> {
            Matcher named = NAMED.matcher(name);
            names.add(named.matches() ? quoted(named) : name);
        });
        return names.iterator();
    }

    private static String quoted(Matcher named) {
        return named.group(1) + '"' + name(named) + '"' + named.group(4);
    }

    /** No service and no route has a dot in its name. */
    private static String name(Matcher named) {
        String name = named.group(2) == null ? named.group(3) : named.group(2);
        return name.replace('.', '-');
    }
}
