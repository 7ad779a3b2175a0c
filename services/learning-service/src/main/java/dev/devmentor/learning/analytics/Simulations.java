package dev.devmentor.learning.analytics;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.engine.analytics.Progress;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
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
     * Events of progress, and a last one with the result. Fails with a problem if too many are running.
     *
     * @param sub whose simulation it is
     * @param progress the event that says how far it is
     */
    <E> Multi<E> start(String sub, DoubleFunction<E> progress, Simulation<E> simulation) {
        return Multi.createFrom().emitter(emitter -> {
            if (!running.add(sub)) {
                emitter.fail(ProblemException.unavailable("a simulation of yours is running; wait for it or end it"));
                return;
            }
            if (!free.tryAcquire()) {
                running.remove(sub);
                emitter.fail(ProblemException.unavailable("other simulations are running; try again in a minute"));
                return;
            }
            Thread.ofPlatform().daemon().name("simulation").start(() -> {
                try {
                    emitter.emit(progress.apply(0));
                    double[] told = {0};
                    E last = simulation.run(share -> {
                        if (share >= told[0] + REPORTED_STEP) {
                            told[0] = share;
                            emitter.emit(progress.apply(share));
                        }
                        return !emitter.isCancelled();
                    });
                    finish(sub);
                    emitter.emit(last);
                    emitter.complete();
                } catch (CancellationException ended) {
                    finish(sub); // nobody is there to be told
                } catch (RuntimeException | Error failure) {
                    finish(sub);
                    emitter.fail(failure);
                }
            });
        });
    }

    /** Before the last event is sent, so that who has read it can start the next one. */
    private void finish(String sub) {
        if (running.remove(sub)) {
            free.release();
        }
    }
}
