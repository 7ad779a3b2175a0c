package dev.devmentor.systest;

import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class KillServiceIT {
    private static final long SEED = 20_262;

    @Test
    void aKilledServiceLosesNothingAndDoublesNothing() {
        Figures figures = Figures.of(getClass(), "kill -9 at random points", SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        Load load = Load.steady(SEED, Counts.KILL_EVENTS, Counts.KILL_EVENTS / 100, 10);
        try (LearningSystem system = new LearningSystem(TestPlatform.shared())) {
            // Small batches, so that there is more to be killed between.
            system.with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", "500");
            system.send(load.delivery());
            for (int kill = 1; kill <= Counts.KILLS; kill++) {
                system.start(1);
                system.awaitEntries((long) load.answers().size() * kill / (Counts.KILLS + 2));
                strikeAtRandom(random);
                system.instance(1).kill9();
                system.assertCardsFollowFromLog();
                system.forgetDeadMembers();
            }
            LocalService last = system.start(1);
            system.awaitSettled();
            Announcements said = system.assertHolds(load, last);
            figures.passed(
                    load.answers().size() + " events, " + Counts.KILLS + " kills",
                    "same state; " + said.repeated() + " of " + said.distinct() + " announcements sent twice");
        }
    }

    /** A fifth of the events is one learner's, and so are all at the end; they lie in every partition. */
    @Test
    void threeInstancesThatComeAndGoGiveTheSameStateWhoeversEventsTheyShare() throws Exception {
        Figures figures = Figures.of(getClass(), "three instances, started, stopped and killed", SEED + 1);
        SplittableRandom random = new SplittableRandom(SEED + 1);
        int steps = Counts.REBALANCE_STEPS;
        Load load = Load.steady(SEED + 1, Counts.REBALANCE_EVENTS, Counts.REBALANCE_EVENTS / 100, 10, 20);
        List<String> done = new ArrayList<>();
        try (LearningSystem system = new LearningSystem(TestPlatform.shared());
                ExecutorService sender = Executors.newSingleThreadExecutor()) {
            system.with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", "500");
            system.startAll(1, 2, 3);
            for (int step = 0; step < steps; step++) {
                int slice = step;
                Future<?> sent = sender.submit(() -> system.send(load.slice(slice, steps + 1)));
                int number = 1 + random.nextInt(3);
                int kind = step == 0 ? 0 : random.nextInt(3);
                // Somewhere in the middle of this slice; some of it may still lie with a dead instance.
                system.awaitEntries((long) load.answers().size() * step / (steps + 1) + 1);
                strikeAtRandom(random);
                switch (kind) {
                    case 0 -> {
                        system.instance(number).kill9();
                        system.start(number);
                    }
                    case 1 -> {
                        system.instance(number).stop();
                        system.start(number);
                    }
                    default -> {
                        system.start(4);
                        system.instance(4).stop();
                    }
                }
                done.add(kind == 0 ? "kill" : kind == 1 ? "restart" : "fourth");
                sent.get();
            }
            system.send(load.slice(steps, steps + 1));
            Load ofOne = Load.steady(SEED + 2, Counts.ONE_LEARNER_EVENTS, 1, 40);
            system.send(ofOne.delivery());
            system.awaitSettled();
            Announcements said = system.assertHolds(load.and(ofOne), system.instance(1));
            figures.passed(
                    load.answers().size() + " events, then " + ofOne.answers().size()
                            + " of one learner; 6 partitions, 3 instances, " + steps + " steps " + done,
                    "same state; " + said.repeated() + " of " + said.distinct() + " announcements sent twice");
        }
    }

    /** Not a wait for anything: it moves the blow to any place between two batches or inside one. */
    private static void strikeAtRandom(SplittableRandom random) {
        LockSupport.parkNanos(random.nextLong(200_000_000));
    }
}
