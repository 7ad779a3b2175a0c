package dev.devmentor.gateway.balance;

/** Whether there is somewhere else to go. Safe for all threads. */
public interface Alternatives {
    /** Instances of a service that would be tried now. */
    int usable(String service);

    /** Whether this installation has the service. */
    default boolean isInstalled(String service) {
        return true;
    }
}
