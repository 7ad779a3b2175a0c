package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TwoRelaysIT {
    private static final long SEED = 20_265;

    /** The pid of the session that holds the relay's lock. */
    private static final String TERMINATE_HOLDER = """
            SELECT count(pg_terminate_backend(l.pid)) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()""";

    /**
     * The leader sleeps between two steps for longer than the database waits for it, the other takes over and goes on,
     * and the sleeper wakes up in the middle of what is no longer its office.
     */
    @Test
    void aRelayThatWakesUpAfterAnotherTookOverIsFenced() {
        Figures figures = Figures.of(getClass(), "the leader frozen between two steps, and woken", SEED);
        List<String> points = Counts.SLEEPS;
        Load load = Load.steady(SEED, Counts.RELAY_EVENTS, Counts.RELAY_EVENTS / 100, 10);
        try (LearningSystem system = new LearningSystem(TestPlatform.shared())) {
            system.with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", "200")
                    .with("DEVMENTOR_EVENTS_OUTBOX_FROZEN_AFTER", "PT2S")
                    .with("DEVMENTOR_EVENTS_OUTBOX_MAX_ROWS", "2");
            for (int i = 0; i < points.size(); i++) {
                LocalService sleeper = system.start(1, "devmentor.freeze", points.get(i) + ":3");
                system.awaitRelay(List.of(sleeper));
                LocalService other = system.start(2);
                system.send(load.slice(i, points.size()));

                system.awaitRelay(List.of(other));
                assertThat(stopped(sleeper))
                        .as("the sleeper sleeps at " + points.get(i))
                        .isTrue();
                Conditions.await(
                        "the other has sent what the sleeper had in hand",
                        Counts.HANGS,
                        () -> system.number("SELECT count(*) FROM outbox") == 0);
                sleeper.resume();
                Conditions.await("the sleeper knows", Counts.HANGS, () -> !system.relays(sleeper));
                assertThat(system.relays(other)).as("the other still leads").isTrue();

                system.awaitSettled();
                if (i + 1 < points.size()) {
                    sleeper.kill9();
                    other.kill9();
                    system.forgetDeadMembers();
                }
            }
            Announcements said = system.assertHolds(load, system.instance(2));
            figures.passed(
                    load.answers().size() + " events, frozen at " + points,
                    "nothing lost, order kept; " + said.repeated() + " of " + said.distinct()
                            + " announcements sent twice");
        }
    }

    /** In turn: killed, cut off from the database again and again, and frozen until the other has taken over. */
    @Test
    void leadersKilledCutOffAndFrozenLoseAndReorderNothing() throws Exception {
        Figures figures = Figures.of(getClass(), "leaders killed, cut off and frozen at random, and woken", SEED + 1);
        SplittableRandom random = new SplittableRandom(SEED + 1);
        int rounds = Counts.RELAY_ROUNDS;
        Load load = Load.steady(SEED + 1, Counts.RELAY_EVENTS, Counts.RELAY_EVENTS / 100, 10);
        try (LearningSystem system = new LearningSystem(TestPlatform.shared());
                ExecutorService sender = Executors.newSingleThreadExecutor()) {
            system.with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", "100")
                    .with("DEVMENTOR_EVENTS_OUTBOX_FROZEN_AFTER", "PT2S")
                    .with("DEVMENTOR_EVENTS_OUTBOX_MAX_ROWS", "1");
            system.startAll(1, 2);
            for (int i = 0; i < rounds; i++) {
                int slice = i;
                Future<?> sent = sender.submit(() -> system.send(load.slice(slice, rounds)));
                LocalService leader = system.awaitRelay(List.of(system.instance(1), system.instance(2)));
                strikeAtRandom(random);
                switch (i % 3) {
                    case 0 -> kill(system, leader);
                    case 1 -> cutOff(system, random);
                    default -> freeze(system, leader);
                }
                sent.get();
            }
            system.awaitSettled();
            Announcements said = system.assertHolds(load, system.instance(1));
            figures.passed(
                    load.answers().size() + " events, " + rounds + " rounds",
                    "nothing lost, order kept; " + said.repeated() + " of " + said.distinct()
                            + " announcements sent twice");
        }
    }

    private static void kill(LearningSystem system, LocalService leader) {
        int number = leader == system.instance(1) ? 1 : 2;
        leader.kill9();
        system.start(number);
    }

    private static void cutOff(LearningSystem system, SplittableRandom random) {
        for (int i = 0; i < 5; i++) {
            strikeAtRandom(random);
            Conditions.await("a holder to cut off", () -> system.number(TERMINATE_HOLDER) > 0);
        }
    }

    private static void freeze(LearningSystem system, LocalService leader) {
        LocalService other = leader == system.instance(1) ? system.instance(2) : system.instance(1);
        leader.pause();
        system.awaitRelay(List.of(other));
        leader.resume();
        Conditions.await("the sleeper knows", Counts.HANGS, () -> !system.relays(leader));
    }

    /** Not a wait for anything: it moves the blow to any place between two steps. */
    private static void strikeAtRandom(SplittableRandom random) {
        LockSupport.parkNanos(random.nextLong(300_000_000));
    }

    /** Whether the process is stopped by a signal, as /proc tells. */
    private static boolean stopped(LocalService service) {
        try {
            String stat = Files.readString(Path.of("/proc/" + service.pid() + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return false;
        }
    }
}
