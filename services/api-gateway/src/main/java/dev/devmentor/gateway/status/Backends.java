package dev.devmentor.gateway.status;

import dev.devmentor.gateway.balance.Instance;
import java.util.List;

/** The services behind the gateway, and where they are. Safe for all threads. */
public interface Backends {
    /** Names of all services, always in the same order. */
    List<String> services();

    /**
     * Instances that may be asked for what the gateway answers itself.
     *
     * @return scheme, host and port of each; empty if none is known
     */
    List<Instance> instances(String service);

    /** Whether this installation has the service; one that it has not may answer all the same. */
    boolean isInstalled(String service);

    /**
     * Whether the gateway routes a path to a service.
     *
     * @param path as in an OpenAPI document, with parameters in braces
     */
    boolean serves(String service, String path);
}
