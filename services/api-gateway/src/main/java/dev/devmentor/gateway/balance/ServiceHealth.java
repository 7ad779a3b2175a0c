package dev.devmentor.gateway.balance;

import java.util.List;

/** How the services behind the gateway are, as their instances were found last. Safe for all threads. */
public interface ServiceHealth {
    /** All services, by name. */
    List<ServiceState> services();

    /**
     * The instances of a service that are in use; all that are known if none is. For questions of the gateway's own, which take no
     * {@link Lease}: they say nothing of an instance and are not held up by its breaker.
     */
    List<Instance> instances(String service);

    /**
     * One service.
     *
     * @param instances that are known; 0 as long as DNS has named none
     * @param usable those that would be tried now: well by active checks, and their breaker is not open
     * @param checked whether it is asked for its readiness at all
     * @param installed whether this installation has it
     */
    record ServiceState(String name, int instances, int usable, boolean checked, boolean installed) {}
}
