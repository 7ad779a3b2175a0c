package dev.devmentor.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What an input may cost. */
final class Cost {

    /** For inputs of up to {@link #LENGTH} bytes. */
    static final long NANOS = 50_000_000;

    static final int LENGTH = 64 * 1024;

    /** CPU time and allocation of this thread: others that want a core don't count. */
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Cost() {}

    /**
     * Does the work and, if it took too long, does it thrice more: a compiler or a collector that came in between is no fault of the
     * input.
     *
     * @param bytes of the input
     * @throws AssertionError if no time was short enough
     */
    static void withinTime(int bytes, Runnable work) {
        withinTime(bytes, work, work);
    }

    /**
     * The same, of what can be checked and timed in one.
     *
     * @param checks the work, and questions that nobody else would ask
     * @param work alone; done only if it took too long with the questions
     */
    static void withinTime(int bytes, Runnable checks, Runnable work) {
        if (bytes > LENGTH) {
            checks.run();
            return;
        }
        // The clock on the wall is cheaper to read than the time of a thread, and never behind it.
        long begin = System.nanoTime();
        checks.run();
        if (System.nanoTime() - begin <= NANOS) {
            return;
        }
        long best = Long.MAX_VALUE;
        for (int times = 0; times < 3 && best > NANOS; times++) {
            long from = THREAD.getCurrentThreadCpuTime();
            work.run();
            best = Math.min(best, THREAD.getCurrentThreadCpuTime() - from);
        }
        if (best > NANOS) {
            throw new AssertionError(bytes + " bytes took " + best / 1_000_000 + " ms at best");
        }
    }

    /**
     * Does the work.
     *
     * @param most bytes that it may allocate, what becomes garbage included
     */
    static void withinMemory(long most, Runnable work) {
        long from = THREAD.getCurrentThreadAllocatedBytes();
        work.run();
        long taken = THREAD.getCurrentThreadAllocatedBytes() - from;
        if (taken > most) {
            throw new AssertionError("allocated " + taken + " bytes, " + most + " are allowed");
        }
    }

    static void promise(boolean kept, String promise) {
        if (!kept) {
            throw new AssertionError(promise);
        }
    }
}
