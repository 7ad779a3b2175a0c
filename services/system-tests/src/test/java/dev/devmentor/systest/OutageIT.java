package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LocalPart;
import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutageIT {
    private static final long SEED = 20_264;

    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = TestPlatform.exclusive();
    }

    @AfterAll
    static void end() {
        platform.close();
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

    private void outage(String what, long seed, LocalPart part, Blow blow, Blow mend, boolean lanesSaySo) {
        Figures figures = Figures.of(getClass(), what, seed);
        Load load = Load.steady(seed, Counts.OUTAGE_EVENTS, Counts.OUTAGE_EVENTS / 100, 10);
        try (LearningSystem system = new LearningSystem(platform)) {
            system.with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", Counts.LONG ? "4000" : "500");
            LocalService service = system.start(1);
            long pid = service.pid();
            system.send(load.slice(0, 2));
            system.awaitEntries(load.answers().size() / 4);
            if (part == platform.postgres()) {
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

            if (part == platform.kafka()) {
                system.send(load.slice(1, 2));
            }
            Conditions.await("readiness up", Counts.HANGS, service::isReady);
            system.awaitSettled();
            assertThat(service.isAlive() && service.pid() == pid)
                    .as("the same process lives")
                    .isTrue();
            assertThat(system.waits(service)).as("lanes wait").isFalse();
            Announcements said = system.assertHolds(load, service);
            figures.passed(
                    load.answers().size() + " events, away for " + Counts.OUTAGE.toSeconds()
                            + " s after readiness went down",
                    "same state; " + said.repeated() + " of " + said.distinct() + " announcements sent twice");
        }
    }
}
