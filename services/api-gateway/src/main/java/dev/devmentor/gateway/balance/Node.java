package dev.devmentor.gateway.balance;

import dev.devmentor.gateway.breaker.Circuit;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An instance with what is known of it. */
final class Node {
    final Instance instance;
    final Circuit circuit;
    final long hash;
    final AtomicInteger underWay = new AtomicInteger();

    private volatile boolean well = true;
    // Of active checks in a row; one check is under way at a time.
    private int checksFailed;
    private int checksPassed;

    Node(Instance instance, Circuit circuit) {
        this.instance = instance;
        this.circuit = circuit;
        this.hash = Hashes.of(instance.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it passed its active checks; true before the first. */
    boolean isWell() {
        return well;
    }

    /** Whether it is tried in the ordinary way. */
    boolean isUsable() {
        return well && circuit.mayTry();
    }

    /**
     * Notes an active check.
     *
     * @return whether it left or came back by that
     */
    synchronized boolean checked(boolean passed, int failuresToLeave, int successesToReturn) {
        checksFailed = passed ? 0 : checksFailed + 1;
        checksPassed = passed ? checksPassed + 1 : 0;
        boolean before = well;
        if (before && checksFailed >= failuresToLeave) {
            well = false;
        } else if (!before && checksPassed >= successesToReturn) {
            well = true;
        }
        return before != well;
    }
}
