package dev.devmentor.gateway.graphql;

import io.smallrye.graphql.api.ErrorExtensionProvider;
import jakarta.json.Json;
import jakarta.json.JsonValue;

/** {@code extensions.problem} of an error that a service caused. */
public class ProblemExtension implements ErrorExtensionProvider {
    @Override
    public String getKey() {
        return "problem";
    }

    @Override
    public JsonValue mapValueFrom(Throwable exception) {
        return exception instanceof ReadFailed failed ? Json.createValue(failed.problem()) : JsonValue.NULL;
    }
}
