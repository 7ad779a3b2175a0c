package dev.devmentor.gateway.balance;

import dev.devmentor.gateway.filter.Exchange;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The instances of all services. Safe for all event loops. */
public interface Upstreams {
    /**
     * An instance for one try of a request: one that is well, whose breaker lets it be tried, by the strategy of the service.
     *
     * @param tried instances that this request has been to already; another one is preferred
     * @return null if there is none: all are out of rotation, or none is known
     */
    @Nullable Lease lease(String service, Exchange exchange, Set<Instance> tried);

    /** Seconds until an instance of the service may be tried again; at least 1. For {@code Retry-After}. */
    long retryAfterSeconds(String service);

    /** Whether this installation has the service: if not, it is no wonder that it does not answer. */
    boolean isInstalled(String service);
}
