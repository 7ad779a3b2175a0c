package dev.devmentor.pbml.engine;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What something keeps from being collected. */
final class Heap {
    private static final int COLLECTIONS = 5;

    /** The one reference. */
    private static volatile @Nullable Object kept;

    private Heap() {}

    /**
     * Bytes that are set free when what the supplier makes is let go; good to some ten KiB. What else the process keeps doesn't
     * count, nor what becomes garbage on the way.
     */
    static long retainedBy(Supplier<?> maker) {
        make(maker);
        long with = live();
        kept = null;
        return with - live();
    }

    /** In a thread of its own, so that no frame that is still there remembers it. */
    private static void make(Supplier<?> maker) {
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        Thread thread = new Thread(() -> kept = maker.get(), "maker");
        thread.setUncaughtExceptionHandler((_, failure) -> failed.set(failure));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (failed.get() != null) {
            throw new AssertionError("what should be measured could not be made", failed.get());
        }
    }

    /**
     * The least after some collections. One alone does not do: the serial collector leaves up to a twentieth of what is dead where
     * it lies, except every fourth time ({@code MarkSweepAlwaysCompactCount}).
     */
    private static long live() {
        long live = Long.MAX_VALUE;
        for (int times = 0; times < COLLECTIONS; times++) {
            System.gc();
            live = Math.min(
                    live,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return live;
    }
}
