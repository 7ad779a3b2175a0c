package dev.devmentor.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway and the services behind it are.
 *
 * @param status up; degraded if a part of the gateway is down and it works without; down if it takes no requests
 * @param checks up, down or unknown, by part
 */
@RegisterForReflection
@Schema(examples = """
        {"service": "api-gateway", "version": "1.0.0", "status": "up", "checks": {"keys": "up", "redis": "up"},
         "services": [{"name": "learning-service", "status": "up", "latencyMs": 3, "instances": 2, "instancesUp": 2},
          {"name": "memory-service", "status": "absent", "instances": 1, "instancesUp": 0},
          {"name": "pbml-service", "status": "down", "instances": 1, "instancesUp": 0}]}""")
public record Status(
        String service, String version, String status, Map<String, String> checks, List<ServiceLine> services) {

    /**
     * A service behind the gateway.
     *
     * @param status up if an instance is; down if all are; absent if this installation does not have it; unknown if nobody can say
     * @param latencyMs of the fastest instance that is up; absent if none is
     * @param instances that are known
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ServiceLine(
            String name, String status, @Nullable Long latencyMs, int instances, int instancesUp) {}
}
