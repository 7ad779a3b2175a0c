package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LocalPart;
import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One process lives through all of these. */
class OutageIT {
    private static final long SEED = 20_264;

    private static TestPlatform platform;
    private static LearningSystem system;
    private static LocalService service;
    private static long pid;
    private static Load before = new Load(List.of(), List.of());

    @BeforeAll
    static void start() {
        platform = TestPlatform.exclusive();
        system = new LearningSystem(platform)
                .with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", Counts.LONG ? "4000" : "500");
        service = system.start(1);
        pid = service.pid();
    }

    @AfterAll
    static void end() {
        try (TestPlatform all = platform;
                LearningSystem instances = system) {
            assertThat(all).isNotNull();
            assertThat(instances).isNotNull();
        }
    }

    @Test
    void postgresqlStoppedInTheMiddle() {
        outage("PostgreSQL stopped", SEED, platform.postgres(), LocalPart::stop, LocalPart::start, true);
    }

    @Test
    void postgresqlKilledInTheMiddle() {
        outage("PostgreSQL killed", SEED + 1, platform.postgres(), LocalPart::kill9, LocalPart::start, true);
    }

    @Test
    void postgresqlFrozenInTheMiddle() {
        outage("PostgreSQL frozen", SEED + 2, platform.postgres(), LocalPart::pause, LocalPart::resume, false);
    }

    @Test
    void kafkaStoppedInTheMiddle() {
        outage("Kafka stopped", SEED + 3, platform.kafka(), LocalPart::stop, LocalPart::start, false);
    }

    @Test
    void kafkaKilledInTheMiddle() {
        outage("Kafka killed", SEED + 4, platform.kafka(), LocalPart::kill9, LocalPart::start, false);
    }

    /** What is done to a part. */
    private interface Blow {
        void to(LocalPart part);
    }

    /** @param lanesSaySo whether lanes notice, beside readiness, that they wait */
    private static void outage(String what, long seed, LocalPart part, Blow blow, Blow mend, boolean lanesSaySo) {
        Figures figures = Figures.of(OutageIT.class, what, seed);
        Load load = Load.steady(seed, Counts.OUTAGE_EVENTS, Counts.OUTAGE_EVENTS / 100, 10);
        boolean kafka = part == platform.kafka();
        long entries = system.entries();
        system.send(load.slice(0, 2));
        system.awaitEntries(entries + load.answers().size() / 4);
        if (!kafka) {
            // More to do while it is away.
            system.send(load.slice(1, 2));
        }

        blow.to(part);
        Conditions.await("readiness down", Counts.HANGS, () -> !service.isReady());
        if (lanesSaySo) {
            Conditions.await("lanes wait", Counts.HANGS, () -> system.waits(service));
        }
        LockSupport.parkNanos(Counts.OUTAGE.toNanos());
        assertThat(service.isLive()).as("liveness in the outage").isTrue();
        assertThat(service.isReady()).as("readiness in the outage").isFalse();
        mend.to(part);

        if (kafka) {
            system.send(load.slice(1, 2));
        }
        Conditions.await("readiness up", Counts.HANGS, service::isReady);
        system.awaitSettled();
        assertThat(service.isAlive() && service.pid() == pid)
                .as("the same process lives")
                .isTrue();
        assertThat(system.waits(service)).as("lanes wait").isFalse();
        before = before.and(load);
        Announcements said = system.assertHolds(before, service);
        figures.passed(
                load.answers().size() + " events, away for " + Counts.OUTAGE.toSeconds()
                        + " s after readiness went down",
                "same state, same process; " + said.repeated() + " of " + said.distinct()
                        + " announcements so far sent twice");
    }
}
