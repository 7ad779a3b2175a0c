package dev.devmentor.pbml.engine;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.function.Supplier;

/** What something keeps from being collected. */
final class Heap {

    private Heap() {}

    /**
     * Bytes that are set free when what the supplier makes is let go; good to some ten KiB. What else the process keeps doesn't
     * count, nor what becomes garbage on the way.
     */
    static long retainedBy(Supplier<?> maker) {
        Object[] holder = {maker.get()}; // no other reference, not even on the stack
        long with = live();
        Reference.reachabilityFence(holder[0]);
        holder[0] = null;
        return with - live();
    }

    /** Collects until a further time sets nothing free. */
    private static long live() {
        long live = Long.MAX_VALUE;
        for (int times = 0; times < 8; times++) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (now >= live - (64 << 10)) {
                return Math.min(now, live);
            }
            live = now;
        }
        return live;
    }
}
