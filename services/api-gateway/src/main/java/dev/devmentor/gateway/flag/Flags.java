package dev.devmentor.gateway.flag;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedMap;
import java.util.TreeMap;

/** Feature flags, evaluated through OpenFeature from a local copy. No evaluation waits for anything. Safe for all threads. */
@ApplicationScoped
@Startup
public class Flags {
    private static final Value NOTHING = new Value();

    private final LocalCopy copy;
    private final OpenFeatureAPI api;
    private final Client client;

    Flags(LocalCopy copy) {
        this.copy = copy;
        // Its own, not the one of the whole process: nobody else can put another provider in its place.
        this.api = OpenFeatureAPI.createIsolated();
        api.setProviderAndWait(new CopyProvider(copy));
        this.client = api.getClient();
    }

    @PreDestroy
    void close() {
        api.shutdown();
    }

    /**
     * Whether a flag is on for somebody.
     *
     * @param otherwise what holds if there is no such flag, or it is no boolean
     */
    public boolean isOn(String flag, boolean otherwise, Subject subject) {
        return client.getBooleanValue(flag, otherwise, CopyProvider.context(subject));
    }

    /** All flags as they are for somebody: booleans, texts or numbers, by name. */
    public SortedMap<String, Object> all(Subject subject) {
        EvaluationContext context = CopyProvider.context(subject);
        SortedMap<String, Object> values = new TreeMap<>();
        for (String name : copy.flags().keySet()) {
            Value value = client.getObjectValue(name, NOTHING, context);
            if (value.isNumber()) {
                double number = value.asDouble();
                values.put(name, number == Math.rint(number) ? (Object) (long) number : (Object) number);
            } else if (!value.isNull()) {
                values.put(name, value.asObject());
            }
        }
        return values;
    }
}
