package dev.devmentor.gateway.graphql;

import io.smallrye.graphql.api.ErrorExtensionProvider;
import jakarta.json.Json;
import jakarta.json.JsonValue;

/** {@code extensions.service} of an error that a service caused. */
public class ServiceExtension implements ErrorExtensionProvider {
    @Override
    public String getKey() {
        return "service";
    }

    @Override
    public JsonValue mapValueFrom(Throwable exception) {
        return exception instanceof ReadFailed failed ? Json.createValue(failed.service()) : JsonValue.NULL;
    }
}
