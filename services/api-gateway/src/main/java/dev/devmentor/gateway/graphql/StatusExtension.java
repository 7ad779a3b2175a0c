package dev.devmentor.gateway.graphql;

import io.smallrye.graphql.api.ErrorExtensionProvider;
import jakarta.json.Json;
import jakarta.json.JsonValue;

/** {@code extensions.status} of an error that a service caused. */
public class StatusExtension implements ErrorExtensionProvider {
    @Override
    public String getKey() {
        return "status";
    }

    @Override
    public JsonValue mapValueFrom(Throwable exception) {
        return exception instanceof ReadFailed failed ? Json.createValue(failed.status()) : JsonValue.NULL;
    }
}
