package dev.devmentor.systest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.LocalKafka;
import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.TopicDefinition;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.TestPlatform;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class RebalanceIT {
    private static final long SEED = 20_267;

    /**
     * A lane holds a batch that it cannot apply because a table is away. A further member of the group takes some of its
     * partitions and gives them back. As soon as the table is there again and the first offsets were committed,
     * the process dies. Nothing may have been committed that was not applied.
     */
    @Test
    void partitionsThatGoAndComeBackWhileALaneWaitsLoseNothing() {
        Figures figures = Figures.of(getClass(), "partitions lent out while a lane waits, then a kill", SEED);
        Load load = Load.steady(SEED, 6_000, 60, 10);
        try (LearningSystem system = new LearningSystem(TestPlatform.shared())) {
            // With one lane they come back to the one that lent them.
            system.with("DEVMENTOR_EVENTS_CONSUMER_LANES", "1")
                    .with("DEVMENTOR_EVENTS_CONSUMER_LONGEST_BACKOFF", "PT0.5S");
            system.start(1).stop();
            system.execute("ALTER TABLE learner RENAME TO learner_away");
            system.send(load.delivery());
            LocalService service = system.start(1, "devmentor.crash", "consumer.after-commit:1");
            Conditions.await("the lane waits", Counts.HANGS, () -> system.waits(service));

            Set<Integer> lent = lendPartitions(system);
            system.awaitStableGroup();
            assertThat(system.waits(service)).as("the lane still waits").isTrue();
            system.execute("ALTER TABLE learner_away RENAME TO learner");
            Conditions.await("the end", Counts.HANGS, () -> !service.isAlive());
            system.assertCardsFollowFromLog();
            system.forgetDeadMembers();

            LocalService next = system.start(1);
            system.awaitSettled();
            system.assertHolds(load, next);
            figures.passed(load.answers().size() + " events, partitions " + lent + " lent", "nothing lost");
        }
    }

    /**
     * Joins the service's group until it was given a part of the answers, and leaves without a commit. The group levels
     * the numbers of partitions: what the further member has beside them leaves it room for about two.
     */
    private static Set<Integer> lendPartitions(LearningSystem system) {
        LocalKafka kafka = system.platform().kafka();
        int ofLane = LearningSystem.CONSUMED.size() * (EventTopics.EVENT_PARTITIONS + 1);
        kafka.createTopics(List.of(new TopicDefinition("ballast", ofLane - 4, Duration.ofDays(1))));
        Set<Integer> lent = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> member = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "group.id",
                        LearningSystem.SERVICE,
                        "enable.auto.commit",
                        false,
                        "partition.assignment.strategy",
                        CooperativeStickyAssignor.class.getName()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            member.subscribe(List.of(Answer.TOPIC, "ballast"));
            Conditions.await("partitions are lent", Counts.HANGS, () -> {
                member.poll(Duration.ofMillis(200));
                for (TopicPartition partition : member.assignment()) {
                    if (partition.topic().equals(Answer.TOPIC)) {
                        lent.add(partition.partition());
                    }
                }
                return !lent.isEmpty();
            });
        }
        assertThat(lent).as("partitions lent").hasSizeLessThan(EventTopics.EVENT_PARTITIONS);
        return lent;
    }
}
