package dev.devmentor.learning.analytics;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.engine.analytics.Progress;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleFunction;

/**
 * Runs simulations, which compute for seconds: on threads of their own, since a virtual thread that computes holds up others, few
 * at a time, and one for each learner. They end when nobody listens any more.
 */
@ApplicationScoped
class Simulations {
    private static final int AT_ONCE = 2;
    private static final double REPORTED_STEP = 0.02;

    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /** A simulation. */
    @FunctionalInterface
    interface Simulation<E> {
        /** Computes the last event. */
        E run(Progress progress);
    }

    /**
     * Events of progress, and a last one with the result. The simulation begins at once, so that it ends and makes room whether
     * anybody subscribes or not.
     *
     * @param sub whose simulation it is
     * @param progress the event that says how far it is
     * @throws ProblemException if too many are running
     */
    <E> Multi<E> start(String sub, DoubleFunction<E> progress, Simulation<E> simulation) {
        if (!running.add(sub)) {
            throw ProblemException.unavailable("a simulation of yours is running; wait for it or end it");
        }
        if (!free.tryAcquire()) {
            running.remove(sub);
            throw ProblemException.unavailable("other simulations are running; try again in a minute");
        }
        UnicastProcessor<E> events = UnicastProcessor.create();
        AtomicBoolean abandoned = new AtomicBoolean();
        Thread.ofPlatform().daemon().name("simulation").start(() -> {
            try {
                events.onNext(progress.apply(0));
                E last = simulation.run(watched(events, progress, abandoned));
                finish(sub);
                events.onNext(last);
                events.onComplete();
            } catch (CancellationException ended) {
                finish(sub); // nobody is there to be told
            } catch (RuntimeException | Error failure) {
                finish(sub);
                events.onError(failure);
            }
        });
        return events.onCancellation().invoke(() -> abandoned.set(true));
    }

    private static <E> Progress watched(
            UnicastProcessor<E> events, DoubleFunction<E> progress, AtomicBoolean abandoned) {
        double[] told = {0};
        return share -> {
            if (share >= told[0] + REPORTED_STEP) {
                told[0] = share;
                events.onNext(progress.apply(share));
            }
            return !abandoned.get();
        };
    }

    /** Before the last event is sent, so that who has read it can start the next one. */
    private void finish(String sub) {
        running.remove(sub);
        free.release();
    }
}
