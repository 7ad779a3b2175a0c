package dev.devmentor.gateway;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings as they are delivered, but for those that a test names. */
public final class Configured {
    private Configured() {}

    /** @param settings names without {@code devmentor.gateway.}, each with its value */
    public static <T> T as(Class<T> mapping, String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put("devmentor.gateway." + settings[i], settings[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build()
                .getConfigMapping(mapping);
    }
}
