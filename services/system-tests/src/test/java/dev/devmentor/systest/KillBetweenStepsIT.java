package dev.devmentor.systest;

import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillBetweenStepsIT {
    private static final long SEED = 20_263;

    /** Every place between two durable steps of consuming, relaying and folding people, in the order in which they are reached. */
    private static final List<String> POINTS = List.of(
            "log.locked",
            "log.appended",
            "log.folded",
            "transaction.before-commit",
            "transaction.after-commit",
            "consumer.after-apply",
            "consumer.after-commit",
            "outbox.before-send",
            "outbox.after-send",
            "outbox.after-kafka-commit",
            "outbox.after-delete",
            "person.folded",
            "person.committed");

    @Test
    void aDeathBetweenAnyTwoStepsLosesNothingAndDoublesNothing() {
        Figures figures = Figures.of(getClass(), "death between any two durable steps", SEED);
        List<String> crashes = new ArrayList<>();
        for (int n : Counts.CRASHES) {
            for (String point : POINTS) {
                crashes.add(point + ":" + n);
            }
        }
        Load load = Load.steady(SEED, Counts.CRASH_EVENTS * crashes.size(), 50 * crashes.size(), 8);
        try (LearningSystem system = new LearningSystem(TestPlatform.shared())) {
            // Many small steps, so that every point is reached often enough.
            system.with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", "50")
                    .with("DEVMENTOR_EVENTS_OUTBOX_MAX_ROWS", "1")
                    .with("DEVMENTOR_LEARNING_PERSON_GATHER_WHEN_BUSY", "PT0S");
            for (int i = 0; i < crashes.size(); i++) {
                // Folding people commits too; where it is not what dies, the transactions counted are those of batches.
                system.with(
                        "DEVMENTOR_LEARNING_PERSON_FOLD",
                        String.valueOf(crashes.get(i).startsWith("person.")));
                system.send(load.slice(i, crashes.size()));
                // It first takes up what the death before it left, and then dies elsewhere.
                system.startUntilItCrashes(1, crashes.get(i));
                system.assertCardsFollowFromLog();
                system.forgetDeadMembers();
                if (Counts.LONG) {
                    system.start(1);
                    system.awaitSettled();
                    system.instance(1).stop();
                }
            }
            system.with("DEVMENTOR_LEARNING_PERSON_FOLD", "true");
            LocalService last = system.start(1);
            system.awaitSettled();
            Announcements said = system.assertHolds(load, last);
            figures.passed(
                    POINTS.size() + " points, each at times " + Counts.CRASHES + ", "
                            + load.answers().size() + " events",
                    "same state; " + said.repeated() + " of " + said.distinct() + " announcements sent twice");
        }
    }
}
