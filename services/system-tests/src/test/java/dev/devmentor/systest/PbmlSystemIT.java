package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LocalService;
import dev.devmentor.testkit.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Patterns are the same to the last bit, whatever dies and however the events are scattered. */
class PbmlSystemIT {
    private static final long SEED = 20_271;
    private static final int PEOPLE = Counts.LONG ? 200 : 24;
    private static final int EVENTS_OF_EACH = Counts.LONG ? 400 : 120;

    /** Every place between two durable steps of consuming, relaying and folding. */
    private static final List<String> POINTS = List.of(
            "log.locked",
            "log.appended",
            "transaction.before-commit",
            "transaction.after-commit",
            "consumer.after-apply",
            "consumer.after-commit",
            "outbox.before-send",
            "outbox.after-send",
            "outbox.after-kafka-commit",
            "outbox.after-delete",
            "model.folded",
            "model.committed");

    private static Map<String, String> undisturbed(Activity activity) {
        try (PbmlSystem calm = new PbmlSystem(TestPlatform.shared())) {
            LocalService service = calm.start(1);
            calm.send(activity.inOrder());
            calm.awaitFolded();
            calm.assertHolds(activity, service);
            calm.assertAnnounced();
            return calm.patterns();
        }
    }

    @Test
    void aDeathBetweenAnyTwoStepsChangesNoPattern() {
        Figures figures = Figures.of(getClass(), "death between any two durable steps of the PBML service", SEED);
        Activity activity = Activity.of(SEED, PEOPLE, EVENTS_OF_EACH);
        Map<String, String> expected = undisturbed(activity);
        List<String> crashes = new ArrayList<>();
        for (int n : Counts.CRASHES) {
            for (String point : POINTS) {
                crashes.add(point + ":" + n);
            }
        }
        List<ProducerRecord<byte[], byte[]>> delivery = activity.scattered(SEED);
        try (PbmlSystem system = new PbmlSystem(TestPlatform.shared())) {
            system.with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", "20")
                    .with("DEVMENTOR_EVENTS_OUTBOX_MAX_ROWS", "1")
                    .with("DEVMENTOR_PBML_FOLD_GATHER_WHEN_BUSY", "PT0S");
            for (int i = 0; i < crashes.size(); i++) {
                system.send(delivery.subList(
                        i * delivery.size() / crashes.size(), (i + 1) * delivery.size() / crashes.size()));
                system.startUntilItCrashes(1, crashes.get(i));
                system.forgetDeadMembers();
            }
            LocalService last = system.start(1);
            system.awaitFolded();
            system.assertHolds(activity, last);
            system.assertAnnounced();
            assertThat(system.patterns()).isEqualTo(expected);
            figures.passed(crashes.size() + " deaths, " + activity.events() + " events", "same patterns");
        }
    }

    @Test
    void threeInstancesThatComeAndGoLearnWhatOneDoes() {
        Figures figures = Figures.of(getClass(), "three instances of the PBML service, killed in turn", SEED + 1);
        Activity activity = Activity.of(SEED + 1, PEOPLE, EVENTS_OF_EACH);
        Map<String, String> expected = undisturbed(activity);
        List<ProducerRecord<byte[], byte[]>> delivery = activity.scattered(SEED);
        int steps = Counts.REBALANCE_STEPS;
        try (PbmlSystem system = new PbmlSystem(TestPlatform.shared())) {
            system.with("DEVMENTOR_EVENTS_CONSUMER_MAX_BATCH", "50");
            system.startAll(1, 2, 3);
            for (int i = 0; i < steps; i++) {
                system.send(delivery.subList(i * delivery.size() / steps, (i + 1) * delivery.size() / steps));
                int number = 1 + i % 3;
                system.instance(number).kill9();
                system.start(number);
            }
            system.awaitFolded();
            system.assertHolds(activity, system.instance(1));
            system.assertAnnounced();
            assertThat(system.patterns()).isEqualTo(expected);
            figures.passed(steps + " kills, " + activity.events() + " events", "same patterns");
        }
    }
}
